import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { AttendanceSection } from './attendance-section.tsx';
import { MeetingActs } from './meeting-acts.tsx';
import { MeetingState } from './meeting-state.tsx';
import { OccurrencesSection } from './occurrences-section.tsx';
import { ParticipantsSection } from './participants-section.tsx';
import { RingsSection } from './rings-section.tsx';
import { usePlace } from './use-place.ts';
import { WhiteboardSection } from './whiteboard-section.tsx';
import './meeting-page.css';

const route = getRouteApi('/signedIn/meetings/$meetingId');
const linkFieldId = 'join-link';

/** One meeting: when and where, the link that leads in, who is in, and how to call it off. */
export function MeetingPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { meetingId } = route.useParams();
  const { data: meeting, error, refetch } = useQuery(queries.meeting(meetingId));
  if (!meeting) {
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  }
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/my-meetings" className="link">
          {text('myMeetings.title')}
        </Link>
      </nav>
      <MeetingHead meeting={meeting} />
      {meeting.state === 'live' || meeting.state === 'scheduled' ? <JoinLink joinUrl={meeting.joinUrl} /> : null}
      <div className="two-columns">
        <div>
          <ParticipantsSection meeting={meeting} />
          {meeting.mayManage && meeting.state !== 'scheduled' ? <RingsSection meeting={meeting} /> : null}
          {meeting.mayManage && meeting.state !== 'scheduled' ? <AttendanceSection meeting={meeting} /> : null}
          {meeting.state !== 'scheduled' ? <WhiteboardSection meeting={meeting} /> : null}
          {meeting.recurrence ? <OccurrencesSection meeting={meeting} /> : null}
        </div>
        <div>
          <MeetingFacts meeting={meeting} />
        </div>
      </div>
    </>
  );
}

function MeetingHead({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { daySpan, ownSpan } = useWhen();
  const place = usePlace();
  const own = ownSpan(meeting.startAt, meeting.endAt, meeting.timeZone);
  return (
    <header className="meeting-head">
      <div className="grow">
        <div className="terminal-name">
          <h1>{meeting.subject}</h1>
          <MeetingState meeting={meeting} />
        </div>
        <p className="t2 tabular meeting-when">
          {daySpan(meeting.startAt, meeting.endAt)}
          {own ? ` · ${own}` : ''} · {place(meeting)} · {text('meeting.organizer', { name: meeting.organizerName })}
        </p>
        {meeting.description ? <p className="t2">{meeting.description}</p> : null}
      </div>
      {meeting.mayManage ? <MeetingActs meeting={meeting} /> : null}
    </header>
  );
}

function JoinLink({ joinUrl }: { joinUrl: string }) {
  const text = texts.useText();
  return (
    <div className="join-link">
      <TextInput
        id={linkFieldId}
        label={text('meeting.link')}
        value={joinUrl}
        readOnly
        onFocus={(event) => event.target.select()}
      />
      <CopyButton value={joinUrl} label={text('meeting.copy')} fieldId={linkFieldId} />
      <Button variant="default" component="a" href={joinUrl} target="_blank" rel="noopener">
        {text('meeting.openClient')}
      </Button>
    </div>
  );
}

function MeetingFacts({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const place = usePlace();
  return (
    <section aria-labelledby="facts">
      <div className="section-head">
        <h2 id="facts">{text('meeting.facts')}</h2>
      </div>
      <dl className="facts">
        <dt>{text('meetings.number')}</dt>
        <dd>
          <span className="mono">{spacedNumber(meeting.number)}</span>{' '}
          {meeting.hasPersonalNumber ? <span className="t3">{text('meeting.personalNumber')}</span> : null}
        </dd>
        <dt>{text('plan.resource')}</dt>
        <dd>
          {meeting.room ? (
            <Link to="/cloud-rooms/$roomId" params={{ roomId: meeting.room.id }} className="link">
              {text('picker.places', { name: meeting.room.name, count: meeting.room.capacity })}
            </Link>
          ) : (
            place(meeting)
          )}
        </dd>
        <dt>{text('field.guestPassword')}</dt>
        <dd>
          {meeting.entryPassword === null ? (
            text('meeting.noPassword')
          ) : (
            <span className="mono">{meeting.entryPassword}</span>
          )}{' '}
          {meeting.entryPassword !== null && meeting.guestPassword === null ? (
            <span className="t3">{text('meeting.passwordOfRoom')}</span>
          ) : null}
        </dd>
        <dt>{text('plan.scope')}</dt>
        <dd>{text(`plan.scope.${meeting.admissionScope}`)}</dd>
        <dt>{text('plan.waiting')}</dt>
        <dd>{text(`plan.waiting.${meeting.waitingRoom}`)}</dd>
        <dt>{text('plan.attendees')}</dt>
        <dd>{meeting.attendees.map(({ name, id }) => name || id).join(', ') || text('plan.attendees.none')}</dd>
        <dt>{text('field.timeZone')}</dt>
        <dd>{meeting.timeZone}</dd>
      </dl>
    </section>
  );
}
