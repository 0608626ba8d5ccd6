const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const perDay = 10;

/** Milliseconds to wait before the next code, given when codes were asked for in the last day; 0 when it may be now. */
export function waitFor(askedAt: readonly string[], now: Date): number {
  const times = askedAt.map((at) => Date.parse(at)).sort((a, b) => a - b);
  const last = times.at(-1);
  const minuteWaitMs = last === undefined ? 0 : last + minuteMs - now.getTime();
  // The oldest of the last ten has to leave the day first.
  const oldest = times.at(-perDay);
  const dayWaitMs = oldest === undefined ? 0 : oldest + dayMs - now.getTime();
  return Math.max(0, minuteWaitMs, dayWaitMs);
}

/** The same for an address that many people share, which has so many codes an hour. */
export function waitForShared(askedAt: readonly string[], now: Date, perHour: number): number {
  const oldest = askedAt
    .map((at) => Date.parse(at))
    .sort((a, b) => a - b)
    .at(-perHour);
  return oldest === undefined ? 0 : Math.max(0, oldest + hourMs - now.getTime());
}
