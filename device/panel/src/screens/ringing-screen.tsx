import type { CallState } from '@anteroom/shared/panel/state.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { DoorButton } from '@anteroom/ui/door/door.tsx';
import { formatSpan } from '@anteroom/ui/format/time.ts';
import { useKnock } from '@anteroom/ui/ringing/use-knock.ts';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconBellRinging, IconX } from '@tabler/icons-react';
import { useId } from 'react';
import { useText } from '../locales/texts.ts';
import { DoorGo, DoorWords } from '../parts/doorway.tsx';
import { RoomHead } from '../parts/head.tsx';
import { Notices } from '../parts/notices.tsx';
import { Subject } from '../parts/subject.tsx';
import { TouchButton } from '../parts/touch-button.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { useGoingIn } from '../state/use-going-in.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import './ringing-screen.css';

/** A meeting calls: the door stands open and breathes; Answer is where Join is, Decline far from it. */
export function RingingScreen({ call }: { call: Extract<CallState, { state: 'ringing' }> }) {
  const text = useText();
  const style = useTimeStyle();
  const duration = useDuration();
  const { state, touch } = usePanel();
  const goingIn = useGoingIn();
  const now = useNow(1000);
  const descriptionId = useId();
  const { subject, startAt, endAt } = call.meeting;
  useKnock(true, state.volumePercent / 100);
  return (
    <div className="screen ringing">
      <RoomHead />
      <main className="main">
        <p className="kick" data-tone="lamp">
          <IconBellRinging aria-hidden="true" stroke={1.75} />
          {text('ringing.kick')}
        </p>
        <h1 className="title">
          <Subject>{subject}</Subject>
        </h1>
        <p className="span tabular">{formatSpan(new Date(startAt), new Date(endAt), style)}</p>
        <p className="lead ringing-lead">{text('ringing.lead', { name: call.callerName })}</p>
      </main>
      <DoorButton
        className="doorway"
        opening={1}
        hasSpill
        describedBy={descriptionId}
        onPress={() => touch({ kind: 'answer' })}
      >
        <DoorWords
          descriptionId={descriptionId}
          small={text('ringing.rings')}
          large={duration(Date.parse(call.until) - now.getTime())}
        />
        <DoorGo subject={subject} note={goingIn}>
          {text('ringing.answer')}
        </DoorGo>
      </DoorButton>
      <section className="more">
        <Notices />
      </section>
      <footer className="foot">
        <TouchButton
          touch={{ kind: 'decline' }}
          icon={<IconX aria-hidden="true" stroke={1.75} />}
          label={text('ringing.decline')}
        />
      </footer>
    </div>
  );
}
