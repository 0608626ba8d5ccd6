import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { AudioProcessor } from '../../ports/audio-processor.ts';
import type { Line } from '../../ports/line.ts';
import { createLineAudio } from '../../ports/line-audio.ts';
import type { QsysFacts } from './codec.ts';
import { createQsysDialect, type QsysAccess } from './exchanges.ts';

/** A Q-SYS core on TCP 1710, which drops whoever says nothing for 60 s: its facts have it asked more often than that. */
export type QsysDeps = { line: Line; facts: QsysFacts; access: QsysAccess; clock: Clock; log: Logger };

export function createQsys({ line, facts, access, clock, log }: QsysDeps): AudioProcessor {
  return createLineAudio({ line, dialect: createQsysDialect(facts, access), timing: facts.timing, clock, log });
}
