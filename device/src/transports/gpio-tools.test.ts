import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGpioTools } from './gpio-tools.ts';

const { signal } = new AbortController();
const contact = { line: 4, isActiveLow: false, bias: 'none' } as const;

/** What the first reading makes of a word that gpioget says. */
async function firstLevel(word: string): Promise<boolean | string> {
  const run = async function* () {
    yield word;
  };
  const lines = createGpioTools({ chip: 'gpiochip0', run, clock: createManualClock() });
  try {
    for await (const level of lines.watch(contact, { signal })) return level;
    return 'nothing';
  } catch (error) {
    return error instanceof Error && 'fault' in error ? String(error.fault) : String(error);
  }
}

test('no words but 0 and 1 are a level', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom('0', '1', ' 1 ', '01', '10', ''), fc.string({ maxLength: 6 })),
      async (word) => {
        const level = word.trim();
        const expected = level === '1' || level === '0' ? level === '1' : 'nonsense';
        if ((await firstLevel(word)) !== expected) expect(await firstLevel(word)).toBe(expected);
      },
    ),
    { numRuns: 10_000 },
  );
});

test.each([
  ['gpioset: error setting the GPIO line values: Device or resource busy', 'busy'],
  ['gpioset: error setting the GPIO line values: No such file or directory', 'not_connected'],
  ['gpioset: error setting the GPIO line values: Input/output error', 'device_failed'],
])('“%s” is called %s', async (words, fault) => {
  // biome-ignore lint/correctness/useYield: it fails before it says anything, as gpioset does.
  const run = async function* () {
    throw new Error(words);
  };
  const lines = createGpioTools({ chip: 'gpiochip0', run, clock: createManualClock() });
  await expect(lines.hold(contact, true, { signal })).rejects.toMatchObject({ fault });
});
