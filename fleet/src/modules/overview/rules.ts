const hourMs = 3_600_000;

/** The calendar day of a time zone in which `instant` lies, from its first instant to the first of the next day. */
export function dayOf(instant: Date, timeZone: string): { from: Date; to: Date } {
  const dateFormat = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const day = dateFormat.format(instant);
  return { from: firstInstant(instant, day, dateFormat), to: firstInstantAfter(instant, day, dateFormat) };
}

function firstInstant(instant: Date, day: string, format: Intl.DateTimeFormat): Date {
  return bisect(instant.getTime() - 27 * hourMs, instant.getTime(), (ms) => format.format(ms) >= day);
}

function firstInstantAfter(instant: Date, day: string, format: Intl.DateTimeFormat): Date {
  return bisect(instant.getTime(), instant.getTime() + 27 * hourMs, (ms) => format.format(ms) > day);
}

/** The first second in the range at which `holds` is true; days of 23 to 25 hours need no table of their own. */
function bisect(fromMs: number, toMs: number, holds: (ms: number) => boolean): Date {
  let low = Math.floor(fromMs / 1000);
  let high = Math.ceil(toMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle * 1000)) high = middle;
    else low = middle;
  }
  return new Date(high * 1000);
}
