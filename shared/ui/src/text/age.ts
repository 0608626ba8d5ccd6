export type Age = { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number };

/** The age of a value in one unit, rounded down; the future counts as now. */
export function ageOf(at: Date, now: Date): Age {
  const totalS = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000));
  if (totalS < 60) return { unit: 'seconds', count: totalS };
  if (totalS < 3600) return { unit: 'minutes', count: Math.floor(totalS / 60) };
  if (totalS < 86_400) return { unit: 'hours', count: Math.floor(totalS / 3600) };
  return { unit: 'days', count: Math.floor(totalS / 86_400) };
}
