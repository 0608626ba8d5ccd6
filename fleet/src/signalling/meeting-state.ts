import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { Instant } from '@anteroom/shared/protocol/envelope.ts';
import type { MediaState, RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { PublishedStream } from '../media-nodes/videoroom.ts';
import type { AdmittedParticipant } from './ports.ts';

/** Who is in a live meeting and what they send, as a value. Sockets and the media server are elsewhere. */
export type Publication = { feed: string; streams: readonly PublishedStream[] };

export type Member = AdmittedParticipant & {
  media: MediaState;
  isConnected: boolean;
  /** The media server's last word; it says nothing while no sound comes, so a closed microphone leaves it standing. */
  isTalking: boolean;
  joinedAt: Instant;
  /** Place in the order of joining. */
  order: number;
  lastSpokeMs: number | null;
  /** What can be subscribed to now; null before the media connection is up and after it is gone. */
  publication: Publication | null;
};

export type MeetingState = {
  /** Grows with every change that the roster shows. */
  revision: number;
  joins: number;
  members: ReadonlyMap<ParticipantId, Member>;
};

export type MeetingEvent =
  /** Entered, or came back to the own place. */
  | { kind: 'joined'; participant: AdmittedParticipant; media: MediaState; at: Instant }
  | { kind: 'connectionLost'; participantId: ParticipantId }
  | { kind: 'mediaChanged'; participantId: ParticipantId; media: MediaState }
  | { kind: 'publicationLive'; participantId: ParticipantId; publication: Publication }
  | { kind: 'publicationGone'; participantId: ParticipantId; feed: string }
  | { kind: 'talking'; participantId: ParticipantId; isTalking: boolean; atMs: number }
  | { kind: 'mediaServerLost' }
  | { kind: 'left'; participantId: ParticipantId };

export const emptyMeeting: MeetingState = { revision: 0, joins: 0, members: new Map() };

/** The state after `event`; the same object when the event means nothing. */
export function next(state: MeetingState, event: MeetingEvent): MeetingState {
  switch (event.kind) {
    case 'joined':
      return join(state, event);
    case 'connectionLost':
      return change(state, event.participantId, (member) => ({ ...member, isConnected: false }));
    case 'mediaChanged':
      return change(state, event.participantId, (member) => ({ ...member, media: event.media }));
    case 'publicationLive':
      return change(state, event.participantId, (member) => ({ ...member, publication: event.publication }));
    case 'publicationGone':
      return change(state, event.participantId, (member) =>
        member.publication?.feed === event.feed ? { ...member, publication: null, isTalking: false } : member,
      );
    case 'talking':
      return change(state, event.participantId, (member) => {
        const after = { ...member, isTalking: event.isTalking };
        const lastSpokeMs = isSpeaking(member) || isSpeaking(after) ? event.atMs : member.lastSpokeMs;
        return { ...after, lastSpokeMs };
      });
    case 'mediaServerLost':
      return [...state.members.keys()].reduce(
        (before, participantId) =>
          change(before, participantId, (member) => ({ ...member, publication: null, isTalking: false })),
        state,
      );
    case 'left':
      return leave(state, event.participantId);
    default:
      return assertNever(event);
  }
}

/** Everybody in the meeting, in the order of joining. */
export function rosterOf(state: MeetingState): RosterEntry[] {
  return [...state.members.values()].map(toRosterEntry);
}

function join(state: MeetingState, event: Extract<MeetingEvent, { kind: 'joined' }>): MeetingState {
  const { participantId } = event.participant;
  const known = state.members.get(participantId);
  if (known) {
    const back = { ...event.participant, media: event.media, isConnected: true };
    return change(state, participantId, (member) => ({ ...member, ...back }));
  }
  const member: Member = {
    ...event.participant,
    media: event.media,
    isConnected: true,
    isTalking: false,
    joinedAt: event.at,
    order: state.joins,
    lastSpokeMs: null,
    publication: null,
  };
  return {
    revision: state.revision + 1,
    joins: state.joins + 1,
    members: new Map(state.members).set(participantId, member),
  };
}

function leave(state: MeetingState, participantId: ParticipantId): MeetingState {
  if (!state.members.has(participantId)) return state;
  const members = new Map(state.members);
  members.delete(participantId);
  return { ...state, revision: state.revision + 1, members };
}

function change(state: MeetingState, participantId: ParticipantId, edit: (member: Member) => Member): MeetingState {
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

function toRosterEntry(member: Member): RosterEntry {
  const { participantId, name, kind, role, media, isConnected, joinedAt } = member;
  return { participantId, name, kind, role, media, isConnected, isSpeaking: isSpeaking(member), joinedAt };
}

function isSpeaking(member: Member): boolean {
  return member.isTalking && member.media.isMicrophoneOn && member.isConnected;
}
