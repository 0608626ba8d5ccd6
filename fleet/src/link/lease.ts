import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/schema.ts';

/**
 * Which link process leads: one row with its holder and a beat that grows. Nobody compares wall clocks: a standby takes
 * the lease over when it saw the same beat for `leaseMs` of its own time, and a leader that could not beat for two
 * thirds of that steps down before anybody else can lead.
 */

export type LeaseHolder = {
  name: string;
  /** Whether the named holder surely runs no more, so that a restart need not wait for the lease to end. */
  isGone(name: string): boolean;
};

/** Names this process, and knows of the others on this machine whether they still run. */
export function createProcessHolder(): LeaseHolder {
  const machine = `${hostname()}:`;
  return {
    name: `${machine}${process.pid}:${randomUUID()}`,
    isGone(name) {
      if (!name.startsWith(machine)) return false;
      const pid = Number(name.slice(machine.length).split(':')[0]);
      // Our own process id under another name: the holder before us had it.
      return pid === process.pid || !isRunning(pid);
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export type Tenure = {
  /** Aborts when the lease is lost. */
  lost: AbortSignal;
  release(): Promise<void>;
};

export type LeaseDeps = { db: Kysely<Database>; holder: LeaseHolder; leaseMs: number; clock: Clock; log: Logger };
export type Lease = ReturnType<typeof createLease>;

export function createLease({ db, holder, leaseMs, clock, log }: LeaseDeps) {
  const beatEveryMs = leaseMs / 4;
  const giveUpAfterMs = (leaseMs * 2) / 3;

  async function tryTake(free: { holder: string; beat: number } | null): Promise<boolean> {
    if (!free) {
      const inserted = await db
        .insertInto('linkLease')
        .values({ id: 1, holder: holder.name, beat: 1 })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
    }
    const updated = await db
      .updateTable('linkLease')
      .set({ holder: holder.name, beat: free.beat + 1 })
      .where('holder', '=', free.holder)
      .where('beat', '=', free.beat)
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }

  async function beat(): Promise<boolean> {
    const updated = await db
      .updateTable('linkLease')
      .set((row) => ({ beat: row('beat', '+', 1) }))
      .where('holder', '=', holder.name)
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }

  async function keep(tenure: AbortController, ended: AbortSignal): Promise<void> {
    let beatenMs = clock.monotonicMs();
    while (!ended.aborted && !tenure.signal.aborted) {
      await pause(clock, beatEveryMs, ended);
      if (ended.aborted) return;
      const startMs = clock.monotonicMs();
      try {
        if (await beat()) beatenMs = startMs;
        else tenure.abort(new Error('another link process took the lease'));
      } catch (error) {
        log.warn({ err: error }, 'link lease not renewed');
      }
      if (clock.monotonicMs() - beatenMs > giveUpAfterMs) tenure.abort(new Error('the lease could not be renewed'));
    }
  }

  return {
    /** Waits until this process may lead; rejects only when `signal` aborts. */
    async acquire({ signal }: { signal: AbortSignal }): Promise<Tenure> {
      let seen: { holder: string; beat: number; sinceMs: number } | null = null;
      for (;;) {
        signal.throwIfAborted();
        try {
          const row = (await db.selectFrom('linkLease').select(['holder', 'beat']).executeTakeFirst()) ?? null;
          const nowMs = clock.monotonicMs();
          if (row && (seen?.holder !== row.holder || seen.beat !== row.beat)) seen = { ...row, sinceMs: nowMs };
          const isFree =
            !row || row.holder === '' || holder.isGone(row.holder) || nowMs - (seen?.sinceMs ?? nowMs) >= leaseMs;
          if (isFree && (await tryTake(row))) break;
        } catch (error) {
          log.warn({ err: error }, 'link lease not read');
        }
        await clock.sleep(beatEveryMs, { signal });
      }
      const tenure = new AbortController();
      const ended = new AbortController();
      const keeping = keep(tenure, ended.signal);
      return {
        lost: tenure.signal,
        async release() {
          ended.abort();
          await keeping;
          await db.updateTable('linkLease').set({ holder: '' }).where('holder', '=', holder.name).execute();
        },
      };
    },
  };
}

/** Sleeps, and returns early instead of throwing when `signal` aborts. */
async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(delayMs, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
