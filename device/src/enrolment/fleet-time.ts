import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createServerClock } from '../link/server-clock.ts';
import { type Document, StoreError } from '../ports/store.ts';
import { backoffMs } from './backoff.ts';
import type { FleetClient } from './fleet-client.ts';
import { askSignedTime } from './signed-time.ts';

/** The latest time that the fleet's signature vouched for, on disk. */
export const storedTime = z.object({ savedAt: z.iso.datetime() });
export type StoredTime = z.infer<typeof storedTime>;

/**
 * The terminal's clock. The machine's may start in 1970, or be wrong by years: it counts only until the fleet has said
 * under the pinned CA's signature what time it is, and never below the floor. From then on that time is carried on by the
 * clock that never jumps.
 */
export interface FleetTime {
  clock: Clock;
  /** Asks at once and from time to time, and saves what it learned, until `signal` aborts. */
  run(options: { signal: AbortSignal }): Promise<void>;
  /** Resolves when certificates can be judged: at once, or when a clock below its floor was set, or after a short wait. */
  settled(options: { signal: AbortSignal }): Promise<void>;
}

const askAgainMs = 3_600_000;
const retry = { firstMs: 500, mostMs: 30_000 };
const settleWithinMs = 3_000;
/** A difference that is worth a line in the log. */
const remarkableMs = 60_000;

export async function createFleetTime(deps: {
  machine: Clock;
  /** When this software was built or unpacked: it cannot be earlier. */
  builtAt: Date;
  document: Document<StoredTime>;
  caPem: string;
  fleet: FleetClient;
  random: () => number;
  log: Logger;
}): Promise<FleetTime> {
  const { machine, builtAt, document, caPem, fleet, random, log } = deps;
  const saved = await readSaved();
  const floorMs = Math.max(builtAt.getTime(), saved ? Date.parse(saved.savedAt) : 0);
  const startedMs = machine.monotonicMs();
  const isBelowFloor = machine.now().getTime() < floorMs;
  const known = Promise.withResolvers<void>();
  const server = createServerClock({
    ...machine,
    now: () => new Date(Math.max(machine.now().getTime(), floorMs + machine.monotonicMs() - startedMs)),
  });

  async function readSaved(): Promise<StoredTime | null> {
    try {
      return await document.read();
    } catch (cause) {
      if (!(cause instanceof StoreError && cause.code === 'corrupt')) throw cause;
      log.error({ err: cause }, 'saved time damaged: the floor is the build time');
      return null;
    }
  }

  async function ask(signal: AbortSignal, failures: number): Promise<boolean> {
    const askedMs = machine.monotonicMs();
    const answer = await askSignedTime({ fleet, caPem }, { signal });
    if (!answer.ok) {
      if (failures === 0) log.warn({ fault: answer.fault }, 'no signed time from the fleet');
      return false;
    }
    const before = server.now().getTime();
    server.set(answer.body.serverTime, askedMs);
    known.resolve();
    const movedMs = server.now().getTime() - before;
    if (Math.abs(movedMs) > remarkableMs) log.warn({ movedMs }, 'clock set to the fleet’s signed time');
    return true;
  }

  async function save(): Promise<void> {
    try {
      await document.write({ savedAt: server.now().toISOString() });
    } catch (cause) {
      // A full disk costs a later floor at the next start, and nothing now.
      log.error({ err: cause }, 'time not saved');
    }
  }

  return {
    clock: { ...machine, now: server.now },
    async run({ signal }) {
      try {
        for (let failures = 0; ; ) {
          const isAnswered = await ask(signal, failures);
          if (server.isKnown()) await save();
          failures = isAnswered ? 0 : failures + 1;
          await machine.sleep(isAnswered ? askAgainMs : backoffMs(failures - 1, retry, random), { signal });
        }
      } catch (cause) {
        if (!signal.aborted) throw cause;
      }
    },
    async settled({ signal }) {
      if (!isBelowFloor) return;
      log.warn({ machineTime: machine.now().toISOString() }, 'this machine’s clock is below its floor');
      const waited = new AbortController();
      const late = machine.sleep(settleWithinMs, { signal: AbortSignal.any([signal, waited.signal]) });
      await Promise.race([known.promise, late.catch(() => undefined)]);
      waited.abort();
    },
  };
}
