import type { DeviceProperty, PropertyChoice, PropertyValue } from '@anteroom/shared/panel/devices.ts';
import { describe, expect, test } from 'vitest';
import { type ByHand, isByRoomAlone, release, setByHand, whyNotSet, withByHand } from './by-hand.ts';
import type { Wish } from './wish.ts';

type Setting = [device: string, property: string, value: PropertyValue];

/** `mute danteIn1` is the mute of that channel. */
function propertyOf(words: string): DeviceProperty {
  const [kind, of = null] = words.split(' ');
  return { kind: kind as DeviceProperty['kind'], of }; // the tables below name kinds
}

const setAll = (...settings: Setting[]): ByHand =>
  settings.reduce<ByHand>(
    (held, [device, words, value]) => setByHand(held, { device, property: propertyOf(words), value }),
    [],
  );
const wished = (...settings: Setting[]): Wish[] =>
  settings.map(([device, words, value]) => ({ device, property: propertyOf(words), value, reason: 'inMeeting' }));
const wordsOf = (wishes: readonly Wish[]): string[] =>
  wishes.map(({ device, property: { kind, of }, value, reason }) =>
    [device, kind, of, value, reason].filter((word) => word !== null).join(' '),
  );

describe('what somebody set', () => {
  test('is held with the reason that it was by hand', () => {
    expect(setAll(['front', 'power', 'standby'])).toEqual([
      { device: 'front', property: { kind: 'power', of: null }, value: 'standby', reason: 'byHand' },
    ]);
  });

  test.each<[string, Setting[], string[]]>([
    [
      'ends when the same is set otherwise',
      [
        ['front', 'power', 'standby'],
        ['front', 'power', 'on'],
      ],
      ['front power on byHand'],
    ],
    [
      'stays beside another property of the device',
      [
        ['front', 'power', 'on'],
        ['front', 'volume', 0.3],
      ],
      ['front power on byHand', 'front volume 0.3 byHand'],
    ],
    [
      'stays beside the same of another device',
      [
        ['front', 'power', 'on'],
        ['rear', 'power', 'standby'],
      ],
      ['front power on byHand', 'rear power standby byHand'],
    ],
    [
      'stays beside the same of another channel',
      [
        ['sound', 'gain danteIn1', -6],
        ['sound', 'gain danteIn2', 0],
      ],
      ['sound gain danteIn1 -6 byHand', 'sound gain danteIn2 0 byHand'],
    ],
    [
      'as a movement of the camera ends with a preset',
      [
        ['camera', 'pan', 30],
        ['camera', 'tilt', -5],
        ['camera', 'zoom', 0.5],
        ['camera', 'preset', 3],
      ],
      ['camera preset 3 byHand'],
    ],
    [
      'as a preset ends with a movement of the camera',
      [
        ['camera', 'preset', 3],
        ['camera', 'zoom', 0.5],
      ],
      ['camera zoom 0.5 byHand'],
    ],
    [
      'as a movement stays beside another: together they are one view',
      [
        ['camera', 'pan', 30],
        ['camera', 'tilt', -5],
      ],
      ['camera pan 30 byHand', 'camera tilt -5 byHand'],
    ],
    [
      'of the view stays while the power is set',
      [
        ['camera', 'preset', 3],
        ['camera', 'power', 'on'],
      ],
      ['camera preset 3 byHand', 'camera power on byHand'],
    ],
    [
      'as a view stays beside that of another camera',
      [
        ['camera', 'preset', 3],
        ['second', 'pan', 10],
      ],
      ['camera preset 3 byHand', 'second pan 10 byHand'],
    ],
  ])('%s', (_rule, settings, expected) => {
    expect(wordsOf(setAll(...settings))).toEqual(expected);
  });

  test('ends when the room is let decide again, for that device and all that was set of it', () => {
    const held = setAll(['front', 'power', 'on'], ['rear', 'power', 'on'], ['front', 'volume', 0.3]);
    expect(wordsOf(release(held, 'front'))).toEqual(['rear power on byHand']);
    expect(release(held, 'camera')).toEqual(held);
  });
});

describe('what the room wants', () => {
  const wishes = wished(['front', 'power', 'on'], ['front', 'input', 'hdmi1'], ['camera', 'preset', 2]);

  test('stays as it is while nothing is set by hand', () => {
    expect(withByHand(wishes, [])).toEqual(wishes);
  });

  test.each<[string, Setting, string[]]>([
    [
      'gives way where the same is set by hand, and nowhere else',
      ['front', 'power', 'standby'],
      ['front input hdmi1 inMeeting', 'camera preset 2 inMeeting', 'front power standby byHand'],
    ],
    [
      'gives way with its preset to a movement of that camera',
      ['camera', 'pan', 30],
      ['front power on inMeeting', 'front input hdmi1 inMeeting', 'camera pan 30 byHand'],
    ],
    [
      'does not give way to the same of another device',
      ['rear', 'power', 'standby'],
      [
        'front power on inMeeting',
        'front input hdmi1 inMeeting',
        'camera preset 2 inMeeting',
        'rear power standby byHand',
      ],
    ],
  ])('%s', (_rule, setting, expected) => {
    expect(wordsOf(withByHand(wishes, setAll(setting)))).toEqual(expected);
  });
});

describe('nobody’s to set', () => {
  const room: Parameters<typeof isByRoomAlone>[0] = {
    microphones: [{ device: 'sound', channel: 'danteIn1' }],
    muteLamp: [{ device: 'io', output: 'lamp', isLitWhile: 'closed' }],
  };

  test.each([
    ['the mute of a channel that carries a microphone', 'sound', 'mute danteIn1', true],
    ['not the mute of another channel', 'sound', 'mute danteOut1', false],
    ['not the same channel of another processor', 'music', 'mute danteIn1', false],
    ['not the gain of the microphone: that opens nothing', 'sound', 'gain danteIn1', false],
    ['the presets of its processor, which set mutes, too', 'sound', 'preset', true],
    ['not the presets of another processor', 'music', 'preset', false],
    ['not the presets of the camera', 'camera', 'preset', false],
    ['the lamp that tells of the microphones', 'io', 'output lamp', true],
    ['not the lamp beside it', 'io', 'output red', false],
    ['not a lamp of that name elsewhere', 'door', 'output lamp', false],
  ])('is %s', (_what, device, words, expected) => {
    expect(isByRoomAlone(room, device, propertyOf(words))).toBe(expected);
  });
});

describe('a touch is refused', () => {
  const range: PropertyChoice = { kind: 'range', least: -1, most: 1, step: 0.5 };
  const oneOf: PropertyChoice = { kind: 'oneOf', values: ['hdmi1', 'hdmi2'] };
  const row = (choice: PropertyChoice | null) => ({ property: propertyOf('input'), reading: null, choice });

  test.each<[string, Parameters<typeof whyNotSet>, ReturnType<typeof whyNotSet>]>([
    ['of what the device does not have', [undefined, true, false], 'not_settable'],
    ['of what is only read', [row(null), true, false], 'not_settable'],
    ['of what only the room sets, whatever the value', [row({ kind: 'switch' }), true, true], 'not_settable'],
    ['to what is no choice', [row(oneOf), 'vga', false], 'value_unknown'],
    ['to a word where there is a switch', [row({ kind: 'switch' }), 'on', false], 'value_unknown'],
    ['to a number where there is a switch', [row({ kind: 'switch' }), 1, false], 'value_unknown'],
    ['above the range', [row(range), 1.01, false], 'value_unknown'],
    ['below the range', [row(range), -1.01, false], 'value_unknown'],
    ['to a word where there is a range', [row(range), '0', false], 'value_unknown'],
    ['not at the least of the range', [row(range), -1, false], null],
    ['not at the most of the range', [row(range), 1, false], null],
    ['not between two steps of the range', [row(range), 0.3, false], null],
    ['not to a choice', [row(oneOf), 'hdmi2', false], null],
    ['not of a switch', [row({ kind: 'switch' }), false, false], null],
  ])('%s', (_rule, given, expected) => {
    expect(whyNotSet(...given)).toBe(expected);
  });
});
