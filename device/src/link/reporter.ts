import { isDeepStrictEqual } from 'node:util';
import { type MessageId, newId } from '@anteroom/shared/ids.ts';
import { maxPayloadBytes } from '@anteroom/shared/protocol/channels.ts';
import { type ReportedDocument, reportedDocument } from '@anteroom/shared/protocol/desired.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Document } from '../ports/store.ts';
import { resendAfterMs } from './backoff.ts';
import type { ReportedContent } from './link.ts';

/** Room for the envelope around the document. */
const mostDocumentBytes = maxPayloadBytes - 1024;

export type Reporter = ReturnType<typeof createReporter>;

/** The reported document: the newest only, on disk before it is sent, sent until the fleet has stored it. */
export function createReporter(deps: {
  stored: ReportedDocument | null;
  document: Document<ReportedDocument>;
  clock: Clock;
  send: (messageId: MessageId, document: ReportedDocument) => void;
  resend: { firstMs: number; atMostMs: number };
  onNews: () => void;
}) {
  const { document, clock, send, resend, onNews } = deps;
  let current = deps.stored;
  let isAcked = false;
  let attempt: { messageId: MessageId; sentCount: number; nextAtMs: number } | null = null;
  let wanted: ReportedContent | null = null;
  let tail: Promise<void> = Promise.resolve();

  function inTurn(task: () => Promise<void>): Promise<void> {
    const done = tail.then(task);
    tail = done.catch(() => undefined);
    return done;
  }

  async function put(n: number, content: ReportedContent): Promise<void> {
    const next = reportedDocument.parse({ ...content, n });
    if (Buffer.byteLength(JSON.stringify(next)) > mostDocumentBytes)
      throw new RangeError(`reported document is larger than ${mostDocumentBytes} bytes`);
    await document.write(next);
    current = next;
    isAcked = false;
    attempt = null;
    onNews();
  }

  /** Contents that came while one was written replace each other: only the newest matters. */
  async function putWanted(): Promise<void> {
    const content = wanted;
    wanted = null;
    if (!content) return;
    const n = current?.n ?? 0;
    if (!current || !isDeepStrictEqual(reportedDocument.parse({ ...content, n }), current)) await put(n + 1, content);
  }

  return {
    n: () => current?.n ?? 0,

    async report(content: ReportedContent): Promise<void> {
      wanted = content;
      await inTurn(putWanted);
    },

    /** A new connection: nothing is on its way. */
    reset(): void {
      attempt = null;
    },

    /** `storedN`: what the fleet has. It is above ours after this terminal lost its disk, below after the fleet did. */
    compare: (storedN: number): Promise<void> =>
      inTurn(async () => {
        if (!current) return;
        if (storedN < current.n) isAcked = false;
        else if (storedN > current.n || !isAcked) await put(storedN + 1, current);
      }),

    acked(ids: readonly MessageId[]): void {
      if (attempt && ids.includes(attempt.messageId)) isAcked = true;
    },

    /** Sends the document when it is due; returns how long until it is again, or null when the fleet has it. */
    sendDue(): number | null {
      if (!current || isAcked) return null;
      const nowMs = clock.monotonicMs();
      if (attempt && attempt.nextAtMs > nowMs) return attempt.nextAtMs - nowMs;
      const sentCount = (attempt?.sentCount ?? 0) + 1;
      const delayMs = resendAfterMs(sentCount, resend);
      attempt = { messageId: attempt?.messageId ?? newId('message'), sentCount, nextAtMs: nowMs + delayMs };
      send(attempt.messageId, current);
      return delayMs;
    },
  };
}
