import { assertNever } from '@anteroom/shared/assert-never.ts';
import { type Fixer, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import type { CallState } from '@anteroom/shared/panel/state.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { Door } from '@anteroom/ui/door/door.tsx';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { RoomMark } from '@anteroom/ui/marks/room-mark.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconClock, IconRefresh, IconSettings, IconUser, IconUsers } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { DoorWords } from '../parts/doorway.tsx';
import { RoomHead } from '../parts/head.tsx';
import { Notices } from '../parts/notices.tsx';
import { splitSentence } from '../parts/split-sentence.ts';
import { Subject } from '../parts/subject.tsx';
import { TouchButton } from '../parts/touch-button.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import './failed-screen.css';

type Failed = Extract<CallState, { state: 'failed' }>;

/** A join that did not work: why, who can end it, and another try where Join was. */
export function FailedScreen({ call }: { call: Failed }) {
  const text = useText();
  const { language } = useLanguage();
  const { subject, organizerName } = call.meeting;
  const { text: reason, fixer } = joinRefusalTexts[call.reason];
  const willRetry = call.retryAt !== null;
  const { headline, advice } = splitSentence(localize(reason, language));
  return (
    <div className="screen">
      <RoomHead />
      <main className="main" role="alert">
        <p className="kick" data-tone="fault">
          <RoomMark state="fault" heightPx={28} />
          {willRetry ? text('failed.kickYet', { subject }) : text('failed.kick', { subject })}
        </p>
        <h1 className="title" data-size="small">
          <Subject>{headline}</Subject>
        </h1>
        {advice !== '' && <p className="lead">{advice}</p>}
      </main>
      <RetryDoor call={call} />
      <section className="more">
        <dl className="fixer">
          <dt>{text('failed.who')}</dt>
          <dd>
            <FixerIcon fixer={fixer} />
            {text(`failed.${fixer}`, { name: organizerName })}
          </dd>
        </dl>
        <Notices />
      </section>
      <footer className="foot">
        <TouchButton touch={{ kind: 'dismissFailure' }} label={willRetry ? text('failed.stop') : text('failed.back')} />
      </footer>
    </div>
  );
}

function FixerIcon({ fixer }: { fixer: Fixer }) {
  switch (fixer) {
    case 'you':
      return <IconUser aria-hidden="true" stroke={1.75} />;
    case 'host':
      return <IconUsers aria-hidden="true" stroke={1.75} />;
    case 'administrator':
      return <IconSettings aria-hidden="true" stroke={1.75} />;
    case 'time':
      return <IconClock aria-hidden="true" stroke={1.75} />;
    default:
      return assertNever(fixer);
  }
}

function RetryDoor({ call: { meeting, retryAt } }: { call: Failed }) {
  const text = useText();
  const style = useTimeStyle();
  const duration = useDuration();
  const now = useNow(250);
  const icon = <IconRefresh aria-hidden="true" stroke={1.75} />;
  const join = { kind: 'join', meetingId: meeting.meetingId } as const;
  if (retryAt === null) {
    const startAt = new Date(meeting.startAt);
    return (
      <Door className="doorway" opening={0} isHeld hasSpill>
        <DoorWords
          small={now < startAt ? text('home.nextMeeting') : text('home.startedAt')}
          large={formatTime(startAt, style)}
          foot={<TouchButton touch={join} tone="primary" icon={icon} label={text('failed.tryAgain')} />}
        />
      </Door>
    );
  }
  return (
    <Door className="doorway" opening={0} isHeld hasSpill>
      <DoorWords
        small={text('failed.nextTry')}
        large={duration(Date.parse(retryAt) - now.getTime())}
        foot={<TouchButton touch={join} tone="primary" icon={icon} label={text('failed.tryNow')} />}
      />
    </Door>
  );
}
