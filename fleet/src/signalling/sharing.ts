import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { refusalToShare } from '@anteroom/shared/meeting/share-rules.ts';
import type { ContentKind, ShareEnd, ShareRuleRefusal } from '@anteroom/shared/meeting/sharing.ts';
import type { Instant } from '@anteroom/shared/protocol/envelope.ts';
import type { MeetingState, Member, Publication } from './members.ts';

/**
 * Who may show what to everybody beside the people: one at a time, hosts before others. What is not the content of the
 * meeting is not on the media server either; content-desk.ts sees to that.
 */
export type ShareWish = { kind: ContentKind; takesOver: boolean };
export type ShareStart = { ok: true; state: MeetingState } | { ok: false; refusal: ShareRuleRefusal };

/** The state in which `member` shares, or why they may not. Whoever shares the same already goes on. */
export function startShare(
  state: MeetingState,
  member: Member,
  { kind, takesOver }: ShareWish,
  at: Instant,
): ShareStart {
  const { controls, content } = state;
  const sharerRole = (content && state.members.get(content.participantId)?.role) ?? null;
  const refusal = refusalToShare({ own: member, controls, content, sharerRole }, { takesOver });
  if (refusal !== null) return { ok: false, refusal };
  const { participantId } = member;
  if (isSharing(state, participantId, kind)) return { ok: true, state };
  return { ok: true, state: { ...state, content: { kind, participantId, startedAt: at, publication: null } } };
}

function isSharing({ content }: MeetingState, participantId: ParticipantId, kind: ContentKind): boolean {
  return content?.participantId === participantId && content.kind === kind;
}

export function sharesScreen(state: MeetingState, participantId: ParticipantId): boolean {
  return isSharing(state, participantId, 'screen');
}

export function endShare(state: MeetingState, participantId: ParticipantId): MeetingState {
  return state.content?.participantId === participantId ? { ...state, content: null } : state;
}

/** A whiteboard needs nobody's media, and stays. */
export function endScreen(state: MeetingState, participantId: ParticipantId): MeetingState {
  return sharesScreen(state, participantId) ? { ...state, content: null } : state;
}

/** Ends the share of somebody who may not share any more. */
export function endForbiddenShare(state: MeetingState): MeetingState {
  const sharer = state.content && state.members.get(state.content.participantId);
  if (!sharer) return state;
  const { controls, content } = state;
  const isForbidden = refusalToShare({ own: sharer, controls, content, sharerRole: sharer.role }, { takesOver: false });
  return isForbidden ? endShare(state, sharer.participantId) : state;
}

/** What can be subscribed to of the screen that `participantId` shares. */
export function withPublication(
  state: MeetingState,
  participantId: ParticipantId,
  publication: Publication | null,
): MeetingState {
  const { content } = state;
  if (content === null || !sharesScreen(state, participantId)) return state;
  return content.publication === publication ? state : { ...state, content: { ...content, publication } };
}

/** Whose screen is shared no more after a change, and how they are told. */
export function endedShare(
  before: MeetingState,
  after: MeetingState,
): { participantId: ParticipantId; reason: ShareEnd } | null {
  const { content } = before;
  if (content?.kind !== 'screen' || sharesScreen(after, content.participantId)) return null;
  return { participantId: content.participantId, reason: after.content === null ? 'stopped' : 'taken_over' };
}
