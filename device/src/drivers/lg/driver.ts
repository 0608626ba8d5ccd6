import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Display } from '../../ports/display.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDisplay } from '../../ports/line-display.ts';
import type { LgFacts } from './codec.ts';
import { createLgDialect } from './exchanges.ts';

/** An LG display on a serial line or TCP 9761. */
export type LgDisplayDeps = { line: Line; facts: LgFacts; clock: Clock; log: Logger };

export function createLgDisplay({ line, facts, clock, log }: LgDisplayDeps): Display {
  const { timing, powerSettlesMs } = facts;
  return createLineDisplay({ line, dialect: createLgDialect(facts), timing, powerSettlesMs, clock, log });
}
