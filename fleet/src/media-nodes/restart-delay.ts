/** A run of at least this length counts as good: what ends it is restarted at once. */
const goodRunMs = 5_000;
const firstDelayMs = 100;
const longestDelayMs = 5_000;

/**
 * How long to wait before the next start. A Janus that ran well is restarted at once, as is the first one that did not,
 * because meetings wait for it; one that keeps dying young is restarted ever more slowly.
 */
export function restartDelayMs({ ranMs, shortRuns }: { ranMs: number; shortRuns: number }): {
  delayMs: number;
  shortRuns: number;
} {
  if (ranMs >= goodRunMs) return { delayMs: 0, shortRuns: 0 };
  if (shortRuns === 0) return { delayMs: 0, shortRuns: 1 };
  return { delayMs: Math.min(longestDelayMs, firstDelayMs * 2 ** (shortRuns - 1)), shortRuns: shortRuns + 1 };
}
