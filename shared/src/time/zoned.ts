/** Dates and times as people type them, in a named zone. Only Intl knows the zones; nothing here guesses offsets. */

/** Making a format costs a hundred times what using it costs. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** Minutes that `zone` is ahead of UTC at `atMs`. */
export function offsetMinutes(atMs: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(atMs);
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const shownMs = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return Math.round((shownMs - Math.floor(atMs / 1000) * 1000) / 60_000);
}

/**
 * The instant that `date` (2026-11-23) and `time` (10:30) name in `zone`; null when they are no date and time.
 * A time that the clocks skip in spring is the one as much later; of a time that comes twice in autumn, the first.
 */
export function instantOf(date: string, time: string, zone: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(`${date}T${time}`);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined)
    return null;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute);
  const wall = new Date(wallMs);
  if (wall.getUTCMonth() !== month - 1 || wall.getUTCDate() !== day || hour > 23 || minute > 59) return null;
  const before = offsetMinutes(wallMs - 86_400_000, zone);
  const after = offsetMinutes(wallMs + 86_400_000, zone);
  if (before === after) return new Date(wallMs - before * 60_000);
  const candidates = [before, after].map((offset) => wallMs - offset * 60_000);
  const exact = candidates.filter((atMs) => offsetMinutes(atMs, zone) * 60_000 + atMs === wallMs);
  return new Date(exact.length > 0 ? Math.min(...exact) : wallMs - before * 60_000);
}

/** `at` in `zone` as the values of a date field and a time field. */
export function fieldsOf(at: Date, zone: string): { date: string; time: string } {
  const shown = new Date(at.getTime() + offsetMinutes(at.getTime(), zone) * 60_000).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}
