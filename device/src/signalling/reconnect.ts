const firstMs = 100;
/** While somebody waits, and while nobody does. */
const mostMs = { hurried: 2_000, idle: 15_000 };

/**
 * How long to wait before the next try after `failures` in a row: the first is made at once, because most breaks are
 * over when they are noticed; the others are drawn from the upper half of a doubling wait.
 */
export function reconnectDelayMs(failures: number, isHurried: boolean, random: () => number): number {
  if (failures <= 1) return 0;
  const full = Math.min(isHurried ? mostMs.hurried : mostMs.idle, firstMs * 2 ** Math.min(failures - 2, 20));
  return full / 2 + (full / 2) * random();
}
