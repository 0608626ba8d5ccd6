import { noAnswer, resultOf, type SearchResult } from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { ClientMessage, ServerMessage } from '@anteroom/shared/signalling/messages.ts';

/** What was asked of the server and is answered under its number: actions, and searches of the directory. */
export function createRequests(send: (message: ClientMessage) => boolean) {
  const actions = new Map<number, (refusal: ControlRefusal | null) => void>();
  const searches = new Map<number, (result: SearchResult) => void>();
  let lastId = 0;

  return {
    control(action: ControlAction): Promise<ControlRefusal | null> {
      const { promise, resolve } = Promise.withResolvers<ControlRefusal | null>();
      lastId += 1;
      if (!send({ type: 'control', id: lastId, action })) return Promise.resolve('failed');
      actions.set(lastId, resolve);
      return promise;
    },
    find(text: string): Promise<SearchResult> {
      const { promise, resolve } = Promise.withResolvers<SearchResult>();
      lastId += 1;
      if (!send({ type: 'find', id: lastId, text })) return Promise.resolve(noAnswer);
      searches.set(lastId, resolve);
      return promise;
    },
    settle(answer: Extract<ServerMessage, { type: 'controlled' | 'found' }>): void {
      if (answer.type === 'controlled') actions.get(answer.id)?.(answer.refusal);
      else searches.get(answer.id)?.(resultOf(answer));
      actions.delete(answer.id);
      searches.delete(answer.id);
    },
    /** The connection is gone: nobody knows what became of them. */
    fail(): void {
      for (const resolve of actions.values()) resolve('failed');
      for (const resolve of searches.values()) resolve(noAnswer);
      actions.clear();
      searches.clear();
    },
  };
}
