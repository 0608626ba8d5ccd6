import { expect, it } from 'vitest';
import { testSoundFile } from './test-sound.ts';

const file = testSoundFile();
const view = new DataView(file.buffer);
const text = (at: number, length: number) => new TextDecoder().decode(file.slice(at, at + length));

it('is a WAV file whose chunks have the lengths that they name', () => {
  expect([text(0, 4), text(8, 8), text(36, 4)]).toEqual(['RIFF', 'WAVEfmt ', 'data']);
  expect(view.getUint32(4, true)).toBe(file.length - 8);
  expect(view.getUint32(40, true)).toBe(file.length - 44);
});

it('is heard for about a second, and begins and ends without a click', () => {
  const samples = Array.from({ length: (file.length - 44) / 2 }, (_unused, at) => view.getInt16(44 + at * 2, true));
  expect(samples.length / view.getUint32(24, true)).toBeCloseTo(0.96);
  expect(Math.max(...samples)).toBeGreaterThan(8_000);
  for (const sample of [...samples.slice(0, 10), ...samples.slice(-10)]) expect(Math.abs(sample)).toBeLessThan(200);
});
