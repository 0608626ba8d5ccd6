import { type NetworkState, readEveryMs } from '@anteroom/shared/network/quality.ts';
import { createNetworkWatch } from '@anteroom/shared/network/watch.ts';
import type { NetworkTrouble } from '@anteroom/shared/signalling/messages.ts';
import { type ReportEntry, readReports } from './report.ts';

/** What the own network does, as the page may watch it apart from everything else, which changes less often. */
export interface OwnNetwork {
  state(): NetworkState;
  subscribe(listener: () => void): () => void;
}

export type WatchConnectionsDeps = {
  /** Null for a connection that is not there. */
  reports: Readonly<Record<string, () => Promise<RTCStatsReport | null>>>;
  say: (trouble: NetworkTrouble | null) => boolean;
  later: (delayMs: number, action: () => void) => void;
};

/** Reads all connections every two seconds, as long as the meeting client is not over. */
export function watchConnections({ reports, say, later }: WatchConnectionsDeps): {
  network: OwnNetwork;
  forgetSaid(): void;
} {
  const listeners = new Set<() => void>();
  const watch = createNetworkWatch({
    say,
    onState: () => {
      for (const listener of [...listeners]) listener();
    },
  });

  async function read(): Promise<void> {
    const read = Object.entries(reports).map(async ([name, take]): Promise<[string, ReportEntry[]]> => {
      const report = await take();
      // Every entry has these two (W3C webrtc-stats, RTCStats).
      return [name, report ? ([...report.values()] as ReportEntry[]) : []];
    });
    watch.feed(readReports(Object.fromEntries(await Promise.all(read)), performance.now()));
  }

  function readOn(): void {
    later(readEveryMs, () => {
      // A connection that was closed meanwhile has nothing to say; the next reading is of its successor.
      read()
        .catch(() => undefined)
        .finally(readOn);
    });
  }
  readOn();

  return {
    network: {
      state: watch.state,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    forgetSaid: watch.forgetSaid,
  };
}
