/** When an unanswered message is sent again: after `firstMs`, then twice as long each time, at most `atMostMs`. */
export function resendAfterMs(sentCount: number, { firstMs, atMostMs }: { firstMs: number; atMostMs: number }): number {
  return Math.min(firstMs * 2 ** Math.min(sentCount - 1, 30), atMostMs);
}
