/** At most `count` in any `windowMs`. */
export type Allowance = { count: number; windowMs: number };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** To one phone number or mailbox, whoever sends. */
export const toRecipient: readonly Allowance[] = [
  { count: 1, windowMs: minuteMs },
  { count: 5, windowMs: dayMs },
];
/** By one organization: as many as administrators type; more people come from a file. */
export const byOrganization: readonly Allowance[] = [{ count: 300, windowMs: dayMs }];
export const longestWindowMs = dayMs;

/** Milliseconds to wait before the next, given when those before were sent; 0 when it may be now. */
export function waitUnder(allowances: readonly Allowance[], sentAt: readonly string[], now: Date): number {
  const times = sentAt.map((at) => Date.parse(at)).sort((a, b) => a - b);
  const waits = allowances.map(({ count, windowMs }) => {
    const oldest = times.at(-count);
    return oldest === undefined ? 0 : oldest + windowMs - now.getTime();
  });
  return Math.max(0, ...waits);
}
