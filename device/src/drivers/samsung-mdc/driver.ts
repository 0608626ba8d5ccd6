import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Display } from '../../ports/display.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDisplay } from '../../ports/line-display.ts';
import type { SamsungMdcFacts } from './codec.ts';
import { createSamsungDialect } from './exchanges.ts';

/** A Samsung display on a serial line, TCP 1515, or TCP with TLS and a PIN (`secure.ts`). */
export type SamsungDisplayDeps = { line: Line; facts: SamsungMdcFacts; clock: Clock; log: Logger };

export function createSamsungDisplay({ line, facts, clock, log }: SamsungDisplayDeps): Display {
  const { timing, powerSettlesMs } = facts;
  return createLineDisplay({ line, dialect: createSamsungDialect(facts), timing, powerSettlesMs, clock, log });
}
