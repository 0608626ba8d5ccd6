import type { DoNotDisturb, OwnRing } from '@anteroom/shared/api/rings.ts';
import type { SessionEnd } from '@anteroom/shared/identity/session-end.ts';
import { useCallback, useEffect, useState } from 'react';
import { type RingApi, RingRefused } from './ring-api.ts';

const hourMs = 3_600_000;
const notQuiet: DoNotDisturb = { isOn: false, until: null };

/** The calls of whoever is signed in, as they change. A guest has none, and nothing is asked for. */
export function useRings({ ringApi, isKnown }: { ringApi: RingApi; isKnown: boolean }) {
  const [rings, setRings] = useState<readonly OwnRing[]>([]);
  const [quiet, setQuiet] = useState(notQuiet);
  const [fault, setFault] = useState<string | null>(null);
  const [end, setEnd] = useState<SessionEnd | null>(null);

  const read = useCallback(
    async (signal: AbortSignal) => {
      const [list, now] = await Promise.all([ringApi.list({ signal }), ringApi.quiet({ signal })]);
      if (signal.aborted) return;
      setRings(list);
      setQuiet(now);
    },
    [ringApi],
  );

  useEffect(() => {
    if (!isKnown) return;
    const ending = new AbortController();
    const { signal } = ending;
    const run = () => {
      read(signal).catch((error: unknown) => {
        // A fleet that is away is told by the page itself; its stream says when it is back.
        if (!signal.aborted && !(error instanceof TypeError)) reportError(error);
      });
    };
    setEnd(null);
    const onEnded = (reason: SessionEnd | null) => {
      setRings([]);
      setQuiet(notQuiet);
      setEnd(reason);
    };
    ringApi.follow({ onChange: run, onEnded }, { signal });
    return () => ending.abort();
  }, [isKnown, ringApi, read]);

  const act = (work: Promise<void>) => {
    setFault(null);
    work
      .catch((error: unknown) => {
        if (error instanceof RingRefused) setFault(error.message);
        else reportError(error);
      })
      .then(() => read(new AbortController().signal))
      .catch((error: unknown) => reportError(error));
  };

  return {
    rings,
    quiet,
    /** What the fleet refused, in its words. */
    fault,
    /** Why the reader's session ended while the page was open. */
    end,
    dismissEnd: () => setEnd(null),
    answer: (ring: OwnRing) => act(ringApi.settle(ring, 'answer')),
    decline: (ring: OwnRing) => act(ringApi.settle(ring, 'decline')),
    beQuiet: () => act(ringApi.setQuiet({ isOn: true, until: new Date(Date.now() + hourMs).toISOString() })),
    ring: () => act(ringApi.setQuiet({ isOn: false, until: null })),
  };
}
