import type { CallState, PanelMeeting } from '@anteroom/shared/panel/state.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatStopwatch, formatTime } from '@anteroom/ui/format/time.ts';
import { LightRail } from '@anteroom/ui/light/light-rail.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconDoorExit } from '@tabler/icons-react';
import { useState } from 'react';
import { AddSheet } from '../calling/add-sheet.tsx';
import { HostSheet } from '../control/host-sheet.tsx';
import { type InMeeting, isHosting, ownEntry } from '../control/hosting.ts';
import { LeaveSheet } from '../control/leave-sheet.tsx';
import { PersonSheet } from '../control/person-sheet.tsx';
import { ReactionSheet } from '../control/reaction-sheet.tsx';
import { StepButton } from '../control/sheet.tsx';
import { WaitingBar, WaitingSheet } from '../control/waiting-room.tsx';
import { WordsNote } from '../control/words-note.tsx';
import { useText } from '../locales/texts.ts';
import { CallControls, Volume } from '../parts/call-controls.tsx';
import { HostWish } from '../parts/host-wish.tsx';
import { Roster } from '../parts/roster.tsx';
import { SelfView } from '../parts/self-view.tsx';
import { StartedBy } from '../parts/started-by.tsx';
import { TouchButton } from '../parts/touch-button.tsx';
import { Ring } from '../parts/waiting.tsx';
import { LaptopBar, TakeOverSheet } from '../sharing/laptop-bar.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import './call-screen.css';

/** As domain.md 2 has it: a warning five minutes before the end. */
const warnBeforeMs = 5 * 60_000;
const nextWithinMs = 15 * 60_000;

type Inside = Extract<CallState, { state: 'in' | 'reconnecting' | 'leaving' }>;

type OpenSheet = 'takeOver' | 'leave' | 'host' | 'react' | 'waiting' | 'add' | { person: string };

/** In the meeting, on the way back into it, or on the way out: the controls stay where they are throughout. */
export function CallScreen({ call }: { call: Inside }) {
  const now = useNow(1000);
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const { startAt, endAt } = call.meeting;
  const lengthMs = Date.parse(endAt) - Date.parse(startAt);
  const leftMs = Date.parse(endAt) - now.getTime();
  return (
    <div className="screen call">
      <LightRail left={leftMs / lengthMs} />
      <header className="call-head">
        <div>
          <h1 className="call-subject">{call.meeting.subject}</h1>
          <CallTimes call={call} leftMs={leftMs} now={now} />
          <StartedBy call={call} />
        </div>
        <Leave call={call} onAsk={() => setSheet('leave')} />
      </header>
      <HostWish call={call} />
      {call.state === 'in' && <LaptopBar call={call} onAsk={() => setSheet('takeOver')} />}
      {call.state === 'in' && <WaitingBar call={call} onShow={() => setSheet('waiting')} />}
      <main className="call-main">
        {call.state === 'in' ? (
          <>
            <div className="call-room">
              <SelfView isCameraOn={call.media.isCameraOn} />
              <Volume />
            </div>
            <Roster
              call={call}
              roster={withOwnMedia(call)}
              onChoose={({ participantId }) => setSheet({ person: participantId })}
              onAdd={() => setSheet('add')}
            >
              <WordsNote call={call} />
            </Roster>
          </>
        ) : (
          <Between call={call} now={now} />
        )}
      </main>
      {call.state !== 'leaving' && (
        <CallControls
          call={call}
          isHeard={call.state === 'in' && isSpeaking(call)}
          isMutedByHost={call.state === 'in' && ownEntry(call)?.isMutedByHost === true}
          onReact={() => setSheet('react')}
          onHost={() => setSheet('host')}
        />
      )}
      {call.state === 'in' && sheet !== null && <ShownSheet call={call} sheet={sheet} onClose={() => setSheet(null)} />}
    </div>
  );
}

/** A host has more than one way out, and is asked for it. */
function Leave({ call, onAsk }: { call: Inside; onAsk: () => void }) {
  const text = useText();
  const icon = <IconDoorExit aria-hidden="true" stroke={1.75} />;
  const label = text('common.leave');
  if (call.state === 'in' && ownEntry(call)?.role === 'host') {
    return (
      <StepButton
        tone="fault"
        className="call-leave"
        icon={icon}
        label={label}
        opensSheet
        reason={null}
        onPress={onAsk}
      />
    );
  }
  return <TouchButton touch={{ kind: 'leave' }} tone="fault" className="call-leave" icon={icon} label={label} />;
}

/** A sheet is about what is so now: it goes with the role or the person that it was opened for. */
function ShownSheet({ call, sheet, onClose }: { call: InMeeting; sheet: OpenSheet; onClose: () => void }) {
  if (sheet === 'takeOver') return <TakeOverSheet call={call} onClose={onClose} />;
  if (sheet === 'react') return <ReactionSheet onClose={onClose} />;
  if (sheet === 'leave') return ownEntry(call)?.role === 'host' ? <LeaveSheet call={call} onClose={onClose} /> : null;
  if (!isHosting(call)) return null;
  if (sheet === 'host') return <HostSheet call={call} onClose={onClose} />;
  if (sheet === 'add') return <AddSheet call={call} onClose={onClose} />;
  if (sheet === 'waiting') return <WaitingSheet call={call} onClose={onClose} />;
  const entry = call.roster.find(({ participantId }) => participantId === sheet.person);
  return entry ? <PersonSheet call={call} entry={entry} onClose={onClose} /> : null;
}

/** The roster comes round by the server; what this room has just switched shows in its own row at once. */
function withOwnMedia({ roster, ownParticipantId, media }: Extract<Inside, { state: 'in' }>): RosterEntry[] {
  return roster.map((entry) =>
    entry.participantId === ownParticipantId
      ? { ...entry, media, isSpeaking: entry.isSpeaking && media.isMicrophoneOn }
      : entry,
  );
}

function isSpeaking(call: Extract<Inside, { state: 'in' }>): boolean {
  return call.media.isMicrophoneOn && ownEntry(call)?.isSpeaking === true;
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
