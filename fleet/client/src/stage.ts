import type { MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { Problem } from '@anteroom/shared/errors/problem.ts';
import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { EndReason } from '@anteroom/ui/signalling/client-types.ts';
import type { MeetingClientState } from '@anteroom/ui/signalling/meeting-client.ts';

/** Why the door did not open: the server's problem, a refusal of the meeting, or no answer. */
export type Obstacle =
  | { kind: 'problem'; problem: Problem }
  | { kind: 'refused'; reason: JoinRefusal }
  | { kind: 'noAnswer' };

export type JoinedState = Extract<MeetingClientState, { phase: 'joined' }>;

/** Where the guest is: before the door, going in, in the meeting, or out again. */
export type Stage =
  | { name: 'looking' }
  /** The link leads nowhere, or nobody answers. */
  | { name: 'noDoor'; obstacle: Obstacle }
  | { name: 'door'; door: MeetingDoor; obstacle: Obstacle | null }
  /** `held`: not yet, for this reason; the client goes in by itself when it ends. */
  | { name: 'entering'; door: MeetingDoor; held: JoinRefusal | null; notice: string | null }
  | { name: 'in'; door: MeetingDoor; client: JoinedState }
  | { name: 'out'; door: MeetingDoor; reason: EndReason };

export type StageEvent =
  | { type: 'looked'; door: MeetingDoor }
  | { type: 'lookFailed'; obstacle: Obstacle }
  | { type: 'joinPressed' }
  | { type: 'enterFailed'; obstacle: Obstacle }
  | { type: 'cancelled' }
  | { type: 'client'; state: MeetingClientState };

/** The next stage. An event that means nothing where the guest is leaves everything as it was. */
export function nextStage(stage: Stage, event: StageEvent): Stage {
  switch (event.type) {
    case 'looked':
      if (stage.name === 'looking' || stage.name === 'noDoor')
        return { name: 'door', door: event.door, obstacle: null };
      if (stage.name === 'door') return { ...stage, door: event.door };
      return stage;
    case 'lookFailed':
      // A door that was seen once stays: the next look, or Join itself, tells more.
      return stage.name === 'looking' || stage.name === 'noDoor' ? { name: 'noDoor', obstacle: event.obstacle } : stage;
    case 'joinPressed':
      return stage.name === 'door' || stage.name === 'out'
        ? { name: 'entering', door: stage.door, held: null, notice: null }
        : stage;
    case 'enterFailed':
      return stage.name === 'entering' ? { name: 'door', door: stage.door, obstacle: event.obstacle } : stage;
    case 'cancelled':
      return stage.name === 'entering' ? { name: 'door', door: stage.door, obstacle: null } : stage;
    case 'client':
      return followClient(stage, event.state);
    default:
      return assertNever(event);
  }
}

function followClient(stage: Stage, state: MeetingClientState): Stage {
  if (stage.name !== 'entering' && stage.name !== 'in') return stage;
  const { door } = stage;
  switch (state.phase) {
    case 'connecting':
      return stage;
    case 'joined':
      return { name: 'in', door, client: state };
    case 'held':
      return { name: 'entering', door, held: state.reason, notice: state.notice };
    case 'refused':
      if (state.isTryingAgain) return { name: 'entering', door, held: state.reason, notice: null };
      return { name: 'door', door, obstacle: { kind: 'refused', reason: state.reason } };
    case 'ended':
      return { name: 'out', door, reason: state.reason };
    default:
      return assertNever(state);
  }
}
