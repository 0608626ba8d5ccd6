import { changeOf, type LiveChange, type LiveView } from '@anteroom/shared/signalling/live.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { SignallingService } from '../../signalling/ports.ts';

/** What is read of the signalling role. */
export type LiveSource = Pick<SignallingService, 'view' | 'waiting' | 'watch'>;

/** Live meetings as streams of changes: each is compared once, however many look on. */
export interface LiveFeeds {
  read(meetingId: string): LiveView;
  /** What is so now, and from then on each change, until `stop`. */
  follow(meetingId: string, onChange: (change: LiveChange) => void): { view: () => LiveView; stop: () => void };
}

/** Voices come and go faster than anybody reads them in a list. */
const tellEveryMs = 100;

type Feed = { view: LiveView; listeners: Set<(change: LiveChange) => void>; end: () => void };

export function createLiveFeeds({ source, clock }: { source: LiveSource; clock: Clock }): LiveFeeds {
  const feeds = new Map<string, Feed>();

  function read(meetingId: string): LiveView {
    const view = source.view(meetingId);
    return {
      controls: view?.controls ?? null,
      roster: view?.roster ?? [],
      waiting: view?.waiting ?? source.waiting(meetingId),
      called: view?.called ?? [],
      content: view?.content ?? null,
    };
  }

  function open(meetingId: string): Feed {
    const ended = new AbortController();
    let isDue = false;
    const tell = () => {
      isDue = false;
      const before = feed.view;
      feed.view = read(meetingId);
      const change = changeOf(before, feed.view);
      if (change) for (const listener of feed.listeners) listener(change);
    };
    const stopWatching = source.watch(meetingId, () => {
      if (isDue) return;
      isDue = true;
      clock.sleep(tellEveryMs, { signal: ended.signal }).then(tell, () => undefined); // Nobody looks on any more.
    });
    const feed: Feed = {
      view: read(meetingId),
      listeners: new Set(),
      end() {
        stopWatching();
        ended.abort();
        feeds.delete(meetingId);
      },
    };
    feeds.set(meetingId, feed);
    return feed;
  }

  return {
    read,
    follow(meetingId, onChange) {
      const feed = feeds.get(meetingId) ?? open(meetingId);
      // One function may be given twice.
      const listener = (change: LiveChange) => onChange(change);
      feed.listeners.add(listener);
      return {
        view: () => feed.view,
        stop() {
          feed.listeners.delete(listener);
          if (feed.listeners.size === 0) feed.end();
        },
      };
    },
  };
}
