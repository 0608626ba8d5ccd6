import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { hostsMeeting, type MeetingControls, openControls } from '@anteroom/shared/meeting/control.ts';
import type { SharedContent } from '@anteroom/shared/meeting/sharing.ts';
import type { Instant } from '@anteroom/shared/protocol/envelope.ts';
import type { MediaState, RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { PublishedStream } from '../media-nodes/videoroom.ts';
import type { AdmittedParticipant } from './ports.ts';

/** Who is in a live meeting and what they send, as a value. Sockets and the media server are elsewhere. */
export type Publication = { feed: string; streams: readonly PublishedStream[] };

/** What hosts decided about a participant; it holds for whoever comes back. */
export type Verdict = {
  isCohost: boolean;
  isMutedByHost: boolean;
  isCameraStoppedByHost: boolean;
  /** What a host renamed them to. */
  name: string | null;
};

/** Who has the host role. */
export type Host = {
  participantId: ParticipantId;
  /** `arrival`: they may host and came; `succession`: the host was gone; `handOver`: the host said so. */
  by: 'arrival' | 'succession' | 'handOver';
};

export type Member = Omit<AdmittedParticipant, 'role'> & {
  /** What admission says they are to this meeting. */
  standing: AdmittedParticipant['role'];
  /** Of their ticket, before a host renamed them. */
  ownName: string;
  role: RosterEntry['role'];
  /** What they open themselves; a host's mute goes before it. */
  media: MediaState;
  isMutedByHost: boolean;
  isCameraStoppedByHost: boolean;
  handRaisedAt: Instant | null;
  isConnected: boolean;
  /** The media server's last word; it says nothing while no sound comes, so a closed microphone leaves it standing. */
  isTalking: boolean;
  networkTrouble: RosterEntry['networkTrouble'];
  isMutedInRoom: boolean;
  joinedAt: Instant;
  /** Place in the order of joining. */
  order: number;
  lastSpokeMs: number | null;
  /** What can be subscribed to now; null before the media connection is up and after it is gone. */
  publication: Publication | null;
};

/** What is shared now. A whiteboard has no publication, a screen has none before its connection is up and after it is gone. */
export type Content = SharedContent & { publication: Publication | null };

export type MeetingState = {
  /** Grows with every change that the roster shows. */
  revision: number;
  joins: number;
  members: ReadonlyMap<ParticipantId, Member>;
  controls: MeetingControls;
  content: Content | null;
  host: Host | null;
  /** About participants who are not here, by their holder. */
  absent: ReadonlyMap<string, Verdict>;
};

export const emptyMeeting: MeetingState = {
  revision: 0,
  joins: 0,
  members: new Map(),
  controls: openControls,
  content: null,
  host: null,
  absent: new Map(),
};

/** Everybody in the meeting, in the order of joining. */
export function rosterOf(state: MeetingState): RosterEntry[] {
  return [...state.members.values()].map(toRosterEntry);
}

/** The state with one member changed; the same object when nothing did. */
export function change(
  state: MeetingState,
  participantId: ParticipantId,
  edit: (member: Member) => Member,
): MeetingState {
  const before = state.members.get(participantId);
  if (!before) return state;
  const after = edit(before);
  if (isSame(before, after)) return state;
  const isVisible = !isSame(toRosterEntry(before), toRosterEntry(after));
  return {
    ...state,
    revision: state.revision + (isVisible ? 1 : 0),
    members: new Map(state.members).set(participantId, after),
  };
}

function isSame(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function toRosterEntry(member: Member): RosterEntry {
  const { participantId, name, kind, role, media, isMutedByHost, isCameraStoppedByHost, handRaisedAt } = member;
  const { isConnected, networkTrouble, isMutedInRoom, joinedAt } = member;
  return {
    ...{ participantId, name, kind, role, media, isMutedByHost, isCameraStoppedByHost, handRaisedAt },
    ...{ isConnected, isSpeaking: isSpeaking(member), networkTrouble, isMutedInRoom, joinedAt },
  };
}

export function toSharedContent(content: Content | null): SharedContent | null {
  if (content === null) return null;
  const { kind, participantId, startedAt } = content;
  return { kind, participantId, startedAt };
}

/** What hosts decided about a member; null when they decided nothing. */
export function verdictOn(member: Member): Verdict | null {
  const { isMutedByHost, isCameraStoppedByHost, role } = member;
  const name = member.name === member.ownName ? null : member.name;
  const isCohost = role === 'cohost';
  if (!isCohost && !isMutedByHost && !isCameraStoppedByHost && name === null) return null;
  return { isCohost, isMutedByHost, isCameraStoppedByHost, name };
}

export function isHosting(member: Pick<Member, 'role'> | undefined): boolean {
  return member !== undefined && hostsMeeting(member.role);
}

export function isSpeaking(member: Member): boolean {
  return member.isTalking && member.media.isMicrophoneOn && member.isConnected;
}
