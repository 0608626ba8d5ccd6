import type { TestContext } from 'node:test';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { eventually } from '../harness/eventually.ts';

/** What a driver needs in a guest; whatever is kept ends with the test. */
export function createBench(t: TestContext) {
  const { signal } = new AbortController();
  return {
    ...{ signal, clock: createSystemClock(), log: pino({ level: 'silent' }) },
    keep<T extends AsyncDisposable>(driver: T): T {
      t.after(() => driver[Symbol.asyncDispose]());
      return driver;
    },
  };
}

/** A guest is slow where many programs share the host: starting one takes up to seconds. */
const becomesWithinMs = 60_000;

export const becomes = <T>(what: string, probe: () => T, wanted: T): Promise<T> =>
  eventually(what, becomesWithinMs, probe, (got) => got === wanted);
