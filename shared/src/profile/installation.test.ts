import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { installation, installationSchemaName } from './installation.ts';

type Document = z.input<typeof installation>;
type Device = Document['devices'][number];

const device = (name: string, change: object = {}): Device => ({
  ...{ name, accessory: 'samsung-qb55', at: 'tcp:192.0.2.4' },
  ...change,
});
const least: Document = { schema: installationSchemaName, devices: [device('front')] };
/** A room whose only device is `front`. */
const withRoom = (room: object) => ({ ...least, room });
const withBehaviour = (behaviour: object) => withRoom({ behaviour });

/** Each wrong place with its message; none when the document is an installation. */
function complaintsOf(document: object): string[] {
  const parsed = installation.safeParse(document);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('an installation', () => {
  test('needs nothing but a device: the room then has it, and wants nothing of it', () => {
    expect(installation.parse(least)).toEqual({
      ...least,
      room: {
        ...{ displays: [], microphones: [], muteLamp: [], occupancy: [] },
        behaviour: {
          ...{ displaysOnBeforeMinutes: 5, displaysOffAfterIdleMinutes: 10, wakesOnOccupancy: true, quietHours: [] },
        },
      },
    });
  });

  test('that says one thing of how the room behaves keeps the rest as usual', () => {
    const { behaviour } = installation.parse(withBehaviour({ displaysOffAfterIdleMinutes: 30 })).room;
    expect(behaviour).toMatchObject({ displaysOnBeforeMinutes: 5, displaysOffAfterIdleMinutes: 30 });
  });

  test.each<[string, object]>([
    [
      'a display for the meeting and for what is shared',
      { displays: [{ device: 'front', input: 'a', contentInput: 'b' }] },
    ],
    ['a camera without presets', { camera: { device: 'front' } }],
    ['the first preset and the last', { camera: { device: 'front', presets: { idle: 1, content: 255 } } }],
    ['a door sign with one lamp', { doorSign: { device: 'front', busy: 'red' } }],
    ['a presence sensor, and a contact', { occupancy: [{ device: 'front' }, { device: 'front', contact: 'door' }] }],
    [
      'a wall between two rooms, with a preset for one of its two states',
      {
        camera: { device: 'front' },
        partition: { device: 'front', contact: 'wall', open: { gallery: 2 }, closed: {} },
      },
    ],
    ['quiet hours over midnight', { behaviour: { quietHours: [{ from: '22:00', to: '06:00' }] } }],
    [
      'displays that are on at once, and off after a day',
      {
        behaviour: { displaysOnBeforeMinutes: 0, displaysOffAfterIdleMinutes: 1440 },
      },
    ],
  ])('may know %s', (_what, room) => {
    expect(complaintsOf(withRoom(room))).toEqual([]);
  });
});

describe('a device is refused', () => {
  const named = 'expected small letters, digits and - between them';
  test.each<[string, Device[], string]>([
    ['with a space in its name', [device('front display')], `devices.0.name: ${named}`],
    ['with a capital letter in its name', [device('Front')], `devices.0.name: ${named}`],
    ['with - at the end of its name', [device('front-')], `devices.0.name: ${named}`],
    ['without a name', [device('')], `devices.0.name: ${named}`],
    [
      'with the name of another',
      [device('front'), device('rear'), device('front')],
      'devices.2.name: front is there twice',
    ],
    [
      'with a title in one language',
      [device('front', { title: { en: 'Front' } })],
      'devices.0.title.zh-CN: Invalid input: expected string, received undefined',
    ],
    [
      'with a password beside it: that stands in a file of its own',
      [device('front', { password: 'secret' })],
      'devices.0: Unrecognized key: "password"',
    ],
    [
      'that hangs nowhere',
      [device('front', { at: '' })],
      'devices.0.at: Too small: expected string to have >=1 characters',
    ],
  ])('%s', (_what, devices, expected) => {
    expect(complaintsOf({ ...least, devices })).toEqual([expected]);
  });

  test.each([
    [0, 'Too small: expected array to have >=1 items'],
    [51, 'Too big: expected array to have <=50 items'],
  ])('where there are %i', (count, expected) => {
    const devices = Array.from({ length: count }, (_, index) => device(`device-${index}`));
    expect(complaintsOf({ ...least, devices })).toEqual([`devices: ${expected}`]);
  });
});

describe('a room is refused that names a device which is not there', () => {
  const camera = { device: 'front' };
  test.each<[string, object]>([
    [
      'displays.1',
      {
        displays: [
          { device: 'front', input: 'a' },
          { device: 'rear', input: 'a' },
        ],
      },
    ],
    ['microphones.0', { microphones: [{ device: 'rear', channel: 'a' }] }],
    ['muteLamp.0', { muteLamp: [{ device: 'rear', output: 'a', isLitWhile: 'open' }] }],
    ['occupancy.0', { occupancy: [{ device: 'rear' }] }],
    ['camera', { camera: { device: 'rear' } }],
    ['doorSign', { doorSign: { device: 'rear', busy: 'a' } }],
    ['partition', { camera, partition: { device: 'rear', contact: 'a', open: {}, closed: {} } }],
  ])('at %s', (place, room) => {
    expect(complaintsOf({ ...withRoom(room), devices: [device('front'), device('side')] })).toEqual([
      `room.${place}.device: there is no device rear: the devices are front, side`,
    ]);
  });

  test('with every such place', () => {
    const room = { camera: { device: 'rear' }, occupancy: [{ device: 'hall' }] };
    expect(complaintsOf(withRoom(room))).toEqual([
      'room.occupancy.0.device: there is no device hall: the devices are front',
      'room.camera.device: there is no device rear: the devices are front',
    ]);
  });
});

describe('a room is refused in which two parts would set the same, each against the other', () => {
  const lamp = (output: string) => ({ device: 'front', output, isLitWhile: 'closed' });
  test.each<[string, object, string]>([
    [
      'a display with two inputs',
      {
        displays: [
          { device: 'front', input: 'a' },
          { device: 'front', input: 'b' },
        ],
      },
      'displays.1.device: front is set by room.displays.0.device already',
    ],
    [
      'two mute lamps that are one',
      { muteLamp: [lamp('red'), lamp('green'), { ...lamp('red'), isLitWhile: 'open' }] },
      'muteLamp.2.output: red of front is set by room.muteLamp.0.output already',
    ],
    [
      'a mute lamp that is part of the door sign',
      { muteLamp: [lamp('red')], doorSign: { device: 'front', busy: 'red', free: 'green' } },
      'doorSign.busy: red of front is set by room.muteLamp.0.output already',
    ],
    [
      'a door sign of one lamp for two things',
      { doorSign: { device: 'front', busy: 'red', free: 'green', soon: 'red' } },
      'doorSign.soon: red of front is set by room.doorSign.busy already',
    ],
  ])('%s', (_what, room, expected) => {
    expect(complaintsOf(withRoom(room))).toEqual([`room.${expected}`]);
  });

  test('but not where lamps of two devices have one name', () => {
    const room = { muteLamp: [lamp('red')], doorSign: { device: 'side', busy: 'red' } };
    expect(complaintsOf({ ...withRoom(room), devices: [device('front'), device('side')] })).toEqual([]);
  });
});

describe('a document is refused', () => {
  const time = 'expected a time as 22:00';
  const quiet = (from: string, to: string) => withBehaviour({ quietHours: [{ from, to }] });
  const presets = (given: object) => withRoom({ camera: { device: 'front', presets: given } });
  test.each<[string, object, string]>([
    [
      'of a schema that is not this one',
      { ...least, schema: 'anteroom/installation/2' },
      `schema: Invalid input: expected "${installationSchemaName}"`,
    ],
    ['with a part that nobody knows', { ...least, rooms: {} }, ': Unrecognized key: "rooms"'],
    ['with a part of the room that nobody knows', withRoom({ screens: [] }), 'room: Unrecognized key: "screens"'],
    [
      'with a habit that nobody knows',
      withBehaviour({ displaysOnBefore: 5 }),
      'room.behaviour: Unrecognized key: "displaysOnBefore"',
    ],
    [
      'with a door sign that has no lamp',
      withRoom({ doorSign: { device: 'front' } }),
      'room.doorSign: names no lamp of its device: name one for busy, free or soon',
    ],
    [
      'with a display that shows no input',
      withRoom({ displays: [{ device: 'front' }] }),
      'room.displays.0.input: Invalid input: expected string, received undefined',
    ],
    [
      'with a preset of a picture that there is not',
      presets({ whiteboard: 3 }),
      'room.camera.presets: Unrecognized key: "whiteboard"',
    ],
    [
      'with a preset before the first',
      presets({ idle: 0 }),
      'room.camera.presets.idle: Too small: expected number to be >=1',
    ],
    [
      'with a preset past the last',
      presets({ idle: 256 }),
      'room.camera.presets.idle: Too big: expected number to be <=255',
    ],
    [
      'with half a preset',
      presets({ idle: 1.5 }),
      'room.camera.presets.idle: Invalid input: expected int, received number',
    ],
    [
      'with a lamp that is lit while the microphone is neither open nor closed',
      withRoom({ muteLamp: [{ device: 'front', output: 'a', isLitWhile: 'muted' }] }),
      'room.muteLamp.0.isLitWhile: Invalid option: expected one of "closed"|"open"',
    ],
    [
      'with presets for a wall, and no camera',
      withRoom({ partition: { device: 'front', contact: 'a', open: { gallery: 1 }, closed: {} } }),
      'room.partition: its presets are of no camera',
    ],
    ['with an hour that there is not', quiet('24:00', '06:00'), `room.behaviour.quietHours.0.from: ${time}`],
    ['with a minute that there is not', quiet('22:00', '06:60'), `room.behaviour.quietHours.0.to: ${time}`],
    ['with a time that is short of a digit', quiet('22:00', '6:00'), `room.behaviour.quietHours.0.to: ${time}`],
    [
      'with quiet hours that do not end',
      withBehaviour({ quietHours: [{ from: '22:00' }] }),
      'room.behaviour.quietHours.0.to: Invalid input: expected string, received undefined',
    ],
    [
      'with displays that are on before they can be',
      withBehaviour({ displaysOnBeforeMinutes: -1 }),
      'room.behaviour.displaysOnBeforeMinutes: Too small: expected number to be >=0',
    ],
    [
      'with displays that are off after more than a day',
      withBehaviour({ displaysOffAfterIdleMinutes: 1441 }),
      'room.behaviour.displaysOffAfterIdleMinutes: Too big: expected number to be <=1440',
    ],
  ])('%s', (_what, document, expected) => {
    expect(complaintsOf(document)).toEqual([expected]);
  });
});
