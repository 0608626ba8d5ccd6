import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { WaitingEntry } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { AdmittedParticipant, Hosting, MeetingRef } from './ports.ts';

/** Who stands in the waiting rooms of this node's meetings, so that hosts see them and let them in. */
export interface WaitingRooms {
  /** Somebody asked and waits; they ask again, or count as gone. */
  hold(meeting: MeetingRef, participant: AdmittedParticipant, visitor: Visitor): void;
  /** They are in, or went away. */
  forget(meetingId: string, participantId: ParticipantId): void;
  list(meetingId: string): WaitingEntry[];
  /** Lets one in, or everybody; false when they are not here. */
  admit(meetingId: string, participantId: ParticipantId | null): Promise<boolean>;
  tell(meetingId: string, text: string): void;
}

/** How to reach somebody who waits. A terminal that asks again by itself is not there meanwhile. */
export type Visitor = { tell(text: string): void; askNow(): void };

type Waiter = { meeting: MeetingRef; entry: WaitingEntry; visitor: Visitor; askedAtMs: number };

/** Terminals ask again within half a minute; whoever has not asked for longer went away. */
const goneAfterMs = 40_000;

export function createWaitingRooms(deps: {
  letIn: Hosting['letIn'];
  onChange: (meetingId: string) => void;
  clock: Clock;
}): WaitingRooms {
  const { letIn, onChange, clock } = deps;
  const rooms = new Map<string, Map<ParticipantId, Waiter>>();

  function present(meetingId: string): Waiter[] {
    const nowMs = clock.monotonicMs();
    return [...(rooms.get(meetingId)?.values() ?? [])].filter(({ askedAtMs }) => nowMs - askedAtMs < goneAfterMs);
  }

  function forget(meetingId: string, participantId: ParticipantId): void {
    const room = rooms.get(meetingId);
    if (!room?.delete(participantId)) return;
    if (room.size === 0) rooms.delete(meetingId);
    onChange(meetingId);
  }

  return {
    hold(meeting, { participantId, name, kind }, visitor) {
      const room = rooms.get(meeting.meetingId) ?? new Map<ParticipantId, Waiter>();
      rooms.set(meeting.meetingId, room);
      const known = room.get(participantId);
      const since = known?.entry.since ?? clock.now().toISOString();
      const entry = { participantId, name, kind, since };
      room.set(participantId, { meeting, entry, visitor, askedAtMs: clock.monotonicMs() });
      if (!known) onChange(meeting.meetingId);
    },
    forget,
    list: (meetingId) => present(meetingId).map(({ entry }) => entry),
    async admit(meetingId, participantId) {
      const chosen = present(meetingId).filter(
        ({ entry }) => participantId === null || entry.participantId === participantId,
      );
      const [first] = chosen;
      if (!first) return false;
      await letIn(
        first.meeting,
        chosen.map(({ entry }) => entry.participantId),
      );
      for (const { entry, visitor } of chosen) {
        forget(meetingId, entry.participantId);
        visitor.askNow();
      }
      return true;
    },
    tell(meetingId, text) {
      for (const { visitor } of present(meetingId)) visitor.tell(text);
    },
  };
}

/** What can be done to a meeting that nobody is in. */
export async function controlWaiting(
  rooms: Pick<WaitingRooms, 'admit' | 'list' | 'tell'>,
  meetingId: string,
  action: ControlAction,
): Promise<ControlRefusal | null> {
  if (action.kind === 'admit') return (await rooms.admit(meetingId, action.participantId)) ? null : 'not_waiting';
  if (action.kind !== 'tellWaiting') return 'not_here';
  if (rooms.list(meetingId).length === 0) return 'not_waiting';
  rooms.tell(meetingId, action.text);
  return null;
}
