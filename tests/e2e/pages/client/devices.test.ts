import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';

/** Which camera, microphone and speaker, at the door and in the meeting, with devices that are plugged in and out. */
const { page, server, button, dialog, join, prepare } = openMeetingForEach();
afterEach(() => page().evaluate(() => localStorage.clear()));

declare global {
  interface Window {
    /** What the stand-in for the machine has plugged in, and what it was asked for. */
    machine: { devices: MediaDeviceInfo[]; asked: MediaStreamConstraints[]; sinks: string[]; isFacing: boolean };
  }
}

/** Two of each kind; each opens the browser's own test picture and sound under the id that was asked for. */
async function plugIn(): Promise<void> {
  await prepare(() => {
    const device = (kind: MediaDeviceKind, deviceId: string, label: string) =>
      ({ kind, deviceId, label, groupId: '', toJSON: () => ({}) }) as MediaDeviceInfo;
    window.machine = {
      devices: [
        device('audioinput', 'mic-built-in', 'Built-in microphone'),
        device('audioinput', 'mic-usb', 'USB headset'),
        device('videoinput', 'cam-front', 'Front camera'),
        device('videoinput', 'cam-back', 'Back camera'),
        device('audiooutput', 'out-built-in', 'Built-in speakers'),
        device('audiooutput', 'out-usb', 'USB headset'),
      ],
      asked: [],
      sinks: [],
      isFacing: false,
    };
    const own = navigator.mediaDevices;
    own.enumerateDevices = () => Promise.resolve(window.machine.devices);
    const open = own.getUserMedia.bind(own);
    const idOf = (kind: MediaDeviceKind, wanted: MediaStreamConstraints['audio']) => {
      const here = window.machine.devices.filter((each) => each.kind === kind);
      if (typeof wanted !== 'object') return here[0]?.deviceId;
      if (wanted.facingMode) return wanted.facingMode === 'environment' ? 'cam-back' : 'cam-front';
      const { exact, ideal } = Object(wanted.deviceId) as ConstrainDOMStringParameters;
      if (exact && !here.some(({ deviceId }) => deviceId === exact)) throw new DOMException('', 'OverconstrainedError');
      return here.find(({ deviceId }) => deviceId === (exact ?? ideal))?.deviceId ?? here[0]?.deviceId;
    };
    own.getUserMedia = async (wanted = {}) => {
      window.machine.asked.push(wanted);
      const ids = { audio: idOf('audioinput', wanted.audio), video: idOf('videoinput', wanted.video) };
      const stream = await open({ audio: Boolean(wanted.audio), video: Boolean(wanted.video) });
      for (const track of stream.getTracks()) {
        const deviceId = ids[track.kind === 'audio' ? 'audio' : 'video'] ?? '';
        const facing = deviceId === 'cam-back' ? 'environment' : 'user';
        track.getSettings = () => (window.machine.isFacing ? { deviceId, facingMode: facing } : { deviceId });
        Object.assign(track, { asDevice: deviceId });
      }
      return stream;
    };
    HTMLMediaElement.prototype.setSinkId = (sinkId: string) => {
      window.machine.sinks.push(sinkId);
      return Promise.resolve();
    };
  });
}

/** Takes a device away, as the browser tells it: its open track ends, then the list changes. */
async function unplug(from: Page, deviceId: string): Promise<void> {
  await from.evaluate((gone) => {
    window.machine.devices = window.machine.devices.filter((each) => each.deviceId !== gone);
    const videos = [...document.querySelectorAll('video')];
    const tracks = videos.flatMap((video) =>
      video.srcObject instanceof MediaStream ? video.srcObject.getTracks() : [],
    );
    for (const track of tracks)
      if ('asDevice' in track && track.asDevice === gone) track.dispatchEvent(new Event('ended'));
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }, deviceId);
}

const select = (name: string | RegExp) => page().getByLabel(name, { exact: true });
const chosen = (name: string) => select(name).evaluate((field: HTMLSelectElement) => field.selectedOptions[0]?.label);

async function openDoor(): Promise<void> {
  await plugIn();
  await page().goto(server().url);
  await page().waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
}

it('offers every microphone, camera and speaker, and remembers the choice in this browser', async () => {
  await openDoor();
  await select('Microphone').selectOption({ label: 'USB headset' });
  await select('Camera').selectOption({ label: 'Back camera' });
  await select('Speaker').selectOption({ label: 'USB headset' });
  await expect.poll(() => chosen('Camera')).toBe('Back camera');
  await page().reload();
  await expect.poll(() => chosen('Microphone')).toBe('USB headset');
  expect([await chosen('Camera'), await chosen('Speaker')]).toEqual(['Back camera', 'USB headset']);
  expect(await page().evaluate(() => window.machine.asked)).toMatchObject([
    { audio: { deviceId: { ideal: 'mic-usb' } }, video: { deviceId: { ideal: 'cam-back' } } },
  ]);
});

it('goes over to another microphone when the one in use is unplugged, and back when it is there again', async () => {
  await openDoor();
  await select('Microphone').selectOption({ label: 'USB headset' });
  await expect.poll(() => chosen('Microphone')).toBe('USB headset');
  await unplug(page(), 'mic-usb');
  await expect.poll(() => chosen('Microphone')).toBe('Built-in microphone');
  await button('Mute').waitFor();
  await page().evaluate(() => {
    const usb = { kind: 'audioinput', deviceId: 'mic-usb', label: 'USB headset', groupId: '' } as MediaDeviceInfo;
    window.machine.devices = [...window.machine.devices, usb];
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  await expect.poll(() => chosen('Microphone')).toBe('USB headset');
});

it('opens no other camera by itself when the one in use is unplugged, and says what to do', async () => {
  await openDoor();
  await unplug(page(), 'cam-front');
  await page().getByText('Your camera was unplugged.').waitFor();
  await button('Start camera').click();
  await expect.poll(() => chosen('Camera')).toBe('Back camera');
  expect(await page().getByText('Your camera was unplugged.').count()).toBe(0);
});

it('keeps what is off off while another one is chosen', async () => {
  await openDoor();
  await button('Mute').click();
  await button('Stop camera').click();
  await select('Microphone').selectOption({ label: 'USB headset' });
  await select('Camera').selectOption({ label: 'Back camera' });
  await expect.poll(() => chosen('Microphone')).toBe('USB headset');
  await button('Unmute').waitFor();
  expect(await page().locator('video').count()).toBe(0);
});

it('plays a sound on the chosen speaker', async () => {
  await openDoor();
  await select('Speaker').selectOption({ label: 'USB headset' });
  await button('Play a sound').click();
  await page().getByText('Do you hear it?').waitFor();
  expect(await page().evaluate(() => window.machine.sinks)).toEqual(['out-usb']);
  await page().getByText('Do you hear it?').waitFor({ state: 'detached' });
});

it('says whose choice the speaker is where the browser has none', async () => {
  await prepare(() => {
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
  });
  await page().goto(server().url);
  await page().getByText('The one your system uses.').waitFor();
  expect(await page().getByLabel('Speaker', { exact: true }).count()).toBe(0);
  await button('Play a sound').waitFor();
});

it('turns a phone’s camera around, and does not mirror what is away from the person', async () => {
  await plugIn();
  await prepare(() => {
    window.machine.isFacing = true;
  });
  await page().goto(server().url);
  await button('Turn camera').click();
  await expect.poll(() => chosen('Camera')).toBe('Back camera');
  await expect.poll(() => page().locator('video').getAttribute('data-mirrored')).toBeNull();
  await button('Turn camera').click();
  await expect.poll(() => chosen('Camera')).toBe('Front camera');
});

it('offers the same choice in the meeting', async () => {
  await plugIn();
  await join();
  await button('More').click();
  await dialog('More')
    .getByRole('button', { name: /^Devices/ })
    .click();
  await dialog('Devices').getByLabel('Camera', { exact: true }).selectOption({ label: 'Back camera' });
  await expect.poll(() => chosen('Camera')).toBe('Back camera');
  expect(await seriousViolations(page())).toEqual([]);
  await page().keyboard.press('Escape');
  await dialog('Devices').waitFor({ state: 'detached' });
});

it.each([360, 390, 720, 900, 1280])(
  'has the three fields in one row or one column at %i px, none cut off',
  async (width) => {
    await page().setViewportSize({ width, height: 800 });
    await openDoor();
    const boxes = await page()
      .locator('.devices > .field')
      .evaluateAll((fields) =>
        fields.map((field) => {
          const { top, left, right } = field.getBoundingClientRect();
          return { top: Math.round(top), left: Math.round(left), right };
        }),
      );
    expect(boxes).toHaveLength(3);
    const [tops, lefts] = [new Set(boxes.map(({ top }) => top)), new Set(boxes.map(({ left }) => left))];
    expect(Math.min(tops.size, lefts.size)).toBe(1);
    for (const { right } of boxes) expect(right).toBeLessThanOrEqual(width);
  },
);
