import { z } from 'zod';

/**
 * What a presence contact means. A level counts once it has stood for `settleMs`: contacts chatter. The room is occupied as
 * soon as the contact is active, and free once it has not been for `holdMs`: people sit still. Pure.
 */
export const occupancyTiming = z.strictObject({
  settleMs: z.int().min(0).max(5_000),
  holdMs: z.int().min(0).max(3_600_000),
});
export type OccupancyTiming = z.infer<typeof occupancyTiming>;

/** A level and since when it stands, in the time of `clock.monotonicMs`. */
type Level = { isActive: boolean; sinceMs: number };

export type Occupancy = {
  /** As it was seen last; null while it cannot be. */
  seen: Level | null;
  /** As it was when it last stood still. */
  settled: Level | null;
  isOccupied: boolean | null;
};

export const nothingKnown: Occupancy = { seen: null, settled: null, isOccupied: null };

/** What is so at `atMs`, if nothing changed since. */
export function pass(before: Occupancy, atMs: number, { settleMs, holdMs }: OccupancyTiming): Occupancy {
  const { seen } = before;
  const isNews = seen !== null && seen.isActive !== before.settled?.isActive && atMs - seen.sinceMs >= settleMs;
  const settled = isNews ? seen : before.settled;
  if (settled === null) return before;
  if (settled.isActive) return { seen, settled, isOccupied: true };
  return { seen, settled, isOccupied: atMs - settled.sinceMs >= holdMs ? false : before.isOccupied };
}

/** The contact is so at `atMs`. */
export function see(before: Occupancy, isActive: boolean, atMs: number, timing: OccupancyTiming): Occupancy {
  const now = pass(before, atMs, timing);
  return now.seen?.isActive === isActive ? now : pass({ ...now, seen: { isActive, sinceMs: atMs } }, atMs, timing);
}

/** It cannot be seen any more: what it stands on is not known, what the room was stays with its age. */
export const lose = ({ isOccupied }: Occupancy): Occupancy => ({ seen: null, settled: null, isOccupied });

/** When time alone changes something; null when it does not. */
export function nextAtMs({ seen, settled, isOccupied }: Occupancy, timing: OccupancyTiming): number | null {
  const settles = seen && seen.isActive !== settled?.isActive ? [seen.sinceMs + timing.settleMs] : [];
  const frees = settled && !settled.isActive && isOccupied !== false ? [settled.sinceMs + timing.holdMs] : [];
  return settles.length + frees.length === 0 ? null : Math.min(...settles, ...frees);
}
