import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import { isSameDay } from '@anteroom/ui/format/time.ts';

export type TodaysMeeting = Pick<
  MeetingItem,
  'id' | 'number' | 'subject' | 'startAt' | 'endAt' | 'organizerName' | 'state'
> & { isJoinable: boolean };

/** What is on or still comes today, by start; each meeting once, whatever lists it stood in. */
export function todaysMeetings(meetings: readonly MeetingItem[], now: Date, timeZone: string): TodaysMeeting[] {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  return [...byId.values()]
    .filter(
      ({ state, startAt }) =>
        state === 'live' || (state === 'scheduled' && isSameDay(new Date(startAt), now, timeZone)),
    )
    .sort((a, b) => a.startAt.localeCompare(b.startAt))
    .map((meeting) => ({
      ...meeting,
      isJoinable: meeting.state === 'live' || Date.parse(meeting.startAt) - joinableBeforeMs <= now.getTime(),
    }));
}
