import { noAnswer, resultOf, type SearchResult } from '@anteroom/shared/meeting/calling.ts';
import type { ClientMessage, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';

/**
 * The panel's searches of the directory: asked of the fleet on the meeting's line, and answered once. Whether this room may
 * search is the fleet's to say. What a lost line took with it counts as an answer that does not come.
 */
export interface DirectorySearch {
  find(text: string, options: { signal: AbortSignal }): Promise<SearchResult>;
  settle(answer: Extract<ServerMessage, { type: 'found' }>): void;
}

/** A little longer than the fleet looks itself. */
const answerWithinMs = 3_500;

export function createDirectorySearch({
  send,
  clock,
}: {
  send: (message: ClientMessage) => void;
  clock: Clock;
}): DirectorySearch {
  const waiting = new Map<number, (result: SearchResult) => void>();
  let lastId = 0;

  return {
    async find(text, { signal }) {
      lastId += 1;
      const id = lastId;
      const { promise: answer, resolve } = Promise.withResolvers<SearchResult>();
      const answered = new AbortController();
      const late = clock.sleep(answerWithinMs, { signal: AbortSignal.any([signal, answered.signal]) }).then(
        () => noAnswer,
        () => noAnswer, // Nobody waits any more.
      );
      waiting.set(id, resolve);
      send({ type: 'find', id, text });
      try {
        return await Promise.race([answer, late]);
      } finally {
        waiting.delete(id);
        answered.abort();
      }
    },
    settle: (answer) => waiting.get(answer.id)?.(resultOf(answer)),
  };
}
