import { newId } from '@anteroom/shared/ids.ts';
import { expect, it } from 'vitest';
import { nextSpeech, type Speech, silence, speakerDueAtMs } from './speech.ts';

const [anna, ben, cleo] = [newId('participant'), newId('participant'), newId('participant')];
type Moment = [atMs: number, speaking: (typeof anna)[], speaker: typeof anna | null];

function play(moments: readonly Moment[]): Speech {
  return moments.reduce((speech, [atMs, speaking, speaker]) => {
    const next = nextSpeech(speech, speaking, atMs);
    expect([atMs, next.speakerId]).toEqual([atMs, speaker]);
    return next;
  }, silence);
}

it.each<[string, Moment[]]>([
  ['is whoever speaks first, at once', [[0, [anna], anna]]],
  [
    'stays after they stopped',
    [
      [0, [anna], anna],
      [500, [], anna],
      [60_000, [], anna],
    ],
  ],
  [
    'changes after two seconds of another',
    [
      [0, [anna], anna],
      [100, [], anna],
      [200, [ben], anna],
      [2_199, [ben], anna],
      [2_200, [ben], ben],
    ],
  ],
  [
    'is not taken over by two short words',
    [
      [0, [anna], anna],
      [100, [], anna],
      [200, [ben], anna],
      [1_700, [], anna],
      [1_800, [ben], anna],
      [3_000, [ben], anna],
    ],
  ],
  [
    'keeps the stage while speaking along',
    [
      [0, [anna], anna],
      [100, [anna, ben], anna],
      [9_000, [anna, ben], anna],
      [9_100, [ben], ben],
    ],
  ],
  [
    'becomes whoever of two has spoken longer',
    [
      [0, [anna], anna],
      [100, [], anna],
      [200, [cleo], anna],
      [300, [ben, cleo], anna],
      [2_200, [ben, cleo], cleo],
    ],
  ],
])('the speaker %s', (_title, moments) => {
  play(moments);
});

it('says when the speaker changes if all go on, and is the same while nothing changes', () => {
  const speech = play([
    [0, [anna], anna],
    [100, [], anna],
    [200, [ben], anna],
  ]);
  expect(speakerDueAtMs(speech)).toBe(2_200);
  expect(nextSpeech(speech, [ben], 900)).toBe(speech);
  expect(speakerDueAtMs(nextSpeech(speech, [ben, anna], 900))).toBeNull();
  expect(speakerDueAtMs(silence)).toBeNull();
});

it('knows when each began or stopped last', () => {
  const speech = play([
    [0, [anna], anna],
    [100, [anna, ben], anna],
    [700, [ben], anna],
  ]);
  expect([...speech.spokeAtMs]).toEqual([
    [anna, 700],
    [ben, 100],
  ]);
});
