import type { NetworkTrouble } from '@anteroom/shared/signalling/messages.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, it } from 'vitest';
import { networkEveryMs, networkKnownMs } from './limits.ts';
import { createNetworkWord } from './network-word.ts';

function openWord() {
  const clock = createManualClock();
  const told: (NetworkTrouble | null)[] = [];
  const word = createNetworkWord({
    onChange: (trouble) => told.push(trouble),
    clock,
    signal: new AbortController().signal,
  });
  return { clock, told, word };
}

it('is told at once, and then its last word when the pause is over', async () => {
  const { clock, told, word } = openWord();
  word.say('impaired');
  for (const trouble of ['bad', 'impaired', 'bad'] as const) word.say(trouble);
  expect(told).toEqual(['impaired']);
  await clock.advance(networkEveryMs);
  expect(told).toEqual(['impaired', 'bad']);
  word.say(null);
  word.say('bad');
  await clock.advance(networkEveryMs);
  expect(told).toEqual(['impaired', 'bad']);
});

it('is forgotten when it is not said again', async () => {
  const { clock, told, word } = openWord();
  word.say('bad');
  await clock.advance(networkKnownMs - 1);
  word.say('bad');
  await clock.advance(networkKnownMs - 1);
  expect(told).toEqual(['bad']);
  await clock.advance(1);
  expect(told).toEqual(['bad', null]);
});

it('is not kept for whoever comes back', async () => {
  const { clock, told, word } = openWord();
  word.say('bad');
  word.forget();
  await clock.advance(networkEveryMs);
  word.say('bad');
  expect(told).toEqual(['bad', 'bad']);
});
