import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { AudioProcessor } from '../../ports/audio-processor.ts';
import type { Line } from '../../ports/line.ts';
import { createLineAudio } from '../../ports/line-audio.ts';
import type { TesiraFacts } from './codec.ts';
import { createTesiraDialect, type TesiraAccess } from './exchanges.ts';

/**
 * A Tesira on a serial line, telnet, whose negotiation the transport does, or SSH. `access` where the device itself asks who
 * is there, as a protected one does over telnet; over SSH, the transport has said so already.
 */
export type TesiraDeps = { line: Line; facts: TesiraFacts; access: TesiraAccess; clock: Clock; log: Logger };

export function createTesira({ line, facts, access, clock, log }: TesiraDeps): AudioProcessor {
  return createLineAudio({ line, dialect: createTesiraDialect(facts, access), timing: facts.timing, clock, log });
}
