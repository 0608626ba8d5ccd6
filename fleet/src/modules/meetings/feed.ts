import type { SeriesId } from '@anteroom/shared/ids.ts';
import type { MeetingRow, SeriesRow } from '../../db/tables/meetings.ts';
import { type CalendarEvent, eventOfMeeting, eventsOfSeries } from './calendar.ts';

export type FeedMeeting = MeetingRow & { roomName: string | null };

/** Meetings of a calendar as its events: a series of which all occurrences are in it is one event with its rule. */
export function eventsOfFeed(
  meetings: readonly FeedMeeting[],
  series: ReadonlyMap<SeriesId, { series: SeriesRow; occurrences: readonly MeetingRow[] }>,
  urlOf: (number: string) => string,
): CalendarEvent[] {
  const whole = [...series.values()].flatMap((each) => {
    const roomName = meetings.find(({ seriesId }) => seriesId === each.series.id)?.roomName ?? null;
    return eventsOfSeries(each.series, each.occurrences, { urlOf, roomName });
  });
  const single = meetings
    .filter(({ seriesId, cancelledAt }) => cancelledAt === null && (seriesId === null || !series.has(seriesId)))
    .map((meeting) => eventOfMeeting(meeting, { urlOf, roomName: meeting.roomName }));
  return [...whole, ...single];
}
