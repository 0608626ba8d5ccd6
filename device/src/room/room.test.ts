import type { DeviceRow, PanelDevice } from '@anteroom/shared/panel/devices.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { roomPlan } from '@anteroom/shared/profile/installation.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createGpioRoomIo } from '../drivers/gpio/room-io.ts';
import { createGpioSimulator } from '../drivers/gpio/simulator.ts';
import { createGpioTools } from '../transports/gpio-tools.ts';
import { createRoom } from './room.ts';
import { idleState, inMeeting, meeting, mutedByHost, sharedScreen } from './test/panel-states.ts';
import { passTime } from './test/pass-time.ts';
import { simulateAccessory } from './test/simulated-accessory.ts';

const log = pino({ level: 'silent' });
const lines = { lamp: 1, busy: 2, free: 3, presence: 4 };

/** A room with a display, a camera, microphones and lamps: real drivers, simulated devices, lines in memory. */
async function start() {
  const clock = createManualClock();
  const front = await simulateAccessory('front', { profile: 'samsung-qb55', clock });
  const camera = await simulateAccessory('camera', { profile: 'sony-srg-300h', clock });
  const sound = await simulateAccessory('sound', { profile: 'shure-p300', clock });
  const gpio = createGpioSimulator();
  const line = (offset: number) => ({ line: offset, isActiveLow: false });
  const io = createGpioRoomIo({
    facts: {
      outputs: { lamp: line(lines.lamp), busy: line(lines.busy), free: line(lines.free) },
      contacts: { presence: { ...line(lines.presence), bias: 'none' } },
    },
    ...{ lines: createGpioTools({ chip: 'gpiochip0', run: gpio.run, clock }), clock, log },
  });
  const room = createRoom({
    accessories: [
      ...[front, camera, sound].map(({ accessory }) => accessory),
      {
        ...{
          name: 'io',
          title: { en: 'Lamps', 'zh-CN': '指示灯' },
          kind: 'roomIo',
          address: 'gpio:',
          askEveryMs: null,
        },
        found: { room: { kind: 'roomIo', device: io }, isLineOpen: () => true },
      },
    ],
    room: roomPlan.parse({
      displays: [{ device: 'front', input: 'hdmi1', contentInput: 'hdmi2' }],
      camera: { device: 'camera', presets: { gallery: 2, content: 4 } },
      microphones: [{ device: 'sound', channel: 'danteIn1' }],
      muteLamp: [{ device: 'io', output: 'lamp', isLitWhile: 'closed' }],
      doorSign: { device: 'io', busy: 'busy', free: 'free' },
      occupancy: [{ device: 'io', contact: 'presence' }],
      behaviour: { displaysOnBeforeMinutes: 0.5, displaysOffAfterIdleMinutes: 1 },
    }),
    ...{ clock, log },
  });
  onTestFinished(async () => {
    await room[Symbol.asyncDispose]();
    for (const device of [front, camera, sound]) await device[Symbol.asyncDispose]();
    await io[Symbol.asyncDispose]();
  });
  let state: PanelState = idleState;
  room.follow(state);
  const device = (name: string): PanelDevice => {
    const found = room.panel.devices().devices.find((each) => each.name === name);
    if (!found) throw new Error(`no device ${name}`);
    return found;
  };
  const row = (name: string, kind: DeviceRow['property']['kind'], of: string | null = null) =>
    device(name).rows.find(({ property }) => property.kind === kind && property.of === of);
  await passTime(clock, 5_000);
  return {
    ...{ clock, room, front, camera, sound, gpio, device, row },
    reads: (...where: Parameters<typeof row>) => row(...where)?.reading?.value,
    lit: (name: keyof typeof lines) => gpio.level('gpiochip0', lines[name]),
    follow(change: Partial<PanelState>) {
      state = { ...state, ...change };
      room.follow(state);
    },
  };
}

test('a room is ready before its meeting, follows it, and goes dark after it', async () => {
  const { clock, follow, reads, row, lit } = await start();
  await passTime(clock, 75_000, 500);
  expect(reads('front', 'power')).toBe('standby');
  expect(row('front', 'power')?.wish).toEqual({ value: 'standby', reason: 'idle' });
  expect([reads('sound', 'mute', 'danteIn1'), lit('lamp'), lit('free'), lit('busy')]).toEqual([
    true,
    true,
    true,
    false,
  ]);

  follow({ meetings: [meeting] });
  await passTime(clock, 85_000, 500);
  expect([reads('front', 'power'), reads('front', 'input')]).toEqual(['on', 'hdmi1']);
  expect(row('front', 'power')?.wish).toEqual({ value: 'on', reason: 'meetingSoon' });

  follow({ call: inMeeting() });
  await passTime(clock, 5_000);
  expect([reads('sound', 'mute', 'danteIn1'), lit('lamp'), lit('busy'), lit('free')]).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(reads('camera', 'preset')).toBe(2);

  follow({ call: inMeeting({ content: sharedScreen }) });
  await passTime(clock, 5_000);
  expect([reads('front', 'input'), reads('camera', 'preset')]).toEqual(['hdmi2', 4]);

  follow({ call: { state: 'idle' }, meetings: [] });
  await passTime(clock, 50_000, 500);
  expect(reads('front', 'power')).toBe('on');
  expect([reads('sound', 'mute', 'danteIn1'), lit('lamp')]).toEqual([true, true]);
  await passTime(clock, 25_000, 500);
  expect(reads('front', 'power')).toBe('standby');
});

test.each<[string, Partial<PanelState>]>([
  ['the panel', { call: inMeeting({ media: { isMicrophoneOn: false, isCameraOn: true } }) }],
  ['a host', { call: inMeeting({ roster: [mutedByHost] }) }],
  ['the key in the room', { call: inMeeting(), isMutedInRoom: true }],
  ['the end of the call', { call: { state: 'idle' } }],
])('a microphone closed by %s is closed in the sound processor, and the lamp says so', async (_by, change) => {
  const { clock, follow, reads, lit } = await start();
  follow({ call: inMeeting() });
  await passTime(clock, 3_000);
  expect([reads('sound', 'mute', 'danteIn1'), lit('lamp')]).toEqual([false, false]);
  follow(change);
  await passTime(clock, 1_000);
  expect([reads('sound', 'mute', 'danteIn1'), lit('lamp')]).toEqual([true, true]);
});

test('somebody who comes in wakes the displays', async () => {
  const { clock, gpio, reads, row } = await start();
  await passTime(clock, 75_000, 500);
  expect(reads('front', 'power')).toBe('standby');
  gpio.setInput('gpiochip0', lines.presence, true);
  await passTime(clock, 10_000);
  expect(reads('front', 'power')).toBe('on');
  expect(row('front', 'power')?.wish?.reason).toBe('occupied');
});

describe('what goes wrong', () => {
  test('a display that lost its power is switched on again', async () => {
    const { clock, front, follow, reads } = await start();
    follow({ call: inMeeting() });
    await passTime(clock, 3_000);
    front.simulated.powerCycle();
    await passTime(clock, 40_000);
    expect([reads('front', 'power'), reads('front', 'input')]).toEqual(['on', 'hdmi1']);
  });

  test('a display that lies is not believed, is asked more and more rarely, and is well when it stops', async () => {
    const { clock, front, follow, device, row } = await start();
    front.simulated.setLying(true);
    follow({ call: inMeeting() });
    await passTime(clock, 60_000, 500);
    expect(device('front').fault).toMatchObject({ kind: 'unexpected', detail: expect.stringContaining('it says') });
    const said = front.line.sent.length;
    await passTime(clock, 60_000, 500);
    expect(front.line.sent.length - said).toBeLessThan(100);
    front.simulated.setLying(false);
    await passTime(clock, 60_000, 500);
    expect(row('front', 'power')?.reading?.value).toBe('on');
    expect(device('front').fault).toBeNull();
  });

  test('a line that is pulled is named, told to the fleet once it lasts, and forgotten when it is back', async () => {
    const { clock, room, front, follow, device, reads } = await start();
    front.line.unplug();
    await passTime(clock, 2_000);
    expect(device('front')).toMatchObject({ isConnected: false, fault: { kind: 'not_connected' } });
    expect(room.shortfalls()).toEqual([]);
    await passTime(clock, 12_000);
    expect(room.shortfalls()).toMatchObject([{ what: 'device front', why: expect.stringContaining('not_connected') }]);
    const said = front.line.sent.length;
    follow({ call: inMeeting() });
    await passTime(clock, 5_000);
    expect(front.line.sent.length).toBe(said);
    // The others go on.
    expect(reads('camera', 'preset')).toBe(2);
    front.line.plugIn();
    await passTime(clock, 30_000);
    expect(device('front').fault).toBeNull();
    expect(room.shortfalls()).toEqual([]);
  });

  test('a device that is there and says nothing is told nothing', async () => {
    const { clock, sound, follow, device, lit } = await start();
    sound.line.mischief.deafen();
    await passTime(clock, 40_000, 500);
    expect(device('sound')).toMatchObject({ isConnected: false, fault: { kind: 'no_answer' } });
    follow({ call: inMeeting() });
    await passTime(clock, 2_000);
    expect(lit('lamp')).toBe(false);
    sound.line.mischief.hear();
    await passTime(clock, 60_000, 500);
    expect(device('sound').fault).toBeNull();
  });
});

describe('by hand', () => {
  const power = { kind: 'power', of: null } as const;

  test('what somebody set stands above what the room wants, until its phase changes', async () => {
    const { clock, room, follow, reads, row } = await start();
    follow({ call: inMeeting() });
    await passTime(clock, 3_000);
    room.panel.touch({ kind: 'set', device: 'front', property: power, value: 'standby' });
    await passTime(clock, 20_000);
    expect(reads('front', 'power')).toBe('standby');
    follow({ call: inMeeting({ content: sharedScreen }) });
    await passTime(clock, 3_000);
    expect(row('front', 'power')?.wish).toEqual({ value: 'standby', reason: 'byHand' });
    follow({ call: { state: 'idle' } });
    await passTime(clock, 1_000);
    follow({ call: inMeeting() });
    await passTime(clock, 10_000);
    expect(reads('front', 'power')).toBe('on');
  });

  test('released, the room decides again', async () => {
    const { clock, room, follow, reads } = await start();
    follow({ call: inMeeting() });
    room.panel.touch({ kind: 'set', device: 'front', property: power, value: 'standby' });
    await passTime(clock, 20_000);
    room.panel.touch({ kind: 'release', device: 'front' });
    await passTime(clock, 10_000);
    expect(reads('front', 'power')).toBe('on');
  });

  test('a camera is moved once, and not held against a remote control', async () => {
    const { clock, room, follow, camera, reads } = await start();
    follow({ call: inMeeting() });
    await passTime(clock, 5_000);
    room.panel.touch({ kind: 'set', device: 'camera', property: { kind: 'pan', of: null }, value: 30 });
    await passTime(clock, 5_000);
    expect(reads('camera', 'pan')).toBeCloseTo(30, 0);
    const said = camera.line.sent.length;
    if (camera.room.kind === 'camera')
      await camera.room.device.run({ kind: 'home' }, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await passTime(clock, 5_000);
    expect(camera.line.sent.length - said).toBeLessThan(6);
  });

  test.each([
    ['opens no microphone', 'sound', { kind: 'mute', of: 'danteIn1' }, false],
    ['recalls no preset over the microphones', 'sound', { kind: 'preset', of: null }, 'preset1'],
    ['does not make the lamp lie', 'io', { kind: 'output', of: 'lamp' }, false],
  ] as const)('nobody %s', async (_what, name, property, value) => {
    const { room, row } = await start();
    expect(room.panel.touch({ kind: 'set', device: name, property, value })).toBe('not_settable');
    expect(row(name, property.kind, property.of)?.choice).toBeNull();
  });
});
