import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { emptyLiveView, type LiveView } from '@anteroom/shared/signalling/live.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingState } from '../meetings/meeting-state.tsx';
import { RingsSection } from '../meetings/rings-section.tsx';
import { usePlace } from '../meetings/use-place.ts';
import '../meetings/meeting-page.css';
import './control-page.css';
import { CalledSection } from './called-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { TimeStrip } from './time-strip.tsx';
import { type Control, useControl } from './use-control.ts';
import { useLiveMeeting } from './use-live-meeting.ts';
import { WaitingSection } from './waiting-section.tsx';
import { WholeSection } from './whole-section.tsx';

const route = getRouteApi('/signedIn/meetings/$meetingId/control');

/** A live meeting in the hands of whoever manages it, who need not be in it. */
export function ControlPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { meetingId } = route.useParams();
  const { data: meeting, error, refetch } = useQuery(queries.meeting(meetingId));
  if (!meeting)
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/my-meetings" className="link">
          {text('myMeetings.title')}
        </Link>
        <span aria-hidden="true">›</span>
        <Link to="/meetings/$meetingId" params={{ meetingId }} className="link">
          {meeting.subject}
        </Link>
        <span aria-hidden="true">›</span>
        <span>{text('control.title')}</span>
      </nav>
      {meeting.state === 'over' || meeting.state === 'cancelled' ? (
        <Over meeting={meeting} />
      ) : (
        <Live meeting={meeting} />
      )}
    </>
  );
}

function Over({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  return (
    <>
      <h1>{meeting.subject}</h1>
      <p className="lead">{text('control.over')}</p>
      <p>
        <Link to="/meetings/$meetingId" params={{ meetingId: meeting.id }} className="link">
          {text('control.meetingPage')}
        </Link>
      </p>
    </>
  );
}

function Live({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const control = useControl(meeting.id);
  const { view, lostAt, refusal, again } = useLiveMeeting(meeting.id);
  const known = view ?? emptyLiveView;
  return (
    <>
      <ControlHead meeting={meeting} view={view} control={control} />
      <TimeStrip meeting={meeting} />
      <FaultNote error={refusal} onRetry={again} />
      <div role="status">
        {lostAt === null || refusal !== null ? null : (
          <p className="note control-lost">{text('control.lost', { time: stamp(lostAt) })}</p>
        )}
        {view === null && lostAt === null && refusal === null ? <p className="t2">{text('control.opening')}</p> : null}
      </div>
      {view === null ? null : (
        <div className="two-columns control-columns" data-stale={lostAt === null ? undefined : ''}>
          <div>
            <PeopleSection view={known} control={control} />
          </div>
          <div>
            <WaitingSection waiting={known.waiting} control={control} />
            <WholeSection meeting={meeting} view={known} control={control} />
            {meeting.state === 'live' ? <Calls meeting={meeting} view={known} control={control} /> : null}
          </div>
        </div>
      )}
    </>
  );
}

/** While nobody is in there is no host's list of calls, and what the meeting rang is shown. */
function Calls({ meeting, view, control }: { meeting: Meeting; view: LiveView; control: Control }) {
  if (view.controls === null) return <RingsSection meeting={meeting} />;
  return <CalledSection called={view.called} control={control} />;
}

function ControlHead({ meeting, view, control }: { meeting: Meeting; view: LiveView | null; control: Control }) {
  const text = texts.useText();
  const place = usePlace();
  const host = view?.roster.find(({ role }) => role === 'host');
  const facts = [
    spacedNumber(meeting.number),
    place(meeting),
    ...(host ? [text('control.host', { name: host.name })] : []),
    text('control.outside'),
  ];
  return (
    <header className="meeting-head">
      <div className="grow">
        <div className="terminal-name">
          <h1>{meeting.subject}</h1>
          <MeetingState meeting={meeting} />
        </div>
        {view ? <Sentence meeting={meeting} view={view} /> : null}
        <p className="t2 tabular">{facts.join(' · ')}</p>
      </div>
      <div className="meeting-acts">
        <Button variant="default" component="a" href={meeting.joinUrl} target="_blank" rel="noopener">
          {text('meeting.openClient')}
        </Button>
        {meeting.state === 'live' ? <EndForAll count={view?.roster.length ?? 0} control={control} /> : null}
      </div>
    </header>
  );
}

/** “23 of 40 are in, 2 in the waiting room.” */
function Sentence({ meeting, view: { roster, waiting } }: { meeting: Meeting; view: LiveView }) {
  const text = texts.useText();
  const count = roster.length;
  const capacity = meeting.room?.capacity;
  const people =
    count === 0
      ? text('control.inNobody')
      : capacity === undefined
        ? text('control.inPlain', { count })
        : text('control.in', { count, capacity });
  if (waiting.length === 0) return <p className="lead control-sentence">{text('control.sentencePlain', { people })}</p>;
  const waits = text('control.waits', { count: waiting.length });
  return <p className="lead control-sentence">{text('control.sentence', { people, waiting: waits })}</p>;
}

function EndForAll({ count, control }: { count: number; control: Control }) {
  const text = texts.useText();
  const [isAsking, setIsAsking] = useState(false);
  const close = () => {
    control.forget();
    setIsAsking(false);
  };
  return (
    <>
      <Button className="danger-outline" onClick={() => setIsAsking(true)}>
        {text('control.whole.end')}
      </Button>
      {isAsking ? (
        <Confirm
          title={text('control.whole.endTitle')}
          act={text('control.whole.endAct')}
          isBusy={control.busyWith === 'end'}
          error={control.error}
          onAct={() => control.act({ kind: 'end' }, close)}
          onClose={close}
        >
          <p>{text('control.whole.endWhat', { count })}</p>
        </Confirm>
      ) : null}
    </>
  );
}
