import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { Link } from '@tanstack/react-router';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';
import { usePlace } from '../meetings/use-place.ts';

const shown = 6;

/** Live meetings and those that come next. */
export function ComingMeetings({ meetings }: { meetings: readonly MeetingItem[] }) {
  const text = texts.useText();
  const { span, daySpan } = useWhen();
  const place = usePlace();
  return (
    <section aria-labelledby="coming">
      <div className="section-head">
        <h2 id="coming">{text('overview.coming')}</h2>
        <span className="grow" />
        <Link to="/meetings/new" className="link">
          {text('meetings.new')}
        </Link>
      </div>
      {meetings.length === 0 ? <p className="section-none">{text('overview.noneComing')}</p> : null}
      <ul className="rows">
        {meetings.slice(0, shown).map((meeting) => (
          <li key={meeting.id}>
            <i className="slot" data-live={meeting.state === 'live' ? '' : undefined} aria-hidden="true" />
            <span className="grow">
              <Link to="/meetings/$meetingId" params={{ meetingId: meeting.id }} className="link strong">
                {meeting.subject}
              </Link>
              <span className="t2 tabular block">
                {meeting.state === 'live'
                  ? text('when.dayTime', { day: text('overview.live'), time: span(meeting.startAt, meeting.endAt) })
                  : daySpan(meeting.startAt, meeting.endAt)}{' '}
                · {place(meeting)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
