import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { Door, DoorButton } from '@anteroom/ui/door/door.tsx';
import { formatDay, formatSpan, formatTime, isSameDay } from '@anteroom/ui/format/time.ts';
import { RoomMark } from '@anteroom/ui/marks/room-mark.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconCircleCheck, IconUser } from '@tabler/icons-react';
import { useId } from 'react';
import { useText } from '../locales/texts.ts';
import { DoorGo, DoorNote, DoorWords } from '../parts/doorway.tsx';
import { Foot } from '../parts/foot.tsx';
import { RoomHead } from '../parts/head.tsx';
import { Later } from '../parts/later.tsx';
import { MissedCalls } from '../parts/missed-calls.tsx';
import { HealthLine, Notices } from '../parts/notices.tsx';
import { Subject } from '../parts/subject.tsx';
import { LaptopNote } from '../sharing/laptop-bar.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { type Outlook, outlook, type TimedMeeting } from '../state/schedule.ts';
import { useGoingIn } from '../state/use-going-in.ts';
import { useRefusal } from '../state/use-refusal.ts';
import { useTimeStyle } from '../state/use-time-style.ts';

type Binding = Extract<PanelState['binding'], { state: 'claimed' }>;
type AtDoor = NonNullable<Outlook['atDoor']>;

/** The room between meetings: what is next, and the door to it. */
export function HomeScreen({ space, roomName }: { space: NonNullable<Binding['space']>; roomName: string }) {
  const text = useText();
  const { state } = usePanel();
  const now = useNow(1000);
  const { atDoor, later } = outlook(state.meetings, now);
  const { link } = state;
  const asOf =
    link.isOnline || !link.since
      ? null
      : formatTime(new Date(link.since), { language: state.language, timeZone: space.timeZone });
  return (
    <div className="screen">
      <RoomHead />
      <main className="main">
        {atDoor ? <Meeting atDoor={atDoor} /> : <Free next={later[0]} roomName={roomName} now={now} />}
      </main>
      {atDoor ? <JoinDoor atDoor={atDoor} now={now} /> : <ClosedDoor next={later[0]} now={now} />}
      <section className="more">
        <Later title={atDoor ? text('common.later') : text('common.comingUp')} meetings={later} asOf={asOf} />
        <LaptopNote />
        <MissedCalls />
        <Notices />
      </section>
      <Foot>
        <HealthLine />
      </Foot>
    </div>
  );
}

function Meeting({ atDoor: { meeting, phase } }: { atDoor: AtDoor }) {
  const text = useText();
  const style = useTimeStyle();
  const duration = useDuration();
  const kick = { soon: text('home.next'), running: text('home.now'), over: text('home.over') }[phase];
  return (
    <>
      <p className="kick" data-tone="lamp">
        <RoomMark state={phase === 'soon' ? 'soon' : 'meeting'} heightPx={28} />
        {kick}
      </p>
      <h1 className="title">
        <Subject>{meeting.subject}</Subject>
      </h1>
      <p className="span tabular">
        {formatSpan(meeting.start, meeting.end, style)}
        <small>{duration(meeting.end.getTime() - meeting.start.getTime())}</small>
      </p>
      <p className="who">
        <IconUser aria-hidden="true" stroke={1.75} />
        {text('home.organizer', { name: meeting.organizerName })}
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
      {!next && <p className="lead">{text('home.freeLead', { room: roomName })}</p>}
    </>
  );
}

function JoinDoor({ atDoor: { meeting, opening, phase }, now }: { atDoor: AtDoor; now: Date }) {
  const text = useText();
  const style = useTimeStyle();
  const duration = useDuration();
  const { touch } = usePanel();
  const join = { kind: 'join', meetingId: meeting.meetingId } as const;
  const refusal = useRefusal(join);
  const goingIn = useGoingIn();
  const descriptionId = useId();
  const words = {
    soon: { small: text('home.startsIn'), large: duration(meeting.start.getTime() - now.getTime()) },
    running: { small: text('home.startedAt'), large: formatTime(meeting.start, style) },
    over: { small: text('home.plannedUntil'), large: formatTime(meeting.end, style) },
  }[phase];
  if (refusal !== null) {
    return (
      <Door className="doorway" opening={0} isHeld hasSpill>
        <DoorWords {...words} foot={<DoorNote>{refusal}</DoorNote>} />
      </Door>
    );
  }
  return (
    <DoorButton className="doorway" opening={opening} hasSpill describedBy={descriptionId} onPress={() => touch(join)}>
      <DoorWords {...words} descriptionId={descriptionId} />
      <DoorGo subject={meeting.subject} note={goingIn}>
        {text('home.join')}
      </DoorGo>
    </DoorButton>
  );
}

function ClosedDoor({ next, now }: { next: TimedMeeting | undefined; now: Date }) {
  const text = useText();
  const style = useTimeStyle();
  if (!next) {
    return (
      <Door className="doorway" opening={0}>
        <DoorWords small={text('home.noMeeting')} large="" foot={<DoorNote>{text('home.noMeetingLead')}</DoorNote>} />
      </Door>
    );
  }
  const opensAt = new Date(next.start.getTime() - joinableBeforeMs);
  const isToday = isSameDay(next.start, now, style.timeZone);
  return (
    <Door className="doorway" opening={0}>
      <DoorWords
        small={isToday ? text('home.nextMeeting') : `${text('home.nextMeeting')} · ${formatDay(next.start, style)}`}
        large={formatTime(next.start, style)}
        foot={<DoorNote>{text('home.joinableFrom', { time: formatTime(opensAt, style) })}</DoorNote>}
      />
    </Door>
  );
}
