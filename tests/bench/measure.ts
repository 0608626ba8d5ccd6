/** One figure beside its comparison of the same run. `ratio` is value / peerValue. */
export type Figure = {
  metric: string;
  value: number;
  unit: string;
  peer: string;
  peerValue: number;
  ratio: number;
  n: number;
};

export type Bench = (options: { repeats: number; progress: (text: string) => void }) => Promise<Figure[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('median of nothing');
  return (upper + lower) / 2;
}

/** The value that `share` of the values do not exceed, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const found = [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)];
  if (found === undefined) throw new Error('percentile of nothing');
  return found;
}

/** The figure of two series of the same run, by their medians, rounded to tenths. */
export function compare(
  metric: string,
  unit: string,
  values: readonly number[],
  peer: string,
  peerValues: readonly number[],
): Figure {
  const value = Math.round(median(values) * 10) / 10;
  const peerValue = Math.round(median(peerValues) * 10) / 10;
  return {
    metric,
    value,
    unit,
    peer,
    peerValue,
    ratio: Math.round((value / peerValue) * 1000) / 1000,
    n: values.length,
  };
}
