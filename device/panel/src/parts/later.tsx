import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatDay, formatSpan, isSameDay } from '@anteroom/ui/format/time.ts';
import { useText } from '../locales/texts.ts';
import type { TimedMeeting } from '../state/schedule.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import './later.css';

/** The rest of the schedule, ruled. Rows that find no room wrap out of sight instead of being cut. */
export function Later({
  title,
  meetings,
  asOf,
}: {
  title: string;
  meetings: readonly TimedMeeting[];
  asOf: string | null;
}) {
  const text = useText();
  const style = useTimeStyle();
  const now = useNow(60_000);
  if (meetings.length === 0) return null;
  return (
    <div className="later-place">
      <section className="later" aria-label={title}>
        <h2>
          {title}
          {asOf !== null && <span className="later-age"> · {text('home.asOf', { time: asOf })}</span>}
        </h2>
        <ul>
          {meetings.map((meeting) => (
            <li key={meeting.meetingId}>
              <span className="later-time tabular">
                {!isSameDay(meeting.start, now, style.timeZone) && <small>{formatDay(meeting.start, style)}</small>}
                {formatSpan(meeting.start, meeting.end, style)}
              </span>
              <span className="later-subject">{meeting.subject}</span>
              <span className="later-by">{meeting.organizerName}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
