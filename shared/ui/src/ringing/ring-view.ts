import type { OwnRing } from '@anteroom/shared/api/rings.ts';

/** One line of the ring bar: a call that rings here, or what became of one that did. */
export type RingNotice = { key: string; ring: OwnRing; isRinging: boolean };

/** What became of a ring is said for so long. */
const saidForMs = 8_000;

export function keyOfRing({ meetingId, calledAt }: OwnRing): string {
  return `${meetingId} ${calledAt}`;
}

/**
 * What the bar shows. `seen`: rings that rang here, of which the end is told; `handled`: rings that the person answered
 * or declined here, of which nothing more is said.
 */
export function ringNotices(
  rings: readonly OwnRing[],
  { now, seen, handled }: { now: Date; seen: ReadonlySet<string>; handled: ReadonlySet<string> },
): RingNotice[] {
  return rings.flatMap((ring): RingNotice[] => {
    const key = keyOfRing(ring);
    if (handled.has(key)) return [];
    const isRinging = ring.state === 'ringing';
    if (isRinging) return Date.parse(ring.ringUntil) > now.getTime() ? [{ key, ring, isRinging }] : [];
    const isFresh = ring.settledAt !== null && now.getTime() - Date.parse(ring.settledAt) < saidForMs;
    // Nobody has to be told that they did not answer themselves.
    const isSaid = seen.has(key) && isFresh && !(ring.isOwnCall && ring.state === 'missed');
    return isSaid ? [{ key, ring, isRinging }] : [];
  });
}
