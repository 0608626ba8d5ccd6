import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';

/** The opening at the moment when a meeting becomes joinable. */
const ajar = 0.45;
const stepMs = 10_000;

/**
 * How far the door to a meeting stands open: 0 closed, 0.45 when it can first be joined (10 minutes before its start),
 * 1 at its start and while it lasts. It moves in steps of 10 s.
 */
export function doorOpening({ startAt, endAt, now }: { startAt: Date; endAt: Date; now: Date }): number {
  if (now >= endAt) return 0;
  const remainingMs = startAt.getTime() - now.getTime();
  if (remainingMs <= 0) return 1;
  if (remainingMs > joinableBeforeMs) return 0;
  const steppedMs = Math.ceil(remainingMs / stepMs) * stepMs;
  return ajar + (1 - ajar) * (1 - steppedMs / joinableBeforeMs);
}
