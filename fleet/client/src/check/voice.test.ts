import { describe, expect, it } from 'vitest';
import { hear, levelDbOf } from './voice.ts';

const everyMs = 50;
/** Levels for so many milliseconds. */
const at = (db: number, ms: number) => Array.from({ length: ms / everyMs }, () => db);
const repeated = (times: number, ...parts: number[][]) => Array.from({ length: times }, () => parts.flat()).flat();

describe('what a microphone hears', () => {
  it.each([
    ['nothing at all', at(Number.NEGATIVE_INFINITY, 6_000), 'silence'],
    ['a muted cable', at(-85, 6_000), 'silence'],
    ['a quiet room', at(-62, 6_000), 'noise'],
    ['a loud fan', at(-35, 6_000), 'noise'],
    ['one click', [...at(-60, 3_000), ...at(-10, 50), ...at(-60, 3_000)], 'noise'],
    ['a beep each half second', repeated(12, at(-80, 450), at(-12, 50)), 'noise'],
    ['a beep each second', repeated(6, at(-60, 800), at(-12, 200)), 'noise'],
    ['one knock of half a second', [...at(-60, 3_000), ...at(-20, 450), ...at(-60, 3_000)], 'noise'],
    ['somebody who speaks', [...at(-60, 1_500), ...repeated(8, at(-28, 250), at(-48, 100))], 'voice'],
    ['somebody who speaks over a fan', [...at(-40, 1_500), ...repeated(8, at(-22, 250), at(-39, 100))], 'voice'],
    ['a soft voice', [...at(-66, 1_500), ...repeated(8, at(-46, 250), at(-58, 100))], 'voice'],
    ['two words', [...at(-60, 2_000), ...at(-25, 600), ...at(-60, 500), ...at(-25, 500)], 'voice'],
    ['a mumble below the room', [...at(-45, 2_000), ...repeated(8, at(-41, 250), at(-45, 100))], 'noise'],
  ] as const)('%s: %s', (_title, levels, heard) => {
    expect(hear(levels, everyMs)).toBe(heard);
  });
});

it('measures levels below full scale', () => {
  expect(levelDbOf(new Float32Array([1, -1, 1, -1]))).toBe(0);
  expect(levelDbOf(new Float32Array([0.1, -0.1]))).toBeCloseTo(-20);
  expect(levelDbOf(new Float32Array(4))).toBe(Number.NEGATIVE_INFINITY);
});
