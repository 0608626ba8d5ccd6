import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import type { QueryId } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FleetDatabase } from '../db/database.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { createLease, createProcessHolder, type Tenure } from './lease.ts';

const leaseMs = 3_000;
let directory: string;
let database: TestDatabase;
let db: FleetDatabase;
let clock: ManualClock;
const stop = new AbortController();
/** Queries on `db` that are not answered yet. */
const running = new Set<QueryId>();

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anteroom-lease-'));
  database = await createTestDatabase({ folder: directory, isEmpty: false });
  db = (await database.open()).withPlugin({
    transformQuery({ queryId, node }) {
      running.add(queryId);
      return node;
    },
    async transformResult({ queryId, result }) {
      running.delete(queryId);
      return result;
    },
  });
  clock = createManualClock();
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

function candidate(name: string, options: { isGone?: (holder: string) => boolean; database?: FleetDatabase } = {}) {
  const holder = { name, isGone: options.isGone ?? (() => false) };
  return createLease({ db: options.database ?? db, holder, leaseMs, clock, log: pino({ level: 'silent' }) });
}

/** Moves the clock in small steps, each once every query of the step before is answered: both candidates take turns. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    await clock.advance(250);
    do await new Promise((resolve) => setTimeout(resolve, 0));
    while (running.size > 0);
  }
}

function wait(lease: ReturnType<typeof candidate>): { tenure: () => Tenure | null; done: Promise<Tenure> } {
  let tenure: Tenure | null = null;
  const done = lease.acquire({ signal: stop.signal }).then((taken) => {
    tenure = taken;
    return taken;
  });
  return { tenure: () => tenure, done };
}

test('one leads, the second waits as long as the first beats, and follows when it is released', async () => {
  const first = await candidate('a').acquire({ signal: stop.signal });
  const second = wait(candidate('b'));
  await pass(5 * leaseMs);
  expect(second.tenure()).toBeNull();
  expect(first.lost.aborted).toBe(false);
  await first.release();
  await pass(1_000);
  expect(second.tenure()).not.toBeNull();
  await second.tenure()?.release();
});

test('a leader that is silent for the whole lease is followed', async () => {
  await db.insertInto('linkLease').values({ id: 1, holder: 'dead', beat: 7 }).execute();
  const second = wait(candidate('b'));
  await pass(leaseMs - 500);
  expect(second.tenure()).toBeNull();
  await pass(1_500);
  expect(second.tenure()).not.toBeNull();
  await second.tenure()?.release();
});

test('a leader whose process is known to be gone is followed at once', async () => {
  await db.insertInto('linkLease').values({ id: 1, holder: 'dead', beat: 7 }).execute();
  const tenure = await candidate('b', { isGone: (holder) => holder === 'dead' }).acquire({ signal: stop.signal });
  await tenure.release();
});

test('a leader that lost the row, or cannot write it, steps down before the lease is free for others', async () => {
  const robbed = await candidate('a').acquire({ signal: stop.signal });
  await db.updateTable('linkLease').set({ holder: 'thief' }).execute();
  await pass(1_000);
  expect(robbed.lost.aborted).toBe(true);
  await robbed.release();

  const own = await database.open();
  await db.updateTable('linkLease').set({ holder: '' }).execute();
  const cut = await candidate('c', { database: own }).acquire({ signal: stop.signal });
  await own.destroy();
  await pass(leaseMs - 250);
  expect(cut.lost.aborted).toBe(true);
  await expect(cut.release()).rejects.toThrow();
});

test('the holder of this process knows which processes of this machine run', () => {
  const holder = createProcessHolder();
  const named = (pid: number) => `${hostname()}:${pid}:x`;
  expect(holder.name.startsWith(`${hostname()}:${process.pid}:`)).toBe(true);
  expect(holder.isGone(named(process.ppid))).toBe(false);
  expect(holder.isGone(named(process.pid))).toBe(true);
  expect(holder.isGone(named(2 ** 22 + 1))).toBe(true);
  expect(holder.isGone(`elsewhere:${process.ppid}:x`)).toBe(false);
});
