import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFixtures, type Fixtures, inChinese, midMorning } from '../../../../device/panel/src/testing/fixtures.ts';
import { seriousViolations } from '../../../harness/axe.ts';
import { type OpenPanel, sharePanel } from './open-panel.ts';

/** Meeting control at the touch panel (domain.md 3): what a room that hosts, and one that does not, finds and sends. */
const states = () => createFixtures(midMorning);
const panel = sharePanel({ state: states().hosting, context: { reducedMotion: 'reduce' } });
const idOf = (name: string) => {
  const { call } = states().hosting;
  const entry = call.state === 'in' && call.roster.find((one) => one.name === name);
  if (!entry) throw new Error(`${name} is not in the meeting`);
  return entry.participantId;
};

/** Shows a state from the beginning: nothing is open, nothing was touched. */
async function begin(name: keyof Fixtures): Promise<Page> {
  const { page, server } = panel;
  server.show(states().free);
  await page.getByRole('heading', { name: 'Nothing is planned' }).waitFor();
  server.touches.length = 0;
  server.show(states()[name]);
  await page.getByRole('button', { name: /Mute$/u }).waitFor();
  return page;
}
const control = (action: ControlAction) => ({ kind: 'control' as const, action });
const touched = (...expected: object[]) => vi.waitFor(() => expect(panel.server.touches).toEqual(expected));
const sheet = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

describe('a room with a laptop on its table', () => {
  test('shares it with one touch, and stops with one', async () => {
    let page = await begin('laptop');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await touched({ kind: 'share', takesOver: false });
    page = await begin('sharing');
    await page.getByRole('button', { name: 'Stop sharing' }).click();
    await touched({ kind: 'stopSharing' });
  });

  test('is asked before it takes somebody’s place', async () => {
    const page = await begin('laptopBesideShare');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await sheet(page, 'Jonas Weber is sharing').getByRole('button', { name: 'Cancel' }).click();
    expect(panel.server.touches).toEqual([]);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await sheet(page, 'Jonas Weber is sharing').getByRole('button', { name: 'Share instead' }).click();
    await touched({ kind: 'share', takesOver: true });
  });

  test('puts away why sharing ended', async () => {
    const page = await begin('unplugged');
    await page.getByRole('button', { name: 'Got it' }).click();
    await touched({ kind: 'stopSharing' });
  });
});

describe('a room that hosts', () => {
  const ofPerson: [string, string, ControlAction][] = [
    ['Lin Yuehan', 'Mute', { kind: 'mute', participantId: idOf('Lin Yuehan') }],
    ['Jonas Weber', 'Ask to unmute', { kind: 'unmute', participantId: idOf('Jonas Weber') }],
    ['Jonas Weber', 'Stop camera', { kind: 'stopCamera', participantId: idOf('Jonas Weber') }],
    ['Priya Raman', 'Ask to start camera', { kind: 'allowCamera', participantId: idOf('Priya Raman') }],
    ['Priya Raman', 'Show large to all', { kind: 'spotlight', participantId: idOf('Priya Raman') }],
    ['Jonas Weber', 'Lower hand', { kind: 'lowerHand', participantId: idOf('Jonas Weber') }],
    ['Juniper', 'Make co-host', { kind: 'setCohost', participantId: idOf('Juniper'), isCohost: true }],
    ['Lin Yuehan', 'No longer co-host', { kind: 'setCohost', participantId: idOf('Lin Yuehan'), isCohost: false }],
  ];
  test('does to a person what their sheet offers, with one touch, and the sheet closes', async () => {
    for (const [name, label, action] of ofPerson) {
      const page = await begin('hosting');
      await page.getByRole('button', { name: new RegExp(name, 'u') }).click();
      await sheet(page, name).getByRole('button', { name: label, exact: true }).click();
      await touched(control(action));
      await sheet(page, name).waitFor({ state: 'detached' });
    }
  }, 30_000);

  test.each<[string, string, string, ControlAction]>([
    ['Remove', 'Remove Priya Raman?', 'Remove', { kind: 'remove', participantId: idOf('Priya Raman') }],
    ['Make host', 'Make Priya Raman the host?', 'Make host', { kind: 'handOver', participantId: idOf('Priya Raman') }],
  ])('is asked once more before %s', async (choice, question, yes, action) => {
    const page = await begin('hosting');
    await page.getByRole('button', { name: /Priya Raman/u }).click();
    await page.getByRole('button', { name: choice, exact: true }).click();
    await sheet(page, question).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: choice, exact: true }).click();
    expect(panel.server.touches).toEqual([]);
    await sheet(page, question).getByRole('button', { name: yes, exact: true }).click();
    await touched(control(action));
  });

  const ofMeeting: [RegExp | string, ControlAction][] = [
    ['They may unmute Mute all', { kind: 'muteAll', canUnmute: true }],
    ['Only hosts unmute Mute all', { kind: 'muteAll', canUnmute: false }],
    [/Unmute all$/u, { kind: 'unmuteAll' }],
    [/ Lock$/u, { kind: 'lock', isLocked: true }],
    [/Only hosts share$/u, { kind: 'allowSharing', isAllowed: false }],
    ['5 min', { kind: 'extend', minutes: 5 }],
    ['30 min', { kind: 'extend', minutes: 30 }],
  ];
  test('does to the whole meeting what the host controls offer', async () => {
    for (const [name, action] of ofMeeting) {
      const page = await begin('hosting');
      await page.getByRole('button', { name: 'Host controls' }).click();
      await sheet(page, 'Host controls')
        .getByRole('button', { name, exact: typeof name === 'string' })
        .click();
      await touched(control(action));
    }
  }, 30_000);

  test('lets in who waits, one or all, and tells them a word', async () => {
    const page = await begin('knocked');
    await page.getByRole('button', { name: 'See who' }).click();
    const waiting = sheet(page, 'Waiting room');
    const { call } = states().knocked;
    const [first] = call.state === 'in' ? call.waiting : [];
    if (!first) throw new Error('nobody waits');
    await waiting.getByRole('button', { name: `Admit ${first.name}` }).click();
    await waiting.getByRole('button', { name: 'We start soon. Please wait here.' }).click();
    await waiting.getByRole('button', { name: 'Admit all' }).click();
    await touched(
      control({ kind: 'admit', participantId: first.participantId }),
      control({ kind: 'tellWaiting', text: 'We start soon. Please wait here.' }),
      control({ kind: 'admit', participantId: null }),
    );
  });

  test('reads in the waiting room’s sheet what became of it', async () => {
    const page = await begin('knocked');
    await page.getByRole('button', { name: 'See who' }).click();
    const { call } = states().knocked;
    const show = (refusal: 'not_waiting' | null) => {
      if (call.state !== 'in') return;
      const at = new Date(midMorning.getTime() + 60_000).toISOString();
      const outcome = { action: { kind: 'tellWaiting' as const, text: 'x' }, refusal, at };
      panel.server.show({ ...states().knocked, call: { ...call, outcome } });
    };
    show(null);
    await page.getByRole('status').filter({ hasText: 'Sent. They read it at the door.' }).waitFor();
    show('not_waiting');
    await page.getByRole('status').filter({ hasText: 'They are no longer in the waiting room.' }).waitFor();
  });

  test('leaves alone, ends for all only when asked twice, and hands over before it leaves', async () => {
    let page = await begin('hosting');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('button', { name: /End for all$/u }).click();
    expect(panel.server.touches).toEqual([]);
    await page.getByRole('button', { name: 'End for all', exact: true }).click();
    await touched(control({ kind: 'end' }));

    page = await begin('hosting');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('button', { name: /Leave and hand over$/u }).click();
    await page.getByRole('button', { name: 'Priya Raman', exact: true }).click();
    await touched(control({ kind: 'handOver', participantId: idOf('Priya Raman') }), { kind: 'leave' });

    page = await begin('hosting');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('button', { name: 'The meeting goes on without this room. Leave' }).click();
    await touched({ kind: 'leave' });
  }, 30_000);

  test('stays when nobody else could be made host, and reads why', async () => {
    const page = await begin('hosting');
    panel.server.refuseTouches(true);
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('button', { name: /Leave and hand over$/u }).click();
    await page.getByRole('button', { name: 'Juniper', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'The service is starting.' }).waitFor();
    panel.server.refuseTouches(false);
    expect(panel.server.touches).toEqual([]);
    await page.getByRole('heading', { name: 'Design review: door hardware' }).waitFor();
  });

  test('loses an open sheet with the role', async () => {
    const page = await begin('hosting');
    await page.getByRole('button', { name: 'Host controls' }).click();
    panel.server.show(states().inside);
    await sheet(page, 'Host controls').waitFor({ state: 'detached' });
  });

  test('opens and closes sheets by keyboard, and comes back to where it was', async () => {
    const page = await begin('hosting');
    const row = page.getByRole('button', { name: /Priya Raman/u });
    await row.focus();
    await page.keyboard.press('Enter');
    await sheet(page, 'Priya Raman').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await sheet(page, 'Priya Raman').waitFor({ state: 'detached' });
    expect(await row.evaluate((one) => one === document.activeElement)).toBe(true);
  });
});

describe('a room that is a member', () => {
  test('raises its hand and reacts, and finds nothing that only hosts do', async () => {
    const page = await begin('inside');
    expect(await page.getByRole('button', { name: 'Host controls' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /Lin Yuehan/u }).count()).toBe(0);
    await page.getByRole('button', { name: 'Raise hand' }).click();
    await page.getByRole('button', { name: 'React' }).click();
    await page.getByRole('button', { name: 'Applause' }).click();
    await touched(control({ kind: 'raiseHand', isRaised: true }), control({ kind: 'react', reaction: 'applause' }));
  });

  test('reads that a host keeps it muted, and cannot unmute', async () => {
    const { page, server } = panel;
    server.touches.length = 0;
    server.show(states().keptMuted);
    const unmute = page.getByRole('button', { name: /Unmute/u });
    await unmute.waitFor();
    expect(await unmute.getAttribute('aria-disabled')).toBe('true');
    await unmute.click({ force: true });
    expect(server.touches).toEqual([]);
  });

  test('leaves with one touch', async () => {
    const page = await begin('inside');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await touched({ kind: 'leave' });
  });

  test('puts away what somebody wrote once it was read', async () => {
    const page = await begin('written');
    await page.getByRole('button', { name: 'Got it' }).click();
    await page.getByText('Lunch is in the kitchen').waitFor({ state: 'detached' });
  });
});

const sizes: [number, number][] = [
  [1280, 800],
  [800, 480],
  [1920, 1080],
  [800, 1280],
];
type Box = { x: number; right: number; width: number; height: number };
/** Runs in the page: where the buttons of the sheet are. */
const boxesOf = (buttons: Element[]): Box[] => buttons.map((button) => button.getBoundingClientRect().toJSON());

const opened: [string, keyof Fixtures, RegExp][] = [
  ['host controls', 'hosting', /Host controls|会议控制/u],
  ['a person', 'hosting', /Jonas Weber/u],
  ['leaving', 'hosting', /^(Leave|离开)$/u],
  ['the waiting room', 'knocked', /See who|查看/u],
  ['reactions', 'inside', /^(React|表情)$/u],
];
describe.each([
  { look: 'in English and dark', scheme: 'dark', say: (state: PanelState) => state },
  { look: 'in Chinese and light', scheme: 'light', say: inChinese },
])('a sheet $look', ({ scheme, say }) => {
  let one: OpenPanel;
  beforeAll(async () => {
    const path = `/?scheme=${scheme}`;
    one = await panel.open({ state: say(states().free), path, context: { reducedMotion: 'reduce' } });
  }, 120_000);
  afterAll(() => one[Symbol.asyncDispose]());

  test.each(opened)(
    'of %s is accessible, fits every size with touches of at least 56 px, and is never where Join was',
    async (_what, name, opener) => {
      one.server.show(say(states()[name]));
      await one.page.getByRole('button', { name: opener }).click();
      const buttons = one.page.locator('dialog.sheet').getByRole('button');
      await buttons.first().waitFor();
      expect(await seriousViolations(one.page)).toEqual([]);
      const lists: Box[][] = [];
      for (const [width, height] of sizes) {
        await one.page.setViewportSize({ width, height });
        const boxes = await buttons.evaluateAll(boxesOf);
        expect(boxes.length).toBeGreaterThan(0);
        for (const box of boxes) {
          expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(55.9);
          expect(box.right).toBeLessThanOrEqual(width);
        }
        lists.push(boxes);
      }
      one.server.show(say(states().running));
      const door = one.page.getByRole('button', { name: /^(Join|加入)/u });
      await door.waitFor();
      for (const [index, [width, height]] of sizes.entries()) {
        if (width < height) continue;
        await one.page.setViewportSize({ width, height });
        const { x } = (await door.boundingBox()) ?? { x: 0 };
        for (const box of lists[index] ?? []) expect(box.right).toBeLessThanOrEqual(x);
      }
    },
    60_000,
  );
});
