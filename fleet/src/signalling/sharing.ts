import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ContentKind, ShareEnd, shareRuleRefusals } from '@anteroom/shared/meeting/sharing.ts';
import type { Instant } from '@anteroom/shared/protocol/envelope.ts';
import { isHosting, type MeetingState, type Member, type Publication } from './members.ts';

/**
 * Who may show what to everybody beside the people: one at a time, hosts before others. What is not the content of the
 * meeting is not on the media server either; content-desk.ts sees to that.
 */
export type ShareWish = { kind: ContentKind; takesOver: boolean };
export type ShareStart = { ok: true; state: MeetingState } | { ok: false; refusal: keyof typeof shareRuleRefusals };

/** The state in which `member` shares, or why they may not. Whoever shares the same already goes on. */
export function startShare(
  state: MeetingState,
  member: Member,
  { kind, takesOver }: ShareWish,
  at: Instant,
): ShareStart {
  const { content } = state;
  if (!mayShare(state, member)) return { ok: false, refusal: 'sharing_not_allowed' };
  if (content !== null && content.participantId !== member.participantId) {
    const isFromHost = isHosting(state.members.get(content.participantId));
    if (isFromHost && !isHosting(member)) return { ok: false, refusal: 'host_shares' };
    if (!takesOver) return { ok: false, refusal: 'somebody_shares' };
  }
  if (isSharing(state, member.participantId, kind)) return { ok: true, state };
  const { participantId } = member;
  return { ok: true, state: { ...state, content: { kind, participantId, startedAt: at, publication: null } } };
}

function mayShare({ controls }: MeetingState, member: Member): boolean {
  return controls.canShare || isHosting(member);
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
  return sharer && !mayShare(state, sharer) ? endShare(state, sharer.participantId) : state;
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
