import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { Link } from '@tanstack/react-router';
import { useWhen } from '../../app/use-when.ts';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingState } from './meeting-state.tsx';
import { usePlace } from './use-place.ts';

/** Meetings as rows, each with the way to its page. */
export function MeetingsTable({ meetings }: { meetings: readonly MeetingItem[] }) {
  const text = texts.useText();
  const { daySpan } = useWhen();
  const place = usePlace();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('meetings.time')}</th>
          <th scope="col">{text('field.subject')}</th>
          <th scope="col">{text('field.room')}</th>
          <th scope="col">{text('meetings.number')}</th>
          <th scope="col">{text('meetings.organizer')}</th>
          <th scope="col">{text('meetings.state')}</th>
        </tr>
      </thead>
      <tbody>
        {meetings.map((meeting) => (
          <tr key={meeting.id}>
            <td data-phone="line" style={{ order: 1 }} className="tabular">
              {daySpan(meeting.startAt, meeting.endAt)}
            </td>
            <td>
              <Link to="/meetings/$meetingId" params={{ meetingId: meeting.id }} className="row-link">
                {meeting.subject}
              </Link>
            </td>
            <td style={{ order: 2 }}>{place(meeting)}</td>
            <td data-phone="none" className="mono">
              {spacedNumber(meeting.number)}
            </td>
            <td data-phone="none">{meeting.organizerName}</td>
            <td data-phone="end">
              <MeetingState meeting={meeting} />
              {meeting.state === 'live' && meeting.mayManage ? (
                <Link
                  to="/meetings/$meetingId/control"
                  params={{ meetingId: meeting.id }}
                  className="link to-control"
                  aria-label={text('control.openName', { subject: meeting.subject })}
                >
                  {text('control.open')}
                </Link>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
