import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Display } from '../../ports/display.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDisplay } from '../../ports/line-display.ts';
import type { NecFacts } from './codec.ts';
import { createNecDialect } from './exchanges.ts';

/** A display of NEC or Sharp on a serial line or TCP 7142, which it closes after 15 minutes without a word. */
export type NecDisplayDeps = { line: Line; facts: NecFacts; clock: Clock; log: Logger };

export function createNecDisplay({ line, facts, clock, log }: NecDisplayDeps): Display {
  const { timing, powerSettlesMs } = facts;
  return createLineDisplay({ line, dialect: createNecDialect(facts), timing, powerSettlesMs, clock, log });
}
