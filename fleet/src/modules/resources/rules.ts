/** Somebody's stay in a meeting; `to` is null while it lasts. */
export type Stay = { from: string; to: string | null };
/** A planned meeting with everybody who is expected. */
export type PlannedUse = { startAt: string; endAt: string; parties: number };
/** A capacity that holds from an instant on. */
export type CapacityStep = { from: Date; capacity: number };

/** The most stays at once, by equal parts of the time span. A part that begins with people inside counts them. */
export function peaksOf(stays: readonly Stay[], from: Date, to: Date, parts: number): { from: Date; peak: number }[] {
  const partMs = (to.getTime() - from.getTime()) / parts;
  const events = stays.flatMap((stay) => [
    { atMs: Date.parse(stay.from), change: 1 },
    ...(stay.to === null ? [] : [{ atMs: Date.parse(stay.to), change: -1 }]),
  ]);
  // Whoever leaves at the instant at which another comes does not count beside them.
  events.sort((a, b) => a.atMs - b.atMs || a.change - b.change);
  let next = 0;
  let present = 0;
  return Array.from({ length: parts }, (_, index) => {
    const startMs = from.getTime() + index * partMs;
    const endMs = startMs + partMs;
    for (let event = events[next]; event && event.atMs <= startMs; event = events[next]) {
      present += event.change;
      next += 1;
    }
    let peak = present;
    for (let event = events[next]; event && event.atMs < endMs; event = events[next]) {
      present += event.change;
      peak = Math.max(peak, present);
      next += 1;
    }
    return { from: new Date(startMs), peak };
  });
}

export function capacityAt(steps: readonly CapacityStep[], at: Date): number {
  return steps.findLast((step) => step.from <= at)?.capacity ?? 0;
}

/** The instant of a planned meeting at which the fewest seats are left, with everybody of all meetings of that time. */
export function tightestOf(
  wanted: PlannedUse,
  others: readonly PlannedUse[],
  steps: readonly CapacityStep[],
): { at: Date; capacity: number; wanted: number } {
  const start = new Date(wanted.startAt);
  const inside = (at: Date) => at > start && at < new Date(wanted.endAt);
  const instants = [start, ...others.map(({ startAt }) => new Date(startAt)), ...steps.map(({ from }) => from)].filter(
    (at) => at === start || inside(at),
  );
  const [first = start, ...rest] = instants;
  return rest.map(loadAt).reduce((worst, load) => (left(load) < left(worst) ? load : worst), loadAt(first));

  function loadAt(at: Date) {
    const text = at.toISOString();
    const present = others.filter(({ startAt, endAt }) => startAt <= text && text < endAt);
    const total = present.reduce((sum, { parties }) => sum + parties, wanted.parties);
    return { at, capacity: capacityAt(steps, at), wanted: total };
  }
}

function left({ capacity, wanted }: { capacity: number; wanted: number }): number {
  return capacity - wanted;
}
