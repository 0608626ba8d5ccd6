import type { NetworkFigures } from './figures.ts';

/** `impaired`: others or oneself notice it. `bad`: words and pictures are missing. */
export const networkQualities = ['good', 'impaired', 'bad'] as const;
export type NetworkQuality = (typeof networkQualities)[number];

/** What makes it worse than good. */
export const networkCauses = ['sentLoss', 'receivedLoss', 'slow', 'uneven', 'narrow'] as const;
export type NetworkCause = (typeof networkCauses)[number];

/** From these figures on it is impaired, and bad; of `narrow` from there downwards. */
const limits: Readonly<Record<NetworkCause, { impaired: number; bad: number }>> = {
  /** One voice packet in thirty is concealed without being noticed; of one in ten, words are missing. */
  sentLoss: { impaired: 3, bad: 10 },
  receivedLoss: { impaired: 3, bad: 10 },
  /** ITU-T G.114: up to 150 ms one way nobody notices, above 400 ms people speak at the same time. */
  slow: { impaired: 300, bad: 800 },
  uneven: { impaired: 60, bad: 150 },
  /** A voice and a small picture; a voice alone. */
  narrow: { impaired: 250, bad: 80 },
};

/** How one measurement stands, and what stands worst. */
export function judge(figures: NetworkFigures): { quality: NetworkQuality; cause: NetworkCause | null } {
  const of = (cause: NetworkCause): number | null => {
    switch (cause) {
      case 'sentLoss':
        return figures.sentLossPercent;
      case 'receivedLoss':
        return figures.receivedLossPercent;
      case 'slow':
        return figures.roundTripMs;
      case 'uneven':
        return figures.jitterMs;
      case 'narrow':
        return figures.canSendKbps;
    }
  };
  const isBeyond = (cause: NetworkCause, limit: number) => {
    const figure = of(cause);
    return figure !== null && (cause === 'narrow' ? figure <= limit : figure >= limit);
  };
  for (const quality of ['bad', 'impaired'] as const) {
    const cause = networkCauses.find((each) => isBeyond(each, limits[each][quality]));
    if (cause) return { quality, cause };
  }
  return { quality: 'good', cause: null };
}

/** What is known of a participant's network. */
export type NetworkState = {
  /** Null: not known, because there was no evidence yet, or none for too long. */
  quality: NetworkQuality | null;
  /** Of the last measurement that was as bad as `quality`. */
  cause: NetworkCause | null;
  /** The last measurement, and when it was taken, in monotonic milliseconds. */
  figures: NetworkFigures | null;
  evidenceAtMs: number | null;
  /** Measurements in a row that differ from `quality` in the same direction, and the least that all of them agree on. */
  turning: { direction: 'better' | 'worse'; times: number; to: NetworkQuality } | null;
};

export const unknownNetwork: NetworkState = {
  ...{ quality: null, cause: null, figures: null, evidenceAtMs: null, turning: null },
};

export const readEveryMs = 2_000;
/** One lost burst is no network that is bad; one good moment is no network that is mended. */
const worseAfter = 2;
const betterAfter = 5;
/** Without anything from the network for so long, nothing is known of it. */
export const staleAfterMs = 10_000;

/** The state after a reading; `figures` is null when nothing came back from the network since the last one. */
export function followNetwork(state: NetworkState, figures: NetworkFigures | null, nowMs: number): NetworkState {
  const before = shownQuality(state, nowMs) === null ? { ...state, quality: null, cause: null } : state;
  if (figures === null) return before.quality === state.quality ? state : { ...before, turning: null };
  const judged = judge(figures);
  const measured = { ...before, figures, evidenceAtMs: nowMs };
  if (judged.quality === before.quality) return { ...measured, cause: judged.cause, turning: null };
  if (before.quality === null && judged.quality === 'good') return settle(measured, 'good', null);
  const direction = rankOf(judged.quality) > rankOf(before.quality ?? 'good') ? 'worse' : 'better';
  const running = before.turning?.direction === direction ? before.turning : null;
  const to = running ? milder(direction, running.to, judged.quality) : judged.quality;
  const times = (running?.times ?? 0) + 1;
  if (times < (direction === 'worse' ? worseAfter : betterAfter))
    return { ...measured, turning: { direction, times, to } };
  return settle(measured, to, judged.cause);
}

function settle(state: NetworkState, quality: NetworkQuality, cause: NetworkCause | null): NetworkState {
  return { ...state, quality, cause, turning: null };
}

const rankOf = (quality: NetworkQuality) => networkQualities.indexOf(quality);

/** Of two measurements on the way to worse the better one, on the way to better the worse one. */
function milder(direction: 'better' | 'worse', a: NetworkQuality, b: NetworkQuality): NetworkQuality {
  return rankOf(a) < rankOf(b) === (direction === 'worse') ? a : b;
}

/** What may be said now: null when there is no evidence, or only an old one. */
export function shownQuality({ quality, evidenceAtMs }: NetworkState, nowMs: number): NetworkQuality | null {
  return evidenceAtMs !== null && nowMs - evidenceAtMs <= staleAfterMs ? quality : null;
}
