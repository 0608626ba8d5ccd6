import type { PanelDevices } from '@anteroom/shared/panel/devices.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createDeviceFixtures } from '../../../../device/panel/src/testing/device-fixtures.ts';
import { createFixtures, inChinese, midMorning } from '../../../../device/panel/src/testing/fixtures.ts';
import { seriousViolations } from '../../../harness/axe.ts';
import { sharePanel } from './open-panel.ts';

/** The devices beside the terminal, as a technician at the wall finds and sets them. */
const states = createFixtures(midMorning);
const devices = createDeviceFixtures(midMorning);

const panel = sharePanel({ state: states.free, devices, context: { reducedMotion: 'reduce' } });
beforeEach(async () => {
  const { page, server } = panel;
  server.show(states.free);
  server.showDevices(devices);
  if ((await page.getByRole('button', { name: 'Back to the schedule' }).count()) > 0)
    await page.getByRole('button', { name: 'Back to the schedule' }).click();
  await page.getByRole('button', { name: 'Room devices' }).click();
  await page.getByRole('heading', { name: 'Room devices' }).waitFor();
  server.deviceTouches.length = 0;
});

const list = () => panel.page.getByRole('navigation', { name: 'All devices' });
const open = async (name: RegExp) => {
  await list().getByRole('button', { name }).click();
  return panel.page.getByRole('region', { name });
};
const row = (name: RegExp) =>
  panel.page.locator('.device-row').filter({ has: panel.page.getByRole('heading', { name }) });
const touched = (...expected: object[]) =>
  vi.waitFor(() => expect(panel.server.deviceTouches).toEqual(expected), { timeout: 5_000 });
const change = (name: string, over: Partial<PanelDevices['devices'][number]>): PanelDevices => ({
  ...devices,
  devices: devices.devices.map((device) => (device.name === name ? { ...device, ...over } : device)),
});

describe('the list', () => {
  test('says of each device whether it answers and what it is, and in one sentence how many need somebody', async () => {
    await panel.page.getByText('2 of 5 need somebody.').waitFor();
    for (const words of [
      /Samsung QB55 display.*Standby · HDMI 1.*Answers/u,
      /Sony SRG-A40 camera.*Does not answer/u,
      /Q-SYS Core 110f.*Needs a look/u,
      /Lamp, door sign.*mute lamp: On · partition: Closed.*Answers/u,
      /Presence sensor.*Not heard of lately/u,
    ])
      await list().getByRole('button', { name: words }).waitFor();
  });

  test('opens on the first that somebody should look at, and goes on by the address', async () => {
    const { page } = panel;
    await page.getByRole('region', { name: 'Sony SRG-A40 camera' }).waitFor();
    await open(/Presence sensor/u);
    expect(new URL(page.url()).pathname).toBe('/panel/devices/presence');
    await page.goBack();
    await page.getByRole('region', { name: 'Sony SRG-A40 camera' }).waitFor();
  });

  test('follows what the terminal tells', async () => {
    const answers = { isConnected: true, fault: null };
    panel.server.showDevices(change('camera', answers));
    await list()
      .getByRole('button', { name: /camera.*Not heard of lately/u })
      .waitFor();
    await panel.page.getByText('1 of 5 needs somebody.').waitFor();
    panel.server.showDevices({ ...devices, devices: [] });
    await panel.page.getByText('No device stands beside this terminal.').waitFor();
  });
});

describe('a device', () => {
  test('that is silent says what to do, in the driver’s words too, and shows no value as if it were so now', async () => {
    const camera = await open(/camera/u);
    await camera.getByText('It does not answer since 09:51').waitFor();
    await camera.getByText('See that it has power').waitFor();
    await camera.getByText('no ACK to inquiry powerState in 2000 ms').waitFor();
    await camera.getByText('udp:192.0.2.14', { exact: true }).waitFor();
    await row(/^Power$/u)
      .getByText('as of 09:50')
      .waitFor();
    expect(
      await row(/^Power$/u)
        .locator('[aria-pressed="true"]')
        .count(),
    ).toBe(0);
    await row(/^Preset$/u)
      .getByText('unknown')
      .first()
      .waitFor();
    await row(/^Preset$/u)
      .getByText('The room wants: Preset 2, because the picture of the meeting asks for it.')
      .waitFor();
    await row(/^Pan$/u).getByText('12.5° left').waitFor();
    await row(/^Pan$/u).getByText('This can only be read.').waitFor();
  });

  test('says what the room wants and why, and whether it is so', async () => {
    await open(/display/u);
    await row(/^Power$/u)
      .getByText('The room wants: On, because a meeting is near.')
      .waitFor();
    await row(/^Input$/u)
      .getByText('As the room wants it: a meeting is near.')
      .waitFor();
    await row(/^Volume$/u)
      .getByText('The room leaves this as it is.')
      .waitFor();
    await row(/^Volume$/u)
      .getByText(/\d+ s ago · asked/u)
      .waitFor();
    await open(/sound processor/u);
    await row(/^Sound/u)
      .getByText(/told by itself/u)
      .waitFor();
    // What is wrong with it comes first.
    await panel.page.locator('.device-row').first().getByText('Dante clock lost').waitFor();
  });

  test('is set by hand with one touch, shows that at once, and is left to the room again with one', async () => {
    await open(/display/u);
    const standby = row(/^Power$/u).getByRole('button', { name: 'Standby' });
    await standby.click();
    await row(/^Power$/u)
      .getByText('Set by hand, until a meeting begins or ends here.')
      .waitFor();
    expect(await standby.getAttribute('aria-pressed')).toBe('true');
    await row(/^Picture$/u)
      .getByRole('button', { name: 'Dark' })
      .click();
    await row(/^Picture$/u)
      .getByText('Set by hand: Dark. It has not said yet that it is so.')
      .waitFor();
    await panel.page.getByRole('button', { name: 'Let the room decide' }).click();
    await touched(
      { kind: 'set', device: 'display', property: { kind: 'power', of: null }, value: 'standby' },
      { kind: 'set', device: 'display', property: { kind: 'blank', of: null }, value: true },
      { kind: 'release', device: 'display' },
    );
    const release = panel.page.getByRole('button', { name: 'Let the room decide' });
    await vi.waitFor(async () => expect(await release.getAttribute('aria-disabled')).toBe('true'));
    await release.getByText('Nothing is set by hand').waitFor();
  });

  test('is set by slider, steps and list: the terminal hears where the finger stops, not on its way', async () => {
    const { page } = panel;
    await open(/sound processor/u);
    const gain = page.getByRole('slider', { name: 'Gain · microphones' });
    await gain.scrollIntoViewIfNeeded();
    const box = await gain.boundingBox();
    if (!box) throw new Error('the slider is not on the screen');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.78, y);
    await page.mouse.down();
    for (const part of [0.7, 0.6, 0.5]) await page.mouse.move(box.x + box.width * part, y);
    expect(panel.server.deviceTouches).toEqual([]);
    await page.mouse.up();
    const property = { kind: 'gain', of: 'microphones' };
    // The middle, give or take what the thumb is wide.
    await touched({ kind: 'set', device: 'microphones', property, value: expect.closeTo(-40, -1) });
    panel.server.deviceTouches.length = 0;
    await open(/display/u);
    await page.getByRole('button', { name: 'More: Volume' }).click();
    await open(/camera/u);
    await page.getByRole('combobox', { name: 'Preset' }).selectOption('Preset 9');
    await touched(
      { kind: 'set', device: 'display', property: { kind: 'volume', of: null }, value: 0.4 },
      { kind: 'set', device: 'camera', property: { kind: 'preset', of: null }, value: 9 },
    );
  });

  test('is asked now, and says so until it answers', async () => {
    await open(/display/u);
    await panel.page.getByRole('button', { name: 'Ask now' }).click();
    await panel.page.getByRole('button', { name: 'Asking…' }).waitFor();
    await touched({ kind: 'ask', device: 'display' });
    const [display] = devices.devices;
    const rows = display?.rows.map((one) => ({
      ...one,
      reading: one.reading && { ...one.reading, observedAt: new Date(midMorning.getTime() + 5_000).toISOString() },
    }));
    panel.server.showDevices(change('display', { ...(rows && { rows }) }));
    await panel.page.getByRole('button', { name: 'Ask now' }).waitFor();
  });

  test('that refuses a touch stays as it is, and the terminal’s words stand above', async () => {
    const { page, server } = panel;
    await open(/display/u);
    server.refuseTouches(true);
    await row(/^Input$/u)
      .getByRole('button', { name: 'DisplayPort' })
      .click();
    await page.getByRole('alert').filter({ hasText: 'The service is starting.' }).waitFor();
    server.refuseTouches(false);
    await row(/^Input$/u)
      .getByText('As the room wants it')
      .waitFor();
  });

  test('is reached and set by keyboard alone', async () => {
    const { page } = panel;
    await list()
      .getByRole('button', { name: /Lamp, door sign/u })
      .focus();
    await page.keyboard.press('Enter');
    const off = row(/^Output/u).getByRole('button', { name: 'Off' });
    await off.waitFor();
    for (let presses = 0; presses < 12; presses++) {
      if (await off.evaluate((button) => button === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await touched({ kind: 'set', device: 'door', property: { kind: 'output', of: 'mute lamp' }, value: false });
  });
});

describe('a meeting goes first', () => {
  test.each(['ringing', 'joining'] as const)(
    '%s takes the screen, and the room is what stands there after it',
    async (name) => {
      const { page, server } = panel;
      await open(/display/u);
      expect(server.deviceStreams()).toBe(1);
      server.show(states[name]);
      await page.getByRole('heading', { name: 'Room devices' }).waitFor({ state: 'detached' });
      await page.getByText('Design review: door hardware').first().waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
      // Nobody looks: the terminal need not tell.
      await vi.waitFor(() => expect(server.deviceStreams()).toBe(0));
      server.show(states.free);
      await page.getByRole('heading', { name: 'Nothing is planned' }).waitFor();
    },
  );

  test('a door that opens is named on the way back', async () => {
    panel.server.show(states.home);
    const back = panel.page.getByRole('button', { name: /Design review: door hardware can be joined/u });
    await back.click();
    await panel.page.getByRole('button', { name: /^Join/u }).waitFor();
  });

  test('a page that nobody touches for five minutes gives way to the room', async () => {
    await using opened = await panel.open({ state: states.free, devices, path: '/' });
    const { page } = opened;
    await page.clock.install();
    await page.getByRole('button', { name: 'Room devices' }).click();
    await page.getByRole('heading', { name: 'Room devices' }).waitFor();
    await page.clock.fastForward('04:00');
    await page.getByRole('button', { name: /Presence sensor/u }).click();
    await page.clock.fastForward('04:59');
    expect(await page.getByRole('heading', { name: 'Room devices' }).count()).toBe(1);
    await page.clock.fastForward('00:02');
    await page.getByRole('heading', { name: 'Nothing is planned' }).waitFor();
  });
});

test('a terminal without devices has no way to the page, and its address shows the room', async () => {
  const state = { ...states.free, hasDevices: false };
  await using opened = await panel.open({ state, path: '/panel/devices' });
  await opened.page.getByRole('heading', { name: 'Nothing is planned' }).waitFor();
  expect(await opened.page.getByRole('button', { name: 'Room devices' }).count()).toBe(0);
});

test.each([
  ['the whole page', [1280, 800], 'dark', false],
  ['the whole page', [800, 480], 'light', true],
  ['one thing at a time', [390, 844], 'dark', true],
  ['one thing at a time', [800, 1280], 'light', false],
] as const)(
  '%s fits %j, %s, large enough for a finger and without serious violations',
  async (_what, size, colorScheme, isChinese) => {
    const state = isChinese ? inChinese(states.home) : states.home;
    const [path, told] = ['/panel/devices', { ...devices, language: state.language }];
    const context = { colorScheme, reducedMotion: 'reduce' } as const;
    await using opened = await panel.open({
      ...{ state, devices: told, path: `${path}?scheme=${colorScheme}`, size: [...size], context },
    });
    const { page } = opened;
    for (const { title } of [null, ...told.devices].map((device) => ({
      title: device?.title[state.language] ?? null,
    }))) {
      if (title !== null) {
        const toAll = page.getByRole('button', { name: /^(All devices|全部设备)$/u });
        if (await toAll.isVisible()) await toAll.click();
        await page.locator('.device-entry').filter({ hasText: title }).click();
        await page.getByRole('region', { name: title }).waitFor();
      }
      const { scrollWidth, least } = await page.evaluate(() => {
        const sizes = [...document.querySelectorAll('button, select, input')]
          .map((one) => one.getBoundingClientRect())
          .filter(({ width }) => width > 0);
        return {
          scrollWidth: document.documentElement.scrollWidth,
          least: Math.min(...sizes.flatMap(({ width, height }) => [width, height])),
        };
      });
      expect(scrollWidth, String(title)).toBeLessThanOrEqual(size[0]);
      expect(least, String(title)).toBeGreaterThanOrEqual(44);
    }
    expect(await seriousViolations(page)).toEqual([]);
    expect(opened.faults).toEqual([]);
  },
  30_000,
);
