import { assertNever } from '@anteroom/shared/assert-never.ts';
import { type CalledEntry, type CalledState, mostCalled } from '@anteroom/shared/meeting/calling.ts';
import type { Call } from './ports.ts';

/**
 * Who was called and is not in the meeting, as hosts see it: who rings first, then what changed last. `been` holds
 * everybody who was in it: whoever answered, came and went is no call any more.
 */
export function calledOf(
  calls: readonly Call[],
  { inside, been }: { inside: ReadonlySet<string>; been: ReadonlySet<string> },
): CalledEntry[] {
  const entries = calls.flatMap((call): CalledEntry[] => {
    if (inside.has(call.calleeId) || (call.state === 'answered' && been.has(call.calleeId))) return [];
    const { calleeId, kind, name, calledAt, settledAt } = call;
    return [{ calleeId, kind, name, state: stateOf(call), since: settledAt ?? calledAt }];
  });
  return entries.sort(byUrgency).slice(0, mostCalled);
}

function stateOf(call: Call): CalledState {
  switch (call.state) {
    case 'unreachable':
      return 'notReachableYet';
    case 'missed':
      return isQuiet(call) ? 'busy' : 'missed';
    case 'ringing':
    case 'answered':
    case 'declined':
    case 'withdrawn':
    case 'invited':
      return call.state;
    default:
      return assertNever(call.state);
  }
}

/** Whoever is not to be disturbed misses a call at once; by half the time it was the clock, whoever's clock it was. */
function isQuiet({ calledAt, ringUntil, settledAt }: Call): boolean {
  if (settledAt === null) return false;
  return Date.parse(settledAt) - Date.parse(calledAt) < (Date.parse(ringUntil) - Date.parse(calledAt)) / 2;
}

function byUrgency(a: CalledEntry, b: CalledEntry): number {
  const rank = ({ state }: CalledEntry) => (state === 'ringing' ? 0 : 1);
  return rank(a) - rank(b) || b.since.localeCompare(a.since) || a.name.localeCompare(b.name);
}
