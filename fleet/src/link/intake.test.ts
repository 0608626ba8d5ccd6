import { newId } from '@anteroom/shared/ids.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createLinkCounters } from './counters.ts';
import { createIntake } from './intake.ts';
import type { DurableMessage, LinkRepository, StoreResult } from './repository.ts';

const terminals = [newId('terminal'), newId('terminal')];

function event(index: number): DurableMessage & { kind: 'event' } {
  const terminalId = terminals[index % 2] ?? newId('terminal');
  const envelope = { v: 1, id: newId('message'), at: '2026-01-05T09:00:00.000Z' };
  return { kind: 'event', terminalId, message: { ...envelope, kind: 'left', detail: {} } };
}

/** A database that refuses a transaction with a bad message in it. */
function setUp(isBad: (item: DurableMessage) => boolean) {
  const stored: string[] = [];
  const batches: number[] = [];
  const acked: string[] = [];
  const repository: Pick<LinkRepository, 'store'> = {
    store(items) {
      batches.push(items.length);
      if (items.some(isBad)) return Promise.reject(new Error('constraint failed'));
      stored.push(...items.map(({ message }) => message.id));
      return Promise.resolve(items.map((): StoreResult => 'stored'));
    },
  };
  const counters = createLinkCounters();
  const intake = createIntake({
    repository,
    clock: createManualClock(),
    log: pino({ level: 'silent' }),
    counters,
    acknowledge(_terminalId, ids) {
      // Nothing is acknowledged before it is stored.
      expect(stored).toEqual(expect.arrayContaining(ids));
      acked.push(...ids);
      return Promise.resolve();
    },
    onStored: () => undefined,
  });
  return { intake, stored, batches, acked, counters };
}

test('messages that come together share transactions, and are acknowledged once they are stored', async () => {
  const { intake, batches, acked } = setUp(() => false);
  const items = Array.from({ length: 450 }, (_, index) => event(index));
  for (const item of items) intake.add(item, () => false);
  expect(acked).toEqual([]);
  await intake.idle();
  expect(batches).toEqual([200, 200, 50]);
  expect(acked.sort()).toEqual(items.map(({ message }) => message.id).sort());
});

test('a message that cannot be stored is not acknowledged, and holds no other up', async () => {
  const items = Array.from({ length: 5 }, (_, index) => event(index));
  const bad = items[2]?.message.id;
  const { intake, acked, counters } = setUp(({ message }) => message.id === bad);
  for (const item of items) intake.add(item, () => false);
  await intake.idle();
  expect(acked).toHaveLength(4);
  expect(acked).not.toContain(bad);
  expect(counters.storeFailures).toBe(1);
});

test('what waits when its sender is revoked is dropped', async () => {
  const { intake, stored, counters } = setUp(() => false);
  let isRevoked = false;
  intake.add(event(0), () => isRevoked);
  isRevoked = true;
  await intake.idle();
  expect(stored).toEqual([]);
  expect(counters.dropped.revoked).toBe(1);
});
