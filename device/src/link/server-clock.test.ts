import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

test('server time goes on from the hello that asked for it, whatever the wall clock does', async () => {
  const clock = createManualClock(new Date('1970-01-01T00:00:00Z'));
  const server = createServerClock(clock);
  expect(server.isKnown()).toBe(false);
  expect(server.now()).toEqual(new Date('1970-01-01T00:00:00Z'));
  const askedMs = clock.monotonicMs();
  await clock.advance(400);
  server.set('2026-01-05T09:00:00.000Z', askedMs);
  expect(server.now()).toEqual(new Date('2026-01-05T09:00:00.400Z'));
  clock.jumpTo(new Date('2031-01-01T00:00:00Z'));
  await clock.advance(600);
  expect(server.now()).toEqual(new Date('2026-01-05T09:00:01.000Z'));
});

test('a later server time moves it forward, an earlier one never back', () => {
  const clock = createManualClock();
  const server = createServerClock(clock);
  server.set('2026-01-05T09:00:00.000Z', clock.monotonicMs());
  server.raise('2026-01-05T09:00:05.000Z');
  server.raise('2026-01-05T08:00:00.000Z');
  expect(server.now()).toEqual(new Date('2026-01-05T09:00:05.000Z'));
});
