import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followChanges } from '../api/changes.ts';
import { useApp } from './app-context.ts';
import { makeTopicStale } from './stale-topic.ts';

/** Follows the fleet's changes while somebody is signed in, and makes what changed stale. */
export function LiveLink() {
  const { live, queries, fetch } = useApp();
  const clock = useClock();
  const queryClient = useQueryClient();
  // Only looks at what the route's guard found: this component asks for nothing itself.
  const accountId = useQuery({ ...queries.session(), enabled: false }).data?.account.id;

  useEffect(() => {
    if (!accountId) return;
    const ending = new AbortController();
    const makeStale = (topic: string) => {
      makeTopicStale(queryClient, topic).catch((error: unknown) => reportError(error));
    };
    followChanges(
      {
        fetch,
        clock,
        onChange: ({ topic }) => {
          makeStale(topic);
          makeStale('overview');
        },
        onEnded: () => makeStale('session'),
        onState: live.set,
        // A call rings for seconds: one that began before the stream did is not left to the next look.
        onOpened: () => makeStale('rings'),
        onResumed: () => {
          for (const topic of ['overview', 'terminals', 'meetings', 'spaces', 'rooms', 'resources']) makeStale(topic);
        },
      },
      { signal: ending.signal },
    ).catch((error: unknown) => reportError(error));
    return () => {
      ending.abort();
      live.set({ isLive: false, heardAtMs: null });
    };
  }, [accountId, fetch, clock, live, queryClient]);

  return null;
}
