import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Situation } from './situation.ts';
import { furnishedRoom, inCall, minutesMs, noon, nothingGoesOn } from './test/situations.ts';
import { wishesOf } from './wishes.ts';

const room = furnishedRoom();

/** As `front power on inMeeting`, of one device. */
function wordsOf(device: string, situation: Situation, plan = room): string[] {
  return wishesOf(situation, plan)
    .filter((wish) => wish.device === device)
    .map(({ property: { kind, of }, value, reason }) =>
      [kind, of, value, reason].filter((word) => word !== null).join(' '),
    );
}

const soon = { meetings: [{ startMs: noon + minutesMs(3), endMs: noon + minutesMs(33) }] };
const booked = { meetings: [{ startMs: noon - minutesMs(30), endMs: noon + minutesMs(1) }] };

describe('a display', () => {
  test.each<[string, Situation, string[]]>([
    ['shows a meeting', inCall, ['power on inMeeting', 'input hdmi1 inMeeting']],
    ['shows what is shared', { ...inCall, isContentShown: true }, ['power on inMeeting', 'input hdmi2 contentShared']],
    ['keeps its picture while a call comes back', { ...inCall, isContentShown: null }, ['power on inMeeting']],
    ['is off when nothing goes on', nothingGoesOn, ['power standby idle']],
    ['is let be after a call', { ...nothingGoesOn, lastCallAtMs: noon }, []],
  ])('%s', (_what, situation, expected) => {
    expect(wordsOf('front', situation)).toEqual(expected);
  });

  test('without an input for content keeps its own', () => {
    const plan = furnishedRoom({ displays: [{ device: 'front', input: 'hdmi1' }] });
    expect(wordsOf('front', { ...inCall, isContentShown: true }, plan)).toContain('input hdmi1 inMeeting');
  });
});

describe('the camera', () => {
  test.each<[string, Situation, string[]]>([
    ['parks outside of meetings, and is not woken for it', nothingGoesOn, ['preset 1 idle']],
    ['is woken before a meeting', { ...nothingGoesOn, ...soon }, ['power on meetingSoon', 'preset 1 idle']],
    ['shows everybody', inCall, ['power on inMeeting', 'preset 2 layout']],
    ['shows who speaks with one other', { ...inCall, layout: 'speaker' }, ['power on inMeeting', 'preset 3 layout']],
    ['turns to what is shared', { ...inCall, layout: 'content' }, ['power on inMeeting', 'preset 4 contentShared']],
    ['stays while a call comes back', { ...inCall, layout: null }, ['power on inMeeting']],
    [
      'shows the whole of two rooms',
      { ...inCall, isPartitionOpen: true },
      ['power on inMeeting', 'preset 5 partitionOpen'],
    ],
    [
      'knows nothing else for a closed wall',
      { ...inCall, isPartitionOpen: false },
      ['power on inMeeting', 'preset 2 layout'],
    ],
  ])('%s', (_what, situation, expected) => {
    expect(wordsOf('camera', situation)).toEqual(expected);
  });

  test.each([
    ['speaker', ['power on inMeeting', 'preset 2 layout']],
    ['content', ['power on inMeeting', 'preset 2 contentShared']],
    ['idle', ['power on inMeeting']],
  ] as const)('without a preset for %s', (layout, expected) => {
    const plan = furnishedRoom({ camera: { device: 'camera', presets: { gallery: 2 } } });
    expect(wordsOf('camera', { ...inCall, layout }, plan)).toEqual(expected);
  });
});

describe('the microphones and their lamp', () => {
  test('follow what the far end hears', () => {
    const open = { ...inCall, isMicrophoneOpen: true };
    expect(wordsOf('sound', open)).toEqual(['mute danteIn1 false microphoneOpen']);
    expect(wordsOf('io', open)).toContain('output lamp false microphoneOpen');
    expect(wordsOf('sound', inCall)).toEqual(['mute danteIn1 true microphoneClosed']);
    expect(wordsOf('io', inCall)).toContain('output lamp true microphoneClosed');
  });

  test('may be lit while they are open', () => {
    const plan = furnishedRoom({ muteLamp: [{ device: 'io', output: 'lamp', isLitWhile: 'open' }] });
    expect(wordsOf('io', { ...inCall, isMicrophoneOpen: true }, plan)).toContain('output lamp true microphoneOpen');
    expect(wordsOf('io', inCall, plan)).toContain('output lamp false microphoneClosed');
  });
});

describe('the door sign', () => {
  const lit = (situation: Situation, plan = room) =>
    wordsOf('io', situation, plan).filter((words) => /^output (red|yellow|green) true/.test(words));

  test.each<[string, Situation, string]>([
    ['free', nothingGoesOn, 'output green true roomFree'],
    ['soon', { ...nothingGoesOn, ...soon }, 'output yellow true meetingSoon'],
    ['busy with a call', inCall, 'output red true roomBusy'],
    ['busy with a call before its meeting', { ...inCall, ...soon }, 'output red true roomBusy'],
    ['booked, though nobody came', { ...nothingGoesOn, ...booked }, 'output red true roomBusy'],
  ])('is lit in one colour: %s', (_what, situation, expected) => {
    expect(lit(situation)).toEqual([expected]);
  });

  test('without a lamp for soon is free until then', () => {
    const plan = furnishedRoom({ doorSign: { device: 'io', busy: 'red', free: 'green' } });
    expect(lit({ ...nothingGoesOn, ...soon }, plan)).toEqual(['output green true roomFree']);
  });
});

/** Situations of every kind, as they come; most of them never would. */
const anySituation = fc.record({
  nowMs: fc.constant(noon),
  localMinutes: fc.option(fc.integer({ min: 0, max: 1439 })),
  ...{ isInCall: fc.boolean(), isRinging: fc.boolean(), isMicrophoneOpen: fc.boolean() },
  layout: fc.constantFrom('idle', 'gallery', 'speaker', 'content', null),
  ...{ isContentShown: fc.option(fc.boolean()), isOccupied: fc.option(fc.boolean()) },
  isPartitionOpen: fc.option(fc.boolean()),
  meetings: fc.array(
    fc.integer({ min: -120, max: 120 }).map((minutes) => ({
      ...{ startMs: noon + minutesMs(minutes), endMs: noon + minutesMs(minutes + 60) },
    })),
    { maxLength: 3 },
  ),
  lastCallAtMs: fc.integer({ min: noon - minutesMs(60), max: noon }),
  lastOccupiedAtMs: fc.integer({ min: noon - minutesMs(60), max: noon }),
});

describe('in every situation', () => {
  test('nothing opens a microphone that the call has closed', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const unmutes = wishesOf({ ...situation, isMicrophoneOpen: false }, room).filter(
          ({ property, value }) => property.kind === 'mute' && value === false,
        );
        return unmutes.length === 0;
      }),
    );
  });

  test('a call is shown', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const [power] = wordsOf('front', { ...situation, isInCall: true });
        expect(power).toBe('power on inMeeting');
      }),
    );
  });

  test('no property is wanted in two ways', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const wanted = wishesOf(situation, room).map(({ device, property: { kind, of } }) => `${device} ${kind} ${of}`);
        expect(new Set(wanted).size).toBe(wanted.length);
      }),
    );
  });
});
