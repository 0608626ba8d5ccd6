import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { Door } from '@anteroom/ui/door/door.tsx';
import { formatDay, formatSpan, formatTime, isSameDay } from '@anteroom/ui/format/time.ts';
import { RoomMark } from '@anteroom/ui/marks/room-mark.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconCircleCheck, IconHandFinger } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { DoorNote, DoorWords } from '../parts/doorway.tsx';
import { RoomHead } from '../parts/head.tsx';
import { HealthLine, Notices } from '../parts/notices.tsx';
import { groupDigits } from '../parts/roster.tsx';
import { Subject } from '../parts/subject.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { type Outlook, outlook, type TimedMeeting } from '../state/schedule.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import './display-idle.css';

/** Between meetings: what is next, how to come in, and the door as wide as the time. */
export function DisplayIdle({ roomName }: { roomName: string }) {
  const { state } = usePanel();
  const now = useNow(1000);
  const { atDoor, later } = outlook(state.meetings, now);
  return (
    <div className="screen">
      <RoomHead dayLength="long" />
      <main className="main">
        {atDoor ? <Next atDoor={atDoor} /> : <Free next={later[0]} roomName={roomName} now={now} />}
      </main>
      {atDoor ? <DoorAhead atDoor={atDoor} now={now} /> : <ClosedDoor next={later[0]} now={now} />}
      <section className="more">{atDoor && <HowToJoin meeting={atDoor.meeting} />}</section>
      <footer className="foot">
        <LaterLine meetings={atDoor ? later : later.slice(1)} now={now} />
        <span className="spacer" />
        <Notices />
        <HealthLine />
      </footer>
    </div>
  );
}

type AtDoor = NonNullable<Outlook['atDoor']>;

function Next({ atDoor: { meeting, phase } }: { atDoor: AtDoor }) {
  const text = useText();
  const style = useTimeStyle();
  return (
    <>
      <p className="kick" data-tone="lamp">
        <RoomMark state={phase === 'soon' ? 'soon' : 'meeting'} heightPx={48} />
        {{ soon: text('home.next'), running: text('home.now'), over: text('home.over') }[phase]}
      </p>
      <h1 className="title">
        <Subject>{meeting.subject}</Subject>
      </h1>
      <p className="span tabular">
        {formatSpan(meeting.start, meeting.end, style)}
        <small>{meeting.organizerName}</small>
      </p>
    </>
  );
}

function Free({ next, roomName, now }: { next: TimedMeeting | undefined; roomName: string; now: Date }) {
  const text = useText();
  const style = useTimeStyle();
  const headline = () => {
    if (!next) return text('home.freeOpen');
    const time = formatTime(next.start, style);
    return isSameDay(next.start, now, style.timeZone)
      ? text('home.freeUntil', { time })
      : text('home.freeUntilDay', { day: formatDay(next.start, style), time });
  };
  return (
    <>
      <p className="kick" data-tone="leaf">
        <IconCircleCheck aria-hidden="true" stroke={1.75} />
        {text('home.free')}
      </p>
      <h1 className="title">
        <Subject>{headline()}</Subject>
      </h1>
      <p className="lead">
        {next ? text('home.freeLeadNext', { subject: next.subject }) : text('home.freeLead', { room: roomName })}
      </p>
    </>
  );
}

function DoorAhead({ atDoor: { meeting, opening, phase }, now }: { atDoor: AtDoor; now: Date }) {
  const text = useText();
  const style = useTimeStyle();
  const duration = useDuration();
  const words = {
    soon: { small: text('display.starts'), large: duration(meeting.start.getTime() - now.getTime()) },
    running: { small: text('home.startedAt'), large: formatTime(meeting.start, style) },
    over: { small: text('home.plannedUntil'), large: formatTime(meeting.end, style) },
  }[phase];
  return (
    <Door className="doorway" opening={opening} hasSpill>
      <DoorWords {...words} />
    </Door>
  );
}

function ClosedDoor({ next, now }: { next: TimedMeeting | undefined; now: Date }) {
  const text = useText();
  const style = useTimeStyle();
  if (!next) return <Door className="doorway" opening={0} />;
  const opensAt = new Date(next.start.getTime() - joinableBeforeMs);
  const isToday = isSameDay(next.start, now, style.timeZone);
  return (
    <Door className="doorway" opening={0}>
      <DoorWords
        small={isToday ? text('home.nextMeeting') : formatDay(next.start, style)}
        large={formatTime(next.start, style)}
        foot={<DoorNote>{text('home.joinableFrom', { time: formatTime(opensAt, style) })}</DoorNote>}
      />
    </Door>
  );
}

function HowToJoin({ meeting }: { meeting: TimedMeeting }) {
  const text = useText();
  return (
    <div className="how">
      <IconHandFinger aria-hidden="true" stroke={1.5} />
      <div>
        {meeting.canJoin && <p className="how-join">{text('display.pressJoin')}</p>}
        <p className="how-number tabular">{text('display.orNumber', { number: groupDigits(meeting.number) })}</p>
      </div>
    </div>
  );
}

function LaterLine({ meetings, now }: { meetings: readonly TimedMeeting[]; now: Date }) {
  const style = useTimeStyle();
  return (
    <ul className="later-line">
      {meetings.slice(0, 2).map(({ meetingId, subject, start }) => (
        <li key={meetingId}>
          <b className="tabular">
            {isSameDay(start, now, style.timeZone) ? '' : `${formatDay(start, style)} `}
            {formatTime(start, style)}
          </b>{' '}
          {subject}
        </li>
      ))}
    </ul>
  );
}
