import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { GpioContact, GpioLines } from '../../ports/gpio-lines.ts';

export type WatchContactDeps = {
  /** For people, in logs. */
  name: string;
  contact: GpioContact;
  lines: GpioLines;
  /** `answer` when it was read, `report` when it changed by itself. */
  onLevel: (isActive: boolean, source: 'answer' | 'report') => void;
  /** It cannot be read, or not any more; what it was is not known from then on. */
  onUnread: () => void;
  clock: Clock;
  log: Logger;
};

const againMs = [1_000, 5_000, 30_000] as const;

/** Watches a contact until the signal aborts; one that cannot be read is tried again, with pauses that grow. */
export async function watchContact(deps: WatchContactDeps, { signal }: { signal: AbortSignal }): Promise<void> {
  const { name, contact, lines, onLevel, onUnread, clock, log } = deps;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      let source: 'answer' | 'report' = 'answer';
      for await (const isActive of lines.watch(contact, { signal })) {
        failures = 0;
        onLevel(isActive, source);
        source = 'report';
      }
      if (!signal.aborted) throw new Error('nobody watches it any more');
    } catch (error) {
      if (signal.aborted) return;
      onUnread();
      log.error({ err: error, contact: name }, 'contact not read');
    }
    const delayMs = againMs[Math.min(failures, againMs.length - 1)] ?? 30_000;
    await clock.sleep(delayMs, { signal }).catch(() => {}); // The driver ends: so does the loop.
  }
}
