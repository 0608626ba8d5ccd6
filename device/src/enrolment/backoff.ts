/** Waits that double up to a limit; each is drawn from its upper half, so that a thousand terminals do not come at once. */
export function backoffMs(
  attempt: number,
  { firstMs, mostMs }: { firstMs: number; mostMs: number },
  random: () => number,
): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(full / 2 + (full / 2) * random());
}
