import { describe, expect, test } from 'vitest';
import type { Device, DeviceState } from '../ports/device.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import { readWish } from './words.ts';

/** A device of a kind that keeps what it was told, and can do nothing else. */
function listener<Command, Capabilities, State extends DeviceState>(
  heard: unknown[],
): Device<Command, Capabilities, State> {
  const unasked = (): never => {
    throw new Error('nobody reads words with this');
  };
  return {
    capabilities: unasked,
    state: unasked,
    subscribe: unasked,
    refresh: unasked,
    run: async (command) => void heard.push(command),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function commandOf(kind: RoomDevice['kind'], words: string): Promise<unknown> {
  const heard: unknown[] = [];
  const devices: Record<RoomDevice['kind'], RoomDevice> = {
    camera: { kind: 'camera', device: listener(heard) },
    display: { kind: 'display', device: listener(heard) },
    audioProcessor: { kind: 'audioProcessor', device: listener(heard) },
    switcher: { kind: 'switcher', device: listener(heard) },
    roomIo: { kind: 'roomIo', device: listener(heard) },
    presenceSensor: { kind: 'presenceSensor', device: listener(heard) },
  };
  const wish = readWish(words === '' ? [] : words.split(' '), devices[kind]);
  if (wish.kind === 'ask') return 'ask';
  await wish.run({ signal: AbortSignal.timeout(1_000) });
  return heard[0];
}

test.each([
  ['camera', '', 'ask'],
  ['camera', 'setPower on', { kind: 'setPower', isOn: true }],
  ['camera', 'move -0.5 1', { kind: 'move', panSpeed: -0.5, tiltSpeed: 1 }],
  ['camera', 'zoom -1', { kind: 'zoom', zoomSpeed: -1 }],
  ['camera', 'stop', { kind: 'stop' }],
  ['camera', 'moveTo -30 12.5', { kind: 'moveTo', panDeg: -30, tiltDeg: 12.5 }],
  ['camera', 'zoomTo 0.25', { kind: 'zoomTo', zoom: 0.25 }],
  ['camera', 'home', { kind: 'home' }],
  ['camera', 'recallPreset 3', { kind: 'recallPreset', preset: 3 }],
  ['camera', 'setFocus auto', { kind: 'setFocus', focus: 'auto' }],
  ['display', 'setInput hdmi1', { kind: 'setInput', input: 'hdmi1' }],
  ['display', 'setVolume 0.3', { kind: 'setVolume', volume: 0.3 }],
  ['display', 'setMuted off', { kind: 'setMuted', isMuted: false }],
  ['display', 'setBlank on', { kind: 'setBlank', isBlank: true }],
  ['switcher', 'route 2 1', { kind: 'route', input: 2, output: 1, layer: 'both' }],
  ['audioProcessor', 'setGain lobe1 -6', { kind: 'setGain', channel: 'lobe1', gainDb: -6 }],
  ['audioProcessor', 'setMuted device on', { kind: 'setMuted', channel: 'device', isMuted: true }],
  ['audioProcessor', 'recallPreset meeting', { kind: 'recallPreset', preset: 'meeting' }],
  ['roomIo', 'setOutput lamp on', { kind: 'setOutput', output: 'lamp', isOn: true }],
  ['roomIo', 'pulseOutput screen 1.5', { kind: 'pulseOutput', output: 'screen', forMs: 1_500 }],
  ['presenceSensor', '', 'ask'],
] as const)('a %s understands “%s”', async (kind, words, command) => {
  expect(await commandOf(kind, words)).toEqual(command);
});

describe('words that do not fit are refused before anything is sent', () => {
  test.each([
    ['camera', 'dance', '“dance” is no command of this device: it knows setPower, move, zoom, stop'],
    ['display', 'toString', '“toString” is no command of this device'],
    ['camera', 'move 2 0', 'move: '],
    ['camera', 'zoomTo far', 'zoomTo: '],
    ['camera', 'stop now', 'stop: '],
    ['display', 'setPower', 'setPower: '],
    ['display', 'setVolume 30', 'setVolume: '],
    ['audioProcessor', 'setGain lobe1', 'setGain: '],
    ['roomIo', 'pulseOutput screen 0', 'pulseOutput: '],
    ['presenceSensor', 'wave', '“wave” is no command of this device: it is only read'],
  ] as const)('%s: “%s”', async (kind, words, complaint) => {
    await expect(commandOf(kind, words)).rejects.toThrow(complaint);
  });
});
