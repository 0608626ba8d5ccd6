import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Display } from '../../ports/display.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDisplay } from '../../ports/line-display.ts';
import type { PjlinkFacts } from './codec.ts';
import { createPjlinkDialect } from './exchanges.ts';

/** A projector or display on TCP 4352. It takes one controller, and closes the connection after 30 s without a word. */
export type PjlinkDisplayDeps = { line: Line; facts: PjlinkFacts; password: string; clock: Clock; log: Logger };

export function createPjlinkDisplay({ line, facts, password, clock, log }: PjlinkDisplayDeps): Display {
  const { timing, powerSettlesMs } = facts;
  const dialect = createPjlinkDialect({ facts, password });
  return createLineDisplay({ line, dialect, timing, powerSettlesMs, clock, log });
}
