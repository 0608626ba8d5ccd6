import type { MessageId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { resendAfterMs } from './backoff.ts';
import type { Ledger, PendingMessage } from './ledger.ts';

/** Messages on their way at a time; more would only be lost together. */
const mostInFlight = 100;

export type Outbox = ReturnType<typeof createOutbox>;

/** Sends what the fleet has not stored, oldest first, again and again until it is settled in the ledger. */
export function createOutbox(deps: {
  ledger: Ledger;
  clock: Clock;
  send: (message: PendingMessage) => void;
  resend: { firstMs: number; atMostMs: number };
}) {
  const { ledger, clock, send, resend } = deps;
  let inFlight = new Map<MessageId, { sentCount: number; nextAtMs: number }>();

  return {
    /** A new connection: nothing is on its way. */
    reset(): void {
      inFlight = new Map();
    },

    /** Sends what is due now; returns how long until the next is, or null when nothing waits. */
    sendDue(): number | null {
      const nowMs = clock.monotonicMs();
      for (const id of inFlight.keys()) if (!ledger.isPending(id)) inFlight.delete(id);
      let soonestMs: number | null = null;
      for (const message of ledger.pending()) {
        const before = inFlight.get(message.messageId);
        if (!before && inFlight.size >= mostInFlight) break;
        let nextAtMs = before?.nextAtMs ?? nowMs;
        if (nextAtMs <= nowMs) {
          const sentCount = (before?.sentCount ?? 0) + 1;
          nextAtMs = nowMs + resendAfterMs(sentCount, resend);
          inFlight.set(message.messageId, { sentCount, nextAtMs });
          send(message);
        }
        soonestMs = Math.min(soonestMs ?? Number.POSITIVE_INFINITY, nextAtMs - nowMs);
      }
      return soonestMs;
    },
  };
}
