import { join, resolve } from 'node:path';
import { type PanelDevices, panelDevices } from '@anteroom/shared/panel/devices.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { claimTerminal } from '../../scripts/lib/demonstration.ts';
import { makeDemonstrationRoom } from '../../scripts/lib/demonstration-room.ts';
import { type Supervised, startSupervised } from '../../scripts/lib/supervised.ts';
import { eventually } from '../harness/eventually.ts';
import { type Rig, startRig } from '../harness/rig.ts';
import { meetingOnPanel, panelCall, touch } from '../harness/room.ts';

const patienceMs = 30_000;
const root = resolve(import.meta.dirname, '../..');

/** The demonstration's room: simulated devices in a program of their own, over TCP, UDP and a socket. */
describe('the devices of a room', () => {
  const stack = new AsyncDisposableStack();
  const stopping = new AbortController();
  let rig: Rig;
  let devices: Supervised<{ devices: number }>;
  let panelUrl: string;

  beforeAll(async () => {
    stack.defer(() => stopping.abort());
    rig = stack.use(await startRig());
    const room = stack.use(await makeDemonstrationRoom());
    devices = await startSupervised({
      name: 'devices',
      script: join(root, 'scripts/anteroom.ts'),
      args: ['sim', '--installation', room.file, '--warm-up', '0'],
      readySchema: z.object({ devices: z.int() }),
      onLog: () => undefined,
      onDeath: () => undefined,
      signal: stopping.signal,
    });
    stack.use(devices);
    const terminal = await rig.startTerminal('terminal', ['--installation', room.file]);
    panelUrl = terminal.panelUrl();
    await claimTerminal(await rig.api(), panelUrl, { signal: AbortSignal.timeout(patienceMs) });
  });
  afterAll(() => stack.disposeAsync());

  /** What the device page is told now. */
  async function read(): Promise<PanelDevices> {
    const gone = new AbortController();
    const response = await fetch(new URL('/api/devices', panelUrl), { signal: gone.signal });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const told = /^data: (.*)\n\n/m.exec(text)?.[1];
      if (told === undefined) continue;
      gone.abort();
      return panelDevices.parse(JSON.parse(told));
    }
    throw new Error('the devices were not told');
  }

  const readingOf = async (device: string, kind: string, of: string | null) => {
    const { devices: all } = await read();
    const rows = all.find(({ name }) => name === device)?.rows ?? [];
    return rows.find(({ property }) => property.kind === kind && property.of === of)?.reading?.value ?? null;
  };
  const becomes = (device: string, [kind, of]: [string, string | null], value: unknown) =>
    eventually(
      `${device}: ${kind}`,
      patienceMs,
      () => readingOf(device, kind, of),
      (now) => now === value,
    );
  const setByHand = (device: string, kind: string, value: unknown) =>
    fetch(new URL('/api/devices/touches', panelUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'set', device, property: { kind, of: null }, value }),
    });

  test('all answer, and the microphones are closed while nobody meets', async () => {
    await eventually('all devices', patienceMs, read, ({ devices: all }) => all.every((each) => each.isConnected));
    await becomes('microphone', ['mute', 'device'], true);
    expect((await setByHand('microphone', 'power', 'on')).status).toBe(409);
  });

  test('what somebody set by hand gives way to the meeting, which shows itself and opens the microphones', async () => {
    expect((await setByHand('front-display', 'input', 'hdmi2')).status).toBe(202);
    await becomes('front-display', ['input', null], 'hdmi2');
    const { id } = await meetingOnPanel(rig, panelUrl);
    await touch(panelUrl, { kind: 'join', meetingId: id });
    await panelCall(panelUrl, 'in', patienceMs);
    await becomes('front-display', ['input', null], 'hdmi1');
    await becomes('camera', ['preset', null], 2);
    await becomes('door-lamps', ['output', 'red'], true);
    await becomes('microphone', ['mute', 'device'], false);
  });

  test('the microphones follow the panel', async () => {
    await touch(panelUrl, { kind: 'setMicrophone', isOn: false });
    await becomes('microphone', ['mute', 'device'], true);
    await touch(panelUrl, { kind: 'setMicrophone', isOn: true });
    await becomes('microphone', ['mute', 'device'], false);
  });

  test('devices that were killed are missed, and are again what the room wants when they are back', async () => {
    const lives = devices.lives();
    process.kill(devices.pid() ?? 0, 'SIGKILL');
    await devices.waitForLife(lives + 1, { signal: AbortSignal.timeout(patienceMs) });
    await eventually('all devices', patienceMs, read, ({ devices: all }) => all.every((each) => each.isConnected));
    await becomes('door-lamps', ['output', 'red'], true);
    await becomes('microphone', ['mute', 'device'], false);
  });

  test('leaving closes the microphones', async () => {
    await touch(panelUrl, { kind: 'leave' });
    await panelCall(panelUrl, 'idle', patienceMs);
    await becomes('microphone', ['mute', 'device'], true);
  });
});
