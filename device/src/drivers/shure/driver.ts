import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { AudioProcessor } from '../../ports/audio-processor.ts';
import type { Line } from '../../ports/line.ts';
import { createLineAudio } from '../../ports/line-audio.ts';
import type { ShureFacts } from './codec.ts';
import { createShureDialect } from './exchanges.ts';

/** Microphones and processors of Shure on TCP 2202. */
export type ShureDeps = { line: Line; facts: ShureFacts; clock: Clock; log: Logger };

export function createShure({ line, facts, clock, log }: ShureDeps): AudioProcessor {
  return createLineAudio({ line, dialect: createShureDialect(facts), timing: facts.timing, clock, log });
}
