import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';

/** What one small door says about a room: a shape and a word, worst first where two are true. */
export const doorStates = ['fault', 'silent', 'impaired', 'settling', 'meeting', 'soon', 'ready', 'retired'] as const;
export type DoorState = (typeof doorStates)[number];

/** Why a door is not simply ready; null when there is nothing to say. */
export type DoorCause =
  | { kind: 'neverHeard' }
  | { kind: 'silentSince'; at: string }
  | { kind: 'noSpace' }
  | { kind: 'noRoom' }
  | { kind: 'waitsForReport' }
  | { kind: 'revoked' }
  | { kind: 'device'; device: string; name: string; state: 'missing' | 'failed' }
  | { kind: 'shortfall'; what: string; why: string };

export type DoorReading = { state: DoorState; cause: DoorCause | null; meeting: MeetingItem | null };

/** Reads a terminal's door from evidence alone: a terminal that is not heard is silent, whatever it last said. */
export function readDoor(terminal: Terminal, meetings: readonly MeetingItem[], nowMs: number): DoorReading {
  const meeting = nextMeeting(terminal, meetings, nowMs);
  if (terminal.stage === 'retired') return { state: 'retired', cause: { kind: 'revoked' }, meeting: null };
  if (!terminal.isOnline) {
    const cause: DoorCause = terminal.seenAt ? { kind: 'silentSince', at: terminal.seenAt } : { kind: 'neverHeard' };
    return { state: 'silent', cause, meeting };
  }
  if (terminal.meeting) return { state: 'meeting', cause: faultOf(terminal), meeting };
  if (!terminal.room) return { state: 'fault', cause: { kind: 'noRoom' }, meeting };
  if (!terminal.space) return { state: 'fault', cause: { kind: 'noSpace' }, meeting };
  if (terminal.stage !== 'assigned') return { state: 'settling', cause: { kind: 'waitsForReport' }, meeting };
  const fault = faultOf(terminal);
  if (fault) return { state: 'impaired', cause: fault, meeting };
  if (meeting && Date.parse(meeting.startAt) - nowMs <= joinableBeforeMs)
    return { state: 'soon', cause: null, meeting };
  return { state: 'ready', cause: null, meeting };
}

/** The first fault that its devices or its own report name. */
export function faultOf(terminal: Terminal): DoorCause | null {
  for (const device of terminal.peripherals) {
    if (device.state === 'missing' || device.state === 'failed') {
      return { kind: 'device', device: device.kind, name: device.name, state: device.state };
    }
  }
  const first = terminal.shortfalls[0];
  return first ? { kind: 'shortfall', what: first.what, why: first.why } : null;
}

function nextMeeting(terminal: Terminal, meetings: readonly MeetingItem[], nowMs: number): MeetingItem | null {
  const roomId = terminal.room?.id;
  if (!roomId) return null;
  const own = meetings.filter(
    (meeting) =>
      meeting.room?.id === roomId &&
      (meeting.state === 'live' || meeting.state === 'scheduled') &&
      Date.parse(meeting.endAt) > nowMs,
  );
  return own.sort((a, b) => a.startAt.localeCompare(b.startAt))[0] ?? null;
}
