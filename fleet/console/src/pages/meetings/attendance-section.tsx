import { type Meeting, meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../../api/client.ts';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

/** Who was in the meeting, from when to when; to take away as a file. */
export function AttendanceSection({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { api } = useApp();
  const { time } = useWhen();
  const params = { meetingId: meeting.id };
  const stays = useQuery({
    queryKey: ['meetings', 'attendance', meeting.id],
    queryFn: ({ signal }) => api.meetings.attendance({ params, signal }),
  });
  const items = stays.data?.items ?? [];
  return (
    <section aria-labelledby="attendance">
      <div className="section-head">
        <h2 id="attendance">{text('attendance.title')}</h2>
        <span className="grow" />
        {items.length > 0
          ? (['csv', 'xlsx'] as const).map((format) => (
              <a
                key={format}
                className="link"
                href={addressOf(meetingRoutes.exportAttendance, { params, query: { format } })}
                download
              >
                {text(`attendance.${format}`)}
              </a>
            ))
          : null}
      </div>
      <FaultNote error={stays.error} />
      {stays.data && items.length === 0 ? <p className="section-none">{text('attendance.none')}</p> : null}
      {items.length > 0 ? (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('attendance.name')}</th>
              <th scope="col">{text('attendance.joined')}</th>
              <th scope="col">{text('attendance.left')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((stay) => (
              <tr key={`${stay.name} ${stay.joinedAt}`}>
                <td>
                  {stay.name} <span className="t3">{text(`participant.${stay.kind}`)}</span>
                </td>
                <td className="tabular">{time(stay.joinedAt)}</td>
                <td className="tabular">{stay.leftAt === null ? text('attendance.stillIn') : time(stay.leftAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
