import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { offsetMinutes } from '@anteroom/shared/time/zoned.ts';
import type { Sensed } from './sensors.ts';

/** What goes on in a room, as far as its devices care. */
export type Situation = {
  nowMs: number;
  /** Since midnight in the space's time zone; null while the terminal has no space. */
  localMinutes: number | null;
  isInCall: boolean;
  isRinging: boolean;
  /** What the room's display shows; null while a call is on its way out, or back. */
  layout: 'idle' | 'gallery' | 'speaker' | 'content' | null;
  /** Something is shared in the meeting, or a laptop is shown outside of one; null while that is not known. */
  isContentShown: boolean | null;
  /** The far end hears the room. */
  isMicrophoneOpen: boolean;
  meetings: readonly { startMs: number; endMs: number }[];
  lastCallAtMs: number;
  lastOccupiedAtMs: number;
} & Sensed;

/** What is remembered of earlier situations. */
export type Memory = Pick<Situation, 'lastCallAtMs' | 'lastOccupiedAtMs'>;

export type RoomFacts = Pick<PanelState, 'binding' | 'call' | 'meetings' | 'input' | 'isMutedInRoom'>;

/** Pure. `before`: the situation that was, or when the terminal started. */
export function situationOf(facts: RoomFacts, sensed: Sensed, before: Memory, nowMs: number): Situation {
  const { binding, call, meetings } = facts;
  const timeZone = binding.state === 'claimed' ? binding.space?.timeZone : undefined;
  const isInCall = call.state !== 'idle' && call.state !== 'ringing' && call.state !== 'failed';
  const isContentShown = contentShown(facts);
  return {
    ...{ nowMs, ...sensed, isInCall, isContentShown },
    localMinutes: timeZone === undefined ? null : minutesOfDay(nowMs, timeZone),
    isRinging: call.state === 'ringing',
    layout: layoutOf(call, isContentShown),
    isMicrophoneOpen: isMicrophoneOpen(facts),
    meetings: meetings.map(({ startAt, endAt }) => ({ startMs: Date.parse(startAt), endMs: Date.parse(endAt) })),
    lastCallAtMs: isInCall || isContentShown ? nowMs : before.lastCallAtMs,
    lastOccupiedAtMs: sensed.isOccupied ? nowMs : before.lastOccupiedAtMs,
  };
}

function minutesOfDay(nowMs: number, timeZone: string): number {
  const minutes = Math.floor(nowMs / 60_000) + offsetMinutes(nowMs, timeZone);
  return ((minutes % 1440) + 1440) % 1440;
}

function contentShown({ call, input }: RoomFacts): boolean | null {
  if (call.state === 'in') return call.content !== null || call.ownShare.phase === 'on';
  if (call.state === 'reconnecting' || call.state === 'leaving') return null;
  return input?.isShown ?? false;
}

function layoutOf(call: RoomFacts['call'], isContentShown: boolean | null): Situation['layout'] {
  switch (call.state) {
    case 'idle':
    case 'ringing':
    case 'failed':
      return 'idle';
    case 'joining':
      return 'gallery';
    case 'in': {
      if (isContentShown) return 'content';
      const others = call.roster.filter(({ participantId }) => participantId !== call.ownParticipantId);
      return others.length === 1 ? 'speaker' : 'gallery';
    }
    case 'reconnecting':
    case 'leaving':
      return null;
  }
}

/** What the media server says is heard of this room counts, and what is not known is closed. */
function isMicrophoneOpen({ call, isMutedInRoom }: RoomFacts): boolean {
  if (call.state !== 'in' || isMutedInRoom || !call.media.isMicrophoneOn) return false;
  const own = call.roster.find(({ participantId }) => participantId === call.ownParticipantId);
  return own?.media.isMicrophoneOn === true && !own.isMutedByHost && !own.isMutedInRoom;
}
