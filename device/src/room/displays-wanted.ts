import type { RoomReason } from '@anteroom/shared/panel/devices.ts';
import type { Behaviour } from '@anteroom/shared/profile/installation.ts';
import type { Situation } from './situation.ts';

/** Whether the displays are to be on, and why; null while they are to be left as they are. */
export type DisplaysWanted = { power: 'on' | 'standby'; reason: RoomReason } | null;

/**
 * Pure. A call is always shown, whoever started it and at whatever hour: nobody is to be seen or heard in a room whose
 * displays do not say so. In quiet hours nothing else wakes them but somebody who is there when a meeting comes.
 */
export function displaysWanted(situation: Situation, behaviour: Behaviour): DisplaysWanted {
  const { nowMs, isOccupied, lastCallAtMs, lastOccupiedAtMs } = situation;
  if (situation.isInCall) return { power: 'on', reason: 'inMeeting' };
  if (situation.isContentShown) return { power: 'on', reason: 'contentShared' };
  const isQuiet = isQuietNow(situation, behaviour);
  const isMeetingComing = situation.isRinging || isMeetingNear(situation, behaviour);
  if (isMeetingComing && (!isQuiet || isOccupied)) return { power: 'on', reason: 'meetingSoon' };
  if (isOccupied && behaviour.wakesOnOccupancy && !isQuiet) return { power: 'on', reason: 'occupied' };
  const lastMs = isQuiet ? lastCallAtMs : Math.max(lastCallAtMs, lastOccupiedAtMs);
  if (nowMs - lastMs < minutesToMs(behaviour.displaysOffAfterIdleMinutes)) return null;
  return { power: 'standby', reason: isQuiet ? 'quietHours' : 'idle' };
}

/** From a while before its start until nobody has come for as long as a room may be idle. */
export function isMeetingNear({ meetings, nowMs }: Situation, behaviour: Behaviour): boolean {
  const beforeMs = minutesToMs(behaviour.displaysOnBeforeMinutes);
  const idleMs = minutesToMs(behaviour.displaysOffAfterIdleMinutes);
  return meetings.some(
    ({ startMs, endMs }) => nowMs >= startMs - beforeMs && nowMs < Math.min(endMs, startMs + idleMs),
  );
}

export function isQuietNow({ localMinutes }: Situation, { quietHours }: Behaviour): boolean {
  if (localMinutes === null) return false;
  return quietHours.some(({ from, to }) => {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    return begin <= end ? localMinutes >= begin && localMinutes < end : localMinutes >= begin || localMinutes < end;
  });
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const minutesToMs = (minutes: number) => minutes * 60_000;

/** What people set by hand holds as long as this stays the same: somebody who steps out for a moment changes nothing. */
export type Phase = 'meeting' | 'soon' | 'awake' | 'asleep';

export function phaseOf(situation: Situation, behaviour: Behaviour): Phase {
  const wanted = displaysWanted(situation, behaviour);
  if (situation.isInCall) return 'meeting';
  if (wanted?.reason === 'meetingSoon') return 'soon';
  return wanted?.power === 'standby' ? 'asleep' : 'awake';
}
