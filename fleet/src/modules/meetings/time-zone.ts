import { offsetMinutes } from '@anteroom/shared/time/zoned.ts';
import ical from 'ical.js';

const dayMs = 86_400_000;
const stepMs = 7 * dayMs;

/** A change of a zone's offset, and the first second at which it holds. */
type Transition = { atMs: number; fromMinutes: number; toMinutes: number };

/**
 * The VTIMEZONE of a zone for the time between two instants (RFC 5545 §3.6.5): each change of its offset as an observance
 * of its own, as Intl knows it, so that nobody's rules for the zone are guessed and half hours are as good as whole ones.
 */
export function composeTimeZone(zone: string, from: Date, to: Date): ical.Component {
  const component = new ical.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  const fromMs = from.getTime() - 366 * dayMs;
  const first = offsetMinutes(fromMs, zone);
  const transitions = listTransitions(zone, fromMs, to.getTime() + 366 * dayMs);
  const standard = Math.min(first, ...transitions.map(({ toMinutes }) => toMinutes));
  component.addSubcomponent(
    observance({ startLocal: '1970-01-01T00:00:00', fromMinutes: first, toMinutes: first }, standard),
  );
  for (const { atMs, fromMinutes, toMinutes } of transitions) {
    const startLocal = new Date(atMs + fromMinutes * 60_000).toISOString().slice(0, 19);
    component.addSubcomponent(observance({ startLocal, fromMinutes, toMinutes }, standard));
  }
  return component;
}

function observance(
  { startLocal, fromMinutes, toMinutes }: { startLocal: string; fromMinutes: number; toMinutes: number },
  standardMinutes: number,
): ical.Component {
  const component = new ical.Component(toMinutes > standardMinutes ? 'daylight' : 'standard');
  component.addPropertyWithValue('dtstart', ical.Time.fromDateTimeString(startLocal));
  component.addPropertyWithValue('tzoffsetfrom', utcOffset(fromMinutes));
  component.addPropertyWithValue('tzoffsetto', utcOffset(toMinutes));
  return component;
}

function utcOffset(minutes: number): ical.UtcOffset {
  return ical.UtcOffset.fromSeconds(minutes * 60);
}

function listTransitions(zone: string, fromMs: number, toMs: number): Transition[] {
  const transitions: Transition[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) {
    const [fromMinutes, toMinutes] = [offsetMinutes(atMs, zone), offsetMinutes(atMs + stepMs, zone)];
    if (fromMinutes !== toMinutes)
      transitions.push({ atMs: findChange(zone, atMs, atMs + stepMs, fromMinutes), fromMinutes, toMinutes });
  }
  return transitions;
}

/** The first second in the range at which the offset is another. */
function findChange(zone: string, fromMs: number, toMs: number, fromMinutes: number): number {
  let [low, high] = [Math.floor(fromMs / 1000), Math.ceil(toMs / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMinutes(middle * 1000, zone) === fromMinutes) low = middle;
    else high = middle;
  }
  return high * 1000;
}
