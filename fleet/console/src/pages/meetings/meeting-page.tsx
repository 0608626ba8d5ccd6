import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { Confirm } from '../../components/confirm.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingState } from './meeting-state.tsx';
import { ParticipantsSection } from './participants-section.tsx';
import { usePlace } from './use-place.ts';
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
        <Link to="/meetings" className="link">
          {text('nav.meetings')}
        </Link>
      </nav>
      <MeetingHead meeting={meeting} />
      {meeting.state === 'live' || meeting.state === 'scheduled' ? <JoinLink joinUrl={meeting.joinUrl} /> : null}
      <div className="two-columns">
        <div>
          <ParticipantsSection meeting={meeting} />
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
  const { day, span, ownSpan } = useWhen();
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
          {day(meeting.startAt)}, {span(meeting.startAt, meeting.endAt)}
          {own ? ` · ${own}` : ''} · {place(meeting)} · {text('meeting.organizer', { name: meeting.organizerName })}
        </p>
        {meeting.description ? <p className="t2">{meeting.description}</p> : null}
      </div>
      <CallOff meeting={meeting} />
    </header>
  );
}

/** Cancel before it begins, end while it is live: each asks first, since others notice. */
function CallOff({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const isLive = meeting.state === 'live';
  const callOff = useMutation({
    mutationFn: () =>
      isLive
        ? api.meetings.end({ params: { meetingId: meeting.id } })
        : api.meetings.cancel({ params: { meetingId: meeting.id }, query: {} }),
    onSuccess: async () => {
      setIsAsking(false);
      await queryClient.invalidateQueries();
    },
  });
  if (meeting.state !== 'live' && meeting.state !== 'scheduled') return null;
  const act = isLive ? text('meeting.end') : text('meeting.cancel');
  return (
    <>
      <Button className="danger-outline" onClick={() => setIsAsking(true)}>
        {act}
      </Button>
      {isAsking ? (
        <Confirm
          title={isLive ? text('meeting.endTitle') : text('meeting.cancelTitle')}
          act={act}
          isBusy={callOff.isPending}
          error={callOff.error}
          onAct={() => callOff.mutate()}
          onClose={() => setIsAsking(false)}
        >
          <p>
            {isLive
              ? text('meeting.endWhat', { count: meeting.participants.length })
              : text('meeting.cancelWhat', { subject: meeting.subject })}
          </p>
        </Confirm>
      ) : null}
    </>
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
        <dd className="mono">{spacedNumber(meeting.number)}</dd>
        <dt>{text('field.room')}</dt>
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
        <dd>{meeting.hasGuestPassword ? text('meeting.hasPassword') : text('meeting.noPassword')}</dd>
        <dt>{text('field.timeZone')}</dt>
        <dd>{meeting.timeZone}</dd>
      </dl>
    </section>
  );
}
