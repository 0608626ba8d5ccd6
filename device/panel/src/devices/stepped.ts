/** A touch of − or + goes at least so far of the whole way, in full steps. */
const touchesToTheEnd = 20;

/** The value one touch further down (−1) or up (1). */
export function stepped(
  value: number,
  direction: -1 | 1,
  { least, most, step }: { least: number; most: number; step: number },
): number {
  const stride = Math.max(1, Math.round((most - least) / touchesToTheEnd / step)) * step;
  const next = Math.min(most, Math.max(least, value + direction * stride));
  // 0.1 + 0.2 is no value that anybody set.
  return Number(next.toFixed(6));
}
