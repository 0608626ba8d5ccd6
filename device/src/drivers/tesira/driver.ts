import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { AudioProcessor } from '../../ports/audio-processor.ts';
import type { Line } from '../../ports/line.ts';
import { createLineAudio } from '../../ports/line-audio.ts';
import type { TesiraFacts } from './codec.ts';
import { createTesiraDialect } from './exchanges.ts';

/** A Tesira on a serial line or telnet, whose negotiation the transport does. */
export type TesiraDeps = { line: Line; facts: TesiraFacts; clock: Clock; log: Logger };

export function createTesira({ line, facts, clock, log }: TesiraDeps): AudioProcessor {
  return createLineAudio({ line, dialect: createTesiraDialect(facts), timing: facts.timing, clock, log });
}
