import type { CallState } from '@anteroom/shared/panel/state.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { LightRail } from '@anteroom/ui/light/light-rail.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useText } from '../locales/texts.ts';
import { HostWishNote } from '../parts/host-wish.tsx';
import { PolledPicture } from '../parts/polled-picture.tsx';
import { StartedBy } from '../parts/started-by.tsx';
import { Ring } from '../parts/waiting.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import './display-meeting.css';

/** Large, and drawn in few meetings. */
const DisplayBoard = lazy(async () => ({ default: (await import('./display-board.tsx')).DisplayBoard }));

const everyMs = 100;

type Inside = Extract<CallState, { state: 'in' | 'reconnecting' }>;

/**
 * In the meeting: the composed picture of a virtual display; beside a real display, a plain note. A whiteboard is drawn below
 * it, for the terminal to compose.
 */
export function DisplayMeeting({ call }: { call: Inside }) {
  const text = useText();
  const { hasDisplayPreview } = usePanel().state;
  const now = useNow(1000);
  const style = useTimeStyle();
  const duration = useDuration();
  const { subject, startAt, endAt } = call.meeting;
  const leftMs = Date.parse(endAt) - now.getTime();
  const { isMicrophoneOn } = call.media;
  const MicrophoneIcon = isMicrophoneOn ? IconMicrophone : IconMicrophoneOff;
  return (
    <div className="screen stage">
      <LightRail left={leftMs / (Date.parse(endAt) - Date.parse(startAt))} />
      {call.state === 'reconnecting' ? (
        <StageNote title={text('reconnecting.title')} lead={text(`reconnecting.${call.cause}`)} isTurning />
      ) : (
        <>
          {call.content?.kind === 'whiteboard' && (
            <Suspense fallback={null}>
              <DisplayBoard label={text('display.board')} roster={call.roster} />
            </Suspense>
          )}
          {hasDisplayPreview ? (
            <PolledPicture
              className="stage-picture"
              src="/api/display.jpg"
              everyMs={everyMs}
              label={text('display.picture')}
              fallback={<StageNote title={text('display.noPicture')} lead="" isTurning />}
            />
          ) : (
            call.content?.kind !== 'whiteboard' && (
              <StageNote title={text('display.inMeeting')} lead={text('display.inMeetingLead')} />
            )
          )}
        </>
      )}
      <StartedBy call={call} />
      <HostWishNote call={call} />
      <footer className="stage-foot">
        <h1>{subject}</h1>
        <span className="stage-left tabular">
          {leftMs > 0
            ? text('call.left', { duration: duration(leftMs), time: formatTime(new Date(endAt), style) })
            : text('call.overTime', { time: formatTime(new Date(endAt), style) })}
        </span>
        <span className="spacer" />
        <span className="stage-mic" data-on={isMicrophoneOn ? '' : undefined}>
          <MicrophoneIcon aria-hidden="true" stroke={1.75} />
          {isMicrophoneOn ? text('call.microphoneOn') : text('call.microphoneOff')}
        </span>
        <time className="stage-clock tabular">{formatTime(now, style)}</time>
      </footer>
    </div>
  );
}

function StageNote({ title, lead, isTurning = false }: { title: string; lead: string; isTurning?: boolean }) {
  return (
    <div className="stage-note" role="status">
      <p className="title waiting">
        {title} {isTurning && <Ring />}
      </p>
      {lead !== '' && <p className="lead">{lead}</p>}
    </div>
  );
}
