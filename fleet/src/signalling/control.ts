import { assertNever } from '@anteroom/shared/assert-never.ts';
import { type ParticipantId, participantId as participantIdSchema } from '@anteroom/shared/ids.ts';
import { type CalleeChoice, type CalleeId, choiceOf } from '@anteroom/shared/meeting/calling.ts';
import {
  type ControlAction,
  type ControlRefusal,
  mayControl,
  type Reaction,
} from '@anteroom/shared/meeting/control.ts';
import type { Instant } from '@anteroom/shared/protocol/envelope.ts';
import { passHost, plainRoleOf } from './host-role.ts';
import { change, type MeetingState, type Member } from './members.ts';
import { endForbiddenShare, endShare, startShare } from './sharing.ts';

/** What is to be done besides the new state, as values; the live meeting does it. */
export type ControlEffect =
  | { effect: 'ask'; participantId: ParticipantId; what: 'microphone' | 'camera' }
  | { effect: 'remove'; participantId: ParticipantId }
  | { effect: 'call'; choice: CalleeChoice }
  | { effect: 'endRing'; calleeId: CalleeId }
  | { effect: 'endStay'; participantId: ParticipantId }
  | { effect: 'lock'; isLocked: boolean }
  | { effect: 'admit'; participantId: ParticipantId | null }
  | { effect: 'tellWaiting'; text: string }
  | { effect: 'extend'; minutes: number }
  | { effect: 'end' }
  | { effect: 'react'; reaction: Reaction }
  | { effect: 'chat'; text: string };

export type ControlResult =
  | { ok: true; state: MeetingState; effects: readonly ControlEffect[] }
  | { ok: false; refusal: ControlRefusal };

const refuse = (refusal: ControlRefusal): ControlResult => ({ ok: false, refusal });
const done = (state: MeetingState, ...effects: ControlEffect[]): ControlResult => ({ ok: true, state, effects });

/**
 * Carries one action out on the meeting, as a value. `by` is who does it; null for somebody who controls the meeting from
 * outside, with the rights of its host.
 */
export function control(
  state: MeetingState,
  by: ParticipantId | null,
  action: ControlAction,
  at: Instant,
): ControlResult {
  const actor = by === null ? null : state.members.get(by);
  if (actor === undefined) return refuse('not_here');
  if (actor !== null && action.kind === 'unmute' && isOwn(actor, action)) return liftOwnMute(state, actor);
  if (actor !== null && action.kind === 'stopShare' && isOwn(actor, action))
    return done(endShare(state, action.participantId));
  if (!mayControl(actor?.role ?? 'host', action.kind)) return refuse('not_allowed');
  switch (action.kind) {
    case 'raiseHand':
    case 'react':
    case 'chat':
      return actor === null ? refuse('not_here') : speakUp(state, actor, action, at);
    case 'openWhiteboard':
      return actor === null ? refuse('not_here') : openWhiteboard(state, actor, action.takesOver, at);
    case 'allowSharing':
      return done(endForbiddenShare(withControls(state, { canShare: action.isAllowed })));
    case 'muteAll':
      return muteAll(state, actor, action.canUnmute);
    case 'unmuteAll':
      return unmuteAll(state, actor);
    case 'call':
      return done(state, { effect: 'call', choice: action.callees });
    case 'callAgain':
      return done(state, { effect: 'call', choice: choiceOf(action.calleeId) });
    case 'hangUp':
      return hangUp(state, actor, action.whom);
    case 'lock':
      return done(withControls(state, { isLocked: action.isLocked }), { effect: 'lock', isLocked: action.isLocked });
    case 'admit':
      return done(state, { effect: 'admit', participantId: action.participantId });
    case 'tellWaiting':
      return done(state, { effect: 'tellWaiting', text: action.text });
    case 'spotlight':
      if (action.participantId !== null && !state.members.has(action.participantId)) return refuse('not_here');
      return done(withControls(state, { spotlight: action.participantId }));
    case 'extend':
      return done(state, { effect: 'extend', minutes: action.minutes });
    case 'end':
      return done(state, { effect: 'end' });
    default: {
      const target = state.members.get(action.participantId);
      return target ? controlOne(state, actor, target, action) : refuse('not_here');
    }
  }
}

type Targeted = Extract<
  ControlAction,
  {
    kind:
      | 'mute'
      | 'unmute'
      | 'stopCamera'
      | 'allowCamera'
      | 'remove'
      | 'handOver'
      | 'setCohost'
      | 'rename'
      | 'lowerHand'
      | 'stopShare';
  }
>;

function controlOne(state: MeetingState, actor: Member | null, target: Member, action: Targeted): ControlResult {
  const { participantId } = target;
  const edit = (traits: Partial<Member>) => change(state, participantId, (member) => ({ ...member, ...traits }));
  switch (action.kind) {
    case 'mute':
      return done(edit({ isMutedByHost: true, media: { ...target.media, isMicrophoneOn: false } }));
    case 'unmute':
      return done(edit({ isMutedByHost: false, handRaisedAt: null }), {
        effect: 'ask',
        participantId,
        what: 'microphone',
      });
    case 'stopCamera':
      return done(edit({ isCameraStoppedByHost: true, media: { ...target.media, isCameraOn: false } }));
    case 'allowCamera':
      return done(edit({ isCameraStoppedByHost: false }), { effect: 'ask', participantId, what: 'camera' });
    case 'remove':
      if (actor === target) return refuse('yourself');
      return target.role === 'host' ? refuse('host_protected') : done(state, { effect: 'remove', participantId });
    case 'handOver':
      if (actor === target) return refuse('yourself');
      return done(passHost(state, { participantId, by: 'handOver' }, { keeps: true }));
    case 'setCohost':
      if (actor === target || target.role === 'host') return refuse('yourself');
      return done(endForbiddenShare(edit({ role: action.isCohost ? 'cohost' : plainRoleOf(target) })));
    case 'rename':
      return done(edit({ name: action.name }));
    case 'lowerHand':
      return done(edit({ handRaisedAt: null }));
    case 'stopShare':
      return done(endShare(state, participantId));
    default:
      return assertNever(action);
  }
}

function isOwn(actor: Member, action: { participantId: ParticipantId }): boolean {
  return actor.participantId === action.participantId;
}

function hangUp(
  state: MeetingState,
  actor: Member | null,
  whom: Extract<ControlAction, { kind: 'hangUp' }>['whom'],
): ControlResult {
  if (!isParticipant(whom)) return done(state, { effect: 'endRing', calleeId: whom });
  const target = state.members.get(whom);
  if (!target) return refuse('not_here');
  if (target === actor) return refuse('yourself');
  return target.role === 'host' ? refuse('host_protected') : done(state, { effect: 'endStay', participantId: whom });
}

function isParticipant(id: ParticipantId | CalleeId): id is ParticipantId {
  return participantIdSchema.safeParse(id).success;
}

function openWhiteboard(state: MeetingState, actor: Member, takesOver: boolean, at: Instant): ControlResult {
  const start = startShare(state, actor, { kind: 'whiteboard', takesOver }, at);
  return start.ok ? done(start.state) : refuse(start.refusal);
}

/** Everybody opens their own microphone where the meeting lets them; hosts and co-hosts always do. */
function liftOwnMute(state: MeetingState, actor: Member): ControlResult {
  const mayLift = !actor.isMutedByHost || state.controls.canUnmute || mayControl(actor.role, 'unmute');
  if (!mayLift) return refuse('muted_by_host');
  return done(change(state, actor.participantId, (member) => ({ ...member, isMutedByHost: false })));
}

function muteAll(state: MeetingState, actor: Member | null, canUnmute: boolean): ControlResult {
  const muted = withControls(state, { isMutedOnEntry: true, canUnmute });
  const others = [...state.members.values()].filter(
    (member) => member !== actor && member.role !== 'host' && member.role !== 'cohost',
  );
  return done(
    others.reduce(
      (before, { participantId }) =>
        change(before, participantId, (member) => ({
          ...{ ...member, isMutedByHost: true, media: { ...member.media, isMicrophoneOn: false } },
        })),
      muted,
    ),
  );
}

/** Lifts what hosts muted, and asks those whose microphone it was. */
function unmuteAll(state: MeetingState, actor: Member | null): ControlResult {
  const muted = [...state.members.values()].filter((member) => member.isMutedByHost);
  const absent = new Map([...state.absent].map(([holder, verdict]) => [holder, { ...verdict, isMutedByHost: false }]));
  const open: MeetingState = { ...withControls(state, { isMutedOnEntry: false, canUnmute: true }), absent };
  const lifted = muted.reduce(
    (before, { participantId }) => change(before, participantId, (member) => ({ ...member, isMutedByHost: false })),
    open,
  );
  const asked = muted.filter((member) => member.participantId !== actor?.participantId);
  return done(
    lifted,
    ...asked.map(({ participantId }): ControlEffect => ({ effect: 'ask', participantId, what: 'microphone' })),
  );
}

function speakUp(
  state: MeetingState,
  { participantId }: Member,
  action: Extract<ControlAction, { kind: 'raiseHand' | 'react' | 'chat' }>,
  at: Instant,
): ControlResult {
  switch (action.kind) {
    case 'raiseHand':
      return done(
        change(state, participantId, (member) => ({
          ...{ ...member, handRaisedAt: action.isRaised ? (member.handRaisedAt ?? at) : null },
        })),
      );
    case 'react':
      return done(state, { effect: 'react', reaction: action.reaction });
    case 'chat':
      return done(state, { effect: 'chat', text: action.text });
    default:
      return assertNever(action);
  }
}

function withControls(state: MeetingState, controls: Partial<MeetingState['controls']>): MeetingState {
  return { ...state, controls: { ...state.controls, ...controls } };
}
