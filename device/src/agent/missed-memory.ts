import { type MissedCall, missedCall } from '@anteroom/shared/panel/state.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Document, StoreError } from '../ports/store.ts';

export const storedMissed = z.array(missedCall);

/** Missed calls on disk: they outlive a restart of the agent, and not the membership in whose folder they lie. */
export interface MissedMemory {
  read(): Promise<readonly MissedCall[]>;
  /** Replaces them; in the order of the calls. */
  write(missed: readonly MissedCall[]): void;
}

export function createMissedMemory({ document, log }: { document: Document<MissedCall[]>; log: Logger }): MissedMemory {
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      try {
        return (await document.read()) ?? [];
      } catch (cause) {
        if (!(cause instanceof StoreError && cause.code === 'corrupt')) throw cause;
        log.warn({ err: cause }, 'missed calls damaged');
        return [];
      }
    },
    write(missed) {
      writing = writing
        .then(() => document.write([...missed]))
        .catch((cause: unknown) => log.error({ err: cause }, 'missed calls not stored'));
    },
  };
}
