import { useEffect, useState } from 'react';
import type { Own, OwnApi } from './own-api.ts';

/** Meetings come and go while the page stays open. */
const readEveryMs = 30_000;

/** `guest`: nobody is signed in. `noAnswer`: nothing was read so far, and the service does not answer. */
export type OwnState = { name: 'reading' } | { name: 'guest' } | { name: 'noAnswer' } | { name: 'own'; own: Own };

/** What whoever is signed in has of their own, read again and again. */
export function useOwn(ownApi: OwnApi): OwnState {
  const [state, setState] = useState<OwnState>({ name: 'reading' });
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const run = () => {
      ownApi.read({ signal }).then(
        (own) => {
          if (!signal.aborted) setState(own ? { name: 'own', own } : { name: 'guest' });
        },
        () => {
          // What was read once stays until the service answers again.
          if (!signal.aborted) setState((before) => (before.name === 'own' ? before : { name: 'noAnswer' }));
        },
      );
    };
    run();
    const timer = setInterval(run, readEveryMs);
    addEventListener('online', run);
    return () => {
      clearInterval(timer);
      removeEventListener('online', run);
      ending.abort();
    };
  }, [ownApi]);
  return state;
}
