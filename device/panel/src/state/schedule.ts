import { lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { PanelMeeting } from '@anteroom/shared/panel/state.ts';
import { doorOpening } from '@anteroom/ui/door/opening.ts';

export type TimedMeeting = PanelMeeting & { start: Date; end: Date };

/** What the room has before it at one moment. */
export type Outlook = {
  /** The meeting at the door: joinable, running, or running over its planned end. */
  atDoor: { meeting: TimedMeeting; opening: number; phase: 'soon' | 'running' | 'over' } | null;
  /** Everything after it, by start. */
  later: TimedMeeting[];
};

function timed(meeting: PanelMeeting): TimedMeeting {
  return { ...meeting, start: new Date(meeting.startAt), end: new Date(meeting.endAt) };
}

/**
 * Picks the meeting at the door. A meeting that runs over gives way as soon as the next one can be joined: a room's
 * next guests must not be led into somebody else's meeting.
 */
export function outlook(meetings: readonly PanelMeeting[], now: Date): Outlook {
  const known = meetings
    .map(timed)
    .filter(({ end }) => now.getTime() < end.getTime() + lingerAfterMs)
    .sort((a, b) => a.start.getTime() - b.start.getTime());
  const open = known
    .map((meeting) => ({
      meeting,
      opening: doorOpening({
        startAt: meeting.start,
        endAt: new Date(meeting.end.getTime() + lingerAfterMs),
        now,
      }),
    }))
    .filter(({ opening }) => opening > 0);
  const first = open.find(({ meeting }) => now < meeting.end) ?? open[0];
  if (!first) return { atDoor: null, later: known };
  const { meeting } = first;
  const phase = now < meeting.start ? 'soon' : now < meeting.end ? 'running' : 'over';
  return {
    atDoor: { ...first, phase },
    later: known.filter((other) => other !== meeting && other.start >= meeting.start),
  };
}
