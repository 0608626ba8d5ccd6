import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { VideoLayer } from '../media-nodes/videoroom.ts';

/**
 * Sees to it that the layers which were asked for flow. Janus goes over to one with its next key frame; a browser leaves out
 * a request for one that comes within 300 ms of another (kMinKeyFrameRequestInterval in WebRTC's encoder), so it is said
 * again until Janus tells that the layer flows, or nobody sends it.
 */
export interface LayerSwitches {
  expect(mid: string, wanted: { feed: string; layer: VideoLayer }): void;
  /** Janus forwards this layer on that line now. */
  follow(mid: string, layer: VideoLayer): void;
}

export type LayerSwitchesDeps = {
  onKeyFrameWanted: (feed: string) => void;
  clock: Clock;
  /** Ends with the connection. */
  signal: AbortSignal;
};

const askAgainAfterMs = [400, 800, 1_600] as const;

type Expected = { feed: string; layer: VideoLayer; isThere: boolean };

export function createLayerSwitches({ onKeyFrameWanted, clock, signal }: LayerSwitchesDeps): LayerSwitches {
  const byMid = new Map<string, Expected>();

  async function ask(mid: string, expected: Expected): Promise<void> {
    for (const waitMs of askAgainAfterMs) {
      await clock.sleep(waitMs, { signal });
      if (byMid.get(mid) !== expected || expected.isThere) return;
      onKeyFrameWanted(expected.feed);
    }
  }

  function begin(mid: string, expected: Expected): void {
    byMid.set(mid, expected);
    ask(mid, expected).catch(() => undefined); // The connection ended.
  }

  return {
    expect: (mid, { feed, layer }) => begin(mid, { feed, layer, isThere: false }),
    follow(mid, layer) {
      const expected = byMid.get(mid);
      if (!expected) return;
      const wasThere = expected.isThere;
      expected.isThere = layer === expected.layer;
      // A camera that opens, or an uplink that narrows, brings another layer first.
      if (wasThere && !expected.isThere) begin(mid, { ...expected });
    },
  };
}
