import type { ClientMessage } from '@anteroom/shared/signalling/messages.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, test } from 'vitest';
import { createDirectorySearch } from './directory-search.ts';

const found = {
  ...{ people: { items: [], hasMore: false }, departments: { items: [], hasMore: false } },
  ...{ terminals: { items: [], hasMore: false }, contacts: { items: [], hasMore: false } },
};
const { signal } = new AbortController();

function start() {
  const clock = createManualClock();
  const sent: ClientMessage[] = [];
  return { clock, sent, search: createDirectorySearch({ send: (message) => void sent.push(message), clock }) };
}

test('each search is asked under a number of its own, and gets the answer to that one', async () => {
  const { search, sent } = start();
  const [first, second] = [search.find('mi', { signal }), search.find('mika', { signal })];
  expect(sent).toEqual([
    { type: 'find', id: 1, text: 'mi' },
    { type: 'find', id: 2, text: 'mika' },
  ]);
  search.settle({ type: 'found', id: 2, found: null, refusal: 'no_directory' });
  search.settle({ type: 'found', id: 1, found, refusal: null });
  expect(await first).toEqual({ found, refusal: null });
  expect(await second).toEqual({ found: null, refusal: 'no_directory' });
});

test('a search that nobody answers is too slow, and an answer that comes later means nothing', async () => {
  const { search, clock } = start();
  const asked = search.find('mika', { signal });
  await clock.advance(3_500);
  expect(await asked).toEqual({ found: null, refusal: 'too_slow' });
  search.settle({ type: 'found', id: 1, found, refusal: null });
  const gone = new AbortController();
  const left = search.find('mika', { signal: gone.signal });
  gone.abort();
  expect(await left).toEqual({ found: null, refusal: 'too_slow' });
});
