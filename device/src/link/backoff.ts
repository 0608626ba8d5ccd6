/**
 * Wait before the `attempt`th try to connect again (1 is the first): it doubles up to `atMostMs`, and `random` (0…1)
 * takes up to half of it away, so that a thousand terminals do not come back in one instant.
 */
export function reconnectAfterMs(
  attempt: number,
  { firstMs, atMostMs, random }: { firstMs: number; atMostMs: number; random: number },
): number {
  const fullMs = Math.min(firstMs * 2 ** Math.min(attempt - 1, 30), atMostMs);
  return fullMs * (1 - random / 2);
}

/** Wait before an unacknowledged message is sent again after it was sent `sentCount` times on this connection. */
export function resendAfterMs(sentCount: number, { firstMs, atMostMs }: { firstMs: number; atMostMs: number }): number {
  return Math.min(firstMs * 2 ** Math.min(sentCount - 1, 30), atMostMs);
}
