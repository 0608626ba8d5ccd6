import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import { Link } from '@tanstack/react-router';
import { useWhen } from '../../app/use-when.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { useCommand } from './use-command.ts';

const shown = 5;

/** The next meetings of the terminal's cloud room; those that have begun to open can be joined from here. */
export function ScheduleSection({ terminal, meetings }: { terminal: Terminal; meetings: readonly MeetingItem[] }) {
  const text = texts.useText();
  const { now, daySpan } = useWhen();
  const command = useCommand(terminal.id);
  const next = meetings.filter((meeting) => terminal.room && meeting.room?.id === terminal.room.id).slice(0, shown);

  const reasonFor = (meeting: MeetingItem): string | null => {
    if (terminal.meeting?.meetingId === meeting.id) return text('schedule.reason.inIt');
    if (terminal.meeting) return text('schedule.reason.inAnother');
    if (Date.parse(meeting.startAt) - now.getTime() > joinableBeforeMs) return text('schedule.reason.early');
    return terminal.stage === 'retired' ? text('terminal.reason.retired') : null;
  };

  return (
    <section aria-labelledby="schedule">
      <div className="section-head">
        <h2 id="schedule">{text('schedule.title')}</h2>
        <span className="grow" />
        {terminal.room ? <span className="t3">{terminal.room.name}</span> : null}
      </div>
      <FaultNote error={command.error} />
      {!terminal.room ? <p className="section-none">{text('schedule.noRoom')}</p> : null}
      {terminal.room && next.length === 0 ? <p className="section-none">{text('schedule.none')}</p> : null}
      <ul className="rows">
        {next.map((meeting) => (
          <li key={meeting.id}>
            <i className="slot" data-live={meeting.state === 'live' ? '' : undefined} aria-hidden="true" />
            <span className="grow">
              <Link to="/meetings/$meetingId" params={{ meetingId: meeting.id }} className="link strong">
                {meeting.subject}
              </Link>
              <span className="t2 tabular block">{daySpan(meeting.startAt, meeting.endAt)}</span>
            </span>
            <ActionButton
              size="compact-sm"
              reason={reasonFor(meeting)}
              onAct={() => command.mutate({ kind: 'join', meetingId: meeting.id })}
            >
              {text('command.join')}
            </ActionButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
