import { roomPlan } from '@anteroom/shared/profile/installation.ts';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Device, DeviceState } from '../ports/device.ts';
import type { RoomAccessory } from '../ports/room-accessory.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import { misplaced } from './misplaced.ts';

/** A device that can do something, and of which nothing is known yet: so it is at the start, when the plan is looked at. */
function unasked<Command, Capabilities, State extends DeviceState>(
  capabilities: Capabilities,
  state: State,
): Device<Command, Capabilities, State> {
  const unlooked = (): never => {
    throw new Error('the plan is looked at without a word to the device');
  };
  return {
    ...{ capabilities: () => capabilities, state: () => state, subscribe: unlooked, run: unlooked, refresh: unlooked },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const silent = { isConnected: false, identity: null };

function camera(presets: number): RoomDevice {
  const degrees = { least: -90, most: 90 };
  return {
    kind: 'camera',
    device: unasked(
      { commands: presets > 0 ? ['recallPreset'] : ['home'], panDeg: degrees, tiltDeg: degrees, presets },
      { ...silent, isOn: null, position: null, zoom: null },
    ),
  };
}

function display(commands: readonly 'setInput'[]): RoomDevice {
  return {
    kind: 'display',
    device: unasked(
      { commands, inputs: ['hdmi1', 'hdmi2'] },
      { ...silent, power: null, input: null, volume: null, isMuted: null, isBlank: null, ailments: null },
    ),
  };
}

function audioProcessor(...channels: string[]): RoomDevice {
  return {
    kind: 'audioProcessor',
    device: unasked(
      { commands: ['setMuted'], channels: channels.map((name) => ({ name, gainDb: null })), presets: [] },
      { ...silent, channels: {}, ailments: null },
    ),
  };
}

function roomIo(outputs: readonly string[], contacts: readonly string[]): RoomDevice {
  return {
    kind: 'roomIo',
    device: unasked({ commands: ['setOutput'], outputs, contacts }, { ...silent, outputs: {}, contacts: {} }),
  };
}

const presence: RoomDevice = {
  ...{ kind: 'presenceSensor' },
  device: unasked({ countsPeople: false }, { ...silent, isOccupied: null, people: null }),
};

function accessory(name: string, room: RoomDevice): RoomAccessory {
  return {
    ...{ name, title: { en: name, 'zh-CN': name }, address: `memory:${name}`, askEveryMs: null, kind: room.kind },
    found: { room, isLineOpen: () => true },
  };
}

const accessories = [
  accessory('front', display(['setInput'])),
  accessory('rear', display(['setInput'])),
  accessory('tuner', display([])),
  accessory('camera', camera(16)),
  accessory('webcam', camera(0)),
  accessory('sound', audioProcessor('danteIn1', 'danteIn2')),
  accessory('io', roomIo(['red', 'lamp'], ['wall', 'door'])),
  accessory('bare', roomIo([], [])),
  accessory('presence', presence),
];

type Plan = z.input<typeof roomPlan>;
const wrong = (plan: Plan, found: readonly RoomAccessory[] = accessories) => misplaced(roomPlan.parse(plan), found);

test('a plan that every device can follow has nothing wrong', () => {
  const plan: Plan = {
    displays: [{ device: 'front', input: 'hdmi1', contentInput: 'hdmi2' }],
    camera: { device: 'camera', presets: { idle: 1, gallery: 16 } },
    microphones: [{ device: 'sound', channel: 'danteIn2' }],
    muteLamp: [{ device: 'io', output: 'lamp', isLitWhile: 'open' }],
    doorSign: { device: 'io', busy: 'red' },
    occupancy: [{ device: 'presence' }, { device: 'io', contact: 'door' }],
    partition: { device: 'io', contact: 'wall', open: { gallery: 5 }, closed: {} },
  };
  expect(wrong(plan)).toEqual([]);
  expect(wrong({})).toEqual([]);
});

describe('a device of another kind is named with the kind that it is', () => {
  test.each<[string, Plan, string]>([
    [
      'as a display',
      { displays: [{ device: 'camera', input: 'hdmi1' }] },
      'room.displays.0.input: camera is of the kind camera, expected display',
    ],
    [
      'as the camera',
      { camera: { device: 'front', presets: {} } },
      'room.camera: front is of the kind display, expected camera',
    ],
    [
      'as a microphone',
      { microphones: [{ device: 'io', channel: 'danteIn1' }] },
      'room.microphones.0.channel: io is of the kind roomIo, expected audioProcessor',
    ],
    [
      'as the mute lamp',
      { muteLamp: [{ device: 'presence', output: 'lamp', isLitWhile: 'open' }] },
      'room.muteLamp.0.output: presence is of the kind presenceSensor, expected roomIo',
    ],
    [
      'as the door sign',
      { doorSign: { device: 'sound', soon: 'red' } },
      'room.doorSign.soon: sound is of the kind audioProcessor, expected roomIo',
    ],
    [
      'as a presence sensor, where no contact is named',
      { occupancy: [{ device: 'io' }] },
      'room.occupancy.0: io is of the kind roomIo, expected presenceSensor',
    ],
    [
      'as a contact, where a presence sensor has none',
      { occupancy: [{ device: 'presence', contact: 'door' }] },
      'room.occupancy.0.contact: presence is of the kind presenceSensor, expected roomIo',
    ],
    [
      'as the contact of the wall',
      { camera: { device: 'camera' }, partition: { device: 'front', contact: 'wall', open: {}, closed: {} } },
      'room.partition.contact: front is of the kind display, expected roomIo',
    ],
  ])('%s', (_what, plan, expected) => {
    expect(wrong(plan)).toEqual([expected]);
  });
});

describe('what the device does not have is named with what it has', () => {
  test.each<[string, Plan, string]>([
    [
      'an input',
      { displays: [{ device: 'front', input: 'vga' }] },
      'room.displays.0.input: front has no input vga: it has hdmi1, hdmi2',
    ],
    [
      'an input for what is shared, of the second display',
      {
        displays: [
          { device: 'rear', input: 'hdmi1' },
          { device: 'front', input: 'hdmi1', contentInput: 'usbC' },
        ],
      },
      'room.displays.1.contentInput: front has no input usbC: it has hdmi1, hdmi2',
    ],
    [
      'an input, where none can be chosen',
      { displays: [{ device: 'tuner', input: 'hdmi1' }] },
      'room.displays.0.input: tuner has no input hdmi1: it has none',
    ],
    [
      'a preset',
      { camera: { device: 'camera', presets: { gallery: 1, speaker: 17 } } },
      'room.camera.presets.speaker: camera has no preset 17: it has 1 to 16',
    ],
    [
      'a preset, where the camera has none',
      { camera: { device: 'webcam', presets: { idle: 1 } } },
      'room.camera.presets.idle: webcam has no preset 1: it has none',
    ],
    [
      'a preset for the open wall',
      {
        camera: { device: 'camera' },
        partition: { device: 'io', contact: 'wall', open: { content: 20 }, closed: {} },
      },
      'room.partition.open.content: camera has no preset 20: it has 1 to 16',
    ],
    [
      'a preset for the closed wall',
      {
        camera: { device: 'camera' },
        partition: { device: 'io', contact: 'wall', open: {}, closed: { idle: 21 } },
      },
      'room.partition.closed.idle: camera has no preset 21: it has 1 to 16',
    ],
    [
      'a channel',
      { microphones: [{ device: 'sound', channel: 'table' }] },
      'room.microphones.0.channel: sound has no channel table: it has danteIn1, danteIn2',
    ],
    [
      'an output for the mute lamp',
      { muteLamp: [{ device: 'io', output: 'green', isLitWhile: 'closed' }] },
      'room.muteLamp.0.output: io has no output green: it has red, lamp',
    ],
    [
      'an output for the door sign',
      { doorSign: { device: 'io', busy: 'red', free: 'green' } },
      'room.doorSign.free: io has no output green: it has red, lamp',
    ],
    [
      'an output, where the device has none',
      { doorSign: { device: 'bare', busy: 'red' } },
      'room.doorSign.busy: bare has no output red: it has none',
    ],
    [
      'a contact that tells who is there: an output is none',
      { occupancy: [{ device: 'presence' }, { device: 'io', contact: 'lamp' }] },
      'room.occupancy.1.contact: io has no contact lamp: it has wall, door',
    ],
    [
      'a contact of the wall',
      { camera: { device: 'camera' }, partition: { device: 'io', contact: 'curtain', open: {}, closed: {} } },
      'room.partition.contact: io has no contact curtain: it has wall, door',
    ],
  ])('%s', (_what, plan, expected) => {
    expect(wrong(plan)).toEqual([expected]);
  });
});

test('every wrong place is named, in the order of the plan', () => {
  const plan: Plan = {
    displays: [{ device: 'front', input: 'vga', contentInput: 'hdmi2' }],
    microphones: [{ device: 'sound', channel: 'table' }],
    occupancy: [{ device: 'io' }],
  };
  expect(wrong(plan)).toEqual([
    'room.displays.0.input: front has no input vga: it has hdmi1, hdmi2',
    'room.microphones.0.channel: sound has no channel table: it has danteIn1, danteIn2',
    'room.occupancy.0: io is of the kind roomIo, expected presenceSensor',
  ]);
});

test('of a device that cannot be driven only its kind is known, and that is held against the plan', () => {
  const undriven: RoomAccessory[] = accessories.map((each) => ({ ...each, found: { why: 'no password' } }));
  expect(wrong({ displays: [{ device: 'front', input: 'vga' }] }, undriven)).toEqual([]);
  expect(wrong({ displays: [{ device: 'sound', input: 'vga' }] }, undriven)).toEqual([
    'room.displays.0.input: sound is of the kind audioProcessor, expected display',
  ]);
});
