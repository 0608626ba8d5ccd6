import type { CallState, PanelMeeting } from '@anteroom/shared/panel/state.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatStopwatch, formatTime } from '@anteroom/ui/format/time.ts';
import { LightRail } from '@anteroom/ui/light/light-rail.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconDoorExit } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { CallControls } from '../parts/call-controls.tsx';
import { HostWish } from '../parts/host-wish.tsx';
import { Roster } from '../parts/roster.tsx';
import { SelfView } from '../parts/self-view.tsx';
import { StartedBy } from '../parts/started-by.tsx';
import { TouchButton } from '../parts/touch-button.tsx';
import { Ring } from '../parts/waiting.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import './call-screen.css';

/** As domain.md 2 has it: a warning five minutes before the end. */
const warnBeforeMs = 5 * 60_000;
const nextWithinMs = 15 * 60_000;

type Inside = Extract<CallState, { state: 'in' | 'reconnecting' | 'leaving' }>;

/** In the meeting, on the way back into it, or on the way out: the controls stay where they are throughout. */
export function CallScreen({ call }: { call: Inside }) {
  const text = useText();
  const now = useNow(1000);
  const { subject, startAt, endAt } = call.meeting;
  const lengthMs = Date.parse(endAt) - Date.parse(startAt);
  const leftMs = Date.parse(endAt) - now.getTime();
  return (
    <div className="screen call">
      <LightRail left={leftMs / lengthMs} />
      <header className="call-head">
        <div>
          <h1 className="call-subject">{subject}</h1>
          <CallTimes call={call} leftMs={leftMs} now={now} />
          <StartedBy call={call} />
        </div>
        <TouchButton
          touch={{ kind: 'leave' }}
          tone="fault"
          className="call-leave"
          icon={<IconDoorExit aria-hidden="true" stroke={1.75} />}
          label={text('common.leave')}
        />
      </header>
      <HostWish call={call} />
      <main className="call-main">
        {call.state === 'in' ? (
          <>
            <SelfView isCameraOn={call.media.isCameraOn} />
            <Roster roster={withOwnMedia(call)} ownParticipantId={call.ownParticipantId} number={call.meeting.number} />
          </>
        ) : (
          <Between call={call} now={now} />
        )}
      </main>
      {call.state !== 'leaving' && (
        <CallControls
          media={call.media}
          isHeard={call.state === 'in' && isSpeaking(call)}
          isMutedByHost={call.state === 'in' && ownOf(call)?.isMutedByHost === true}
        />
      )}
    </div>
  );
}

/** The roster comes round by the server; what this room has just switched shows in its own row at once. */
function withOwnMedia({ roster, ownParticipantId, media }: Extract<Inside, { state: 'in' }>): RosterEntry[] {
  return roster.map((entry) =>
    entry.participantId === ownParticipantId
      ? { ...entry, media, isSpeaking: entry.isSpeaking && media.isMicrophoneOn }
      : entry,
  );
}

function ownOf(call: Extract<Inside, { state: 'in' }>): RosterEntry | undefined {
  return withOwnMedia(call).find(({ participantId }) => participantId === call.ownParticipantId);
}

function isSpeaking(call: Extract<Inside, { state: 'in' }>): boolean {
  return ownOf(call)?.isSpeaking === true;
}

/** How long it goes on; five minutes before its end louder, with what comes next in this room. */
function CallTimes({ call, leftMs, now }: { call: Inside; leftMs: number; now: Date }) {
  const text = useText();
  const { state } = usePanel();
  const style = useTimeStyle();
  const duration = useDuration();
  const time = formatTime(new Date(call.meeting.endAt), style);
  const isEnding = leftMs > 0 && leftMs <= warnBeforeMs;
  const next = isEnding ? nextAfter(call.meeting, state.meetings) : undefined;
  const left = { duration: duration(leftMs), time };
  return (
    <p className="call-times tabular">
      {call.state === 'in' && (
        <span>{text('call.inFor', { time: formatStopwatch(now.getTime() - Date.parse(call.since)) })}</span>
      )}
      <b data-ending={isEnding || undefined}>
        {leftMs <= 0 ? text('call.overTime', { time }) : text(isEnding ? 'call.ending' : 'call.left', left)}
      </b>
      {next ? (
        <b data-ending role="status">
          {text('call.next', { subject: next.subject, time: formatTime(new Date(next.startAt), style) })}
        </b>
      ) : null}
    </p>
  );
}

/** The meeting that begins here so soon after this one that this one cannot go on. */
function nextAfter({ meetingId, endAt }: PanelMeeting, meetings: readonly PanelMeeting[]): PanelMeeting | undefined {
  const latestMs = Date.parse(endAt) + nextWithinMs;
  return meetings.find(
    (other) => other.meetingId !== meetingId && other.startAt >= endAt && Date.parse(other.startAt) <= latestMs,
  );
}

function Between({ call, now }: { call: Exclude<Inside, { state: 'in' }>; now: Date }) {
  const text = useText();
  const duration = useDuration();
  if (call.state === 'leaving') {
    return (
      <div className="call-between" role="status">
        <p className="title waiting">
          {text('leaving.title')} <Ring />
        </p>
      </div>
    );
  }
  const outMs = Math.floor((now.getTime() - Date.parse(call.since)) / 1000) * 1000;
  return (
    <div className="call-between" role="status">
      <p className="title waiting">
        {text('reconnecting.title')} <Ring />
      </p>
      <p className="lead">{text(`reconnecting.${call.cause}`)}</p>
      {outMs >= 3000 && <p className="call-out tabular">{text('reconnecting.since', { duration: duration(outMs) })}</p>}
    </div>
  );
}
