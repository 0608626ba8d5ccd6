import type { CalleeChoice } from '@anteroom/shared/meeting/calling.ts';
import type { Call, Caller, Calling, CallResult, Directory } from '../ports.ts';

/** Calling without a database: remembers what it was told, and tells what it is made to. */
export interface CallingSimulator extends Calling {
  asked(): { by: Caller; choice: CalleeChoice }[];
  hungUp(): string[];
  searches(): string[];
  /** What became of the calls, to the meeting that follows them. */
  tell(calls: readonly Call[]): void;
  /** The next calls are answered so. */
  answerCalls(result: CallResult): void;
  /** What searches find. */
  holds(directory: Partial<Directory>): void;
  /** Searches are not answered any more. */
  stall(): void;
  isFollowed(): boolean;
}

const foundNobody: Directory = {
  people: { items: [], hasMore: false },
  departments: { items: [], hasMore: false },
  terminals: { items: [], hasMore: false },
  contacts: { items: [], hasMore: false },
};

export function createCallingSimulator(): CallingSimulator {
  const asked: { by: Caller; choice: CalleeChoice }[] = [];
  const hungUp: string[] = [];
  const searches: string[] = [];
  let listener: ((calls: readonly Call[]) => void) | null = null;
  let result: CallResult = { ok: true, called: [] };
  let directory = foundNobody;
  let isStalled = false;

  return {
    asked: () => [...asked],
    hungUp: () => [...hungUp],
    searches: () => [...searches],
    tell: (calls) => listener?.(calls),
    answerCalls(next) {
      result = next;
    },
    holds(held) {
      directory = { ...foundNobody, ...held };
    },
    stall() {
      isStalled = true;
    },
    isFollowed: () => listener !== null,
    async call(_meeting, by, choice) {
      asked.push({ by, choice });
      return result;
    },
    async hangUp(_meeting, _by, what) {
      hungUp.push('ring' in what ? `ring ${what.ring}` : `stay ${what.stayOf}`);
      return null;
    },
    async find(_meeting, _by, text) {
      searches.push(text);
      if (isStalled) await new Promise(() => undefined);
      return { ok: true, found: directory };
    },
    follow(_meeting, followed) {
      listener = followed;
      return () => {
        listener = null;
      };
    },
  };
}
