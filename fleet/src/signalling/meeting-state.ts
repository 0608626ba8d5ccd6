import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { Instant } from '@anteroom/shared/protocol/envelope.ts';
import type { MediaState, NetworkTrouble } from '@anteroom/shared/signalling/messages.ts';
import { followArrival, followHostAway, followLeaving } from './host-role.ts';
import { change, isSpeaking, type MeetingState, type Member, type Publication, verdictOn } from './members.ts';
import type { AdmittedParticipant } from './ports.ts';
import { endScreen, endShare, withPublication } from './sharing.ts';

/** What happens in a live meeting, and the state after it. What hosts do is in control.ts. */
export type MeetingEvent =
  /** Entered, or came back to the own place. */
  | { kind: 'joined'; participant: AdmittedParticipant; media: MediaState; at: Instant }
  | { kind: 'connectionLost'; participantId: ParticipantId }
  /** As they say it themselves. */
  | { kind: 'networkTold'; participantId: ParticipantId; trouble: NetworkTrouble | null }
  /** Of a terminal alone: people have no key in a room. */
  | { kind: 'roomMuteTold'; participantId: ParticipantId; isMuted: boolean }
  | { kind: 'mediaChanged'; participantId: ParticipantId; media: MediaState }
  | { kind: 'publicationLive'; participantId: ParticipantId; publication: Publication }
  | { kind: 'publicationGone'; participantId: ParticipantId; feed: string }
  | { kind: 'talking'; participantId: ParticipantId; isTalking: boolean; atMs: number }
  | { kind: 'contentLive'; participantId: ParticipantId; publication: Publication }
  | { kind: 'contentGone'; participantId: ParticipantId; feed: string }
  /** Their screen did not get to the media server, or they came back without it. */
  | { kind: 'screenEnded'; participantId: ParticipantId }
  | { kind: 'mediaServerLost' }
  /** `isOwnWill` false: the connection dropped and did not come back. */
  | { kind: 'left'; participantId: ParticipantId; isOwnWill: boolean }
  /** A host's connection has been away for as long as the role waits. */
  | { kind: 'hostAway' };

/** The state after `event`; the same object when the event means nothing. */
export function next(state: MeetingState, event: MeetingEvent): MeetingState {
  switch (event.kind) {
    case 'joined':
      return join(state, event);
    case 'connectionLost':
      // Whoever is away says nothing of their network.
      return change(state, event.participantId, (member) => ({ ...member, isConnected: false, networkTrouble: null }));
    case 'networkTold':
      return change(state, event.participantId, (member) => ({ ...member, networkTrouble: event.trouble }));
    case 'roomMuteTold':
      return change(state, event.participantId, (member) => ({
        ...member,
        isMutedInRoom: member.kind === 'terminal' && event.isMuted,
      }));
    case 'mediaChanged':
      return change(state, event.participantId, (member) => ({
        ...member,
        media: closedAsDecided(event.media, member),
      }));
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
    case 'contentLive':
      return withPublication(state, event.participantId, event.publication);
    case 'contentGone':
      return state.content?.publication?.feed === event.feed
        ? withPublication(state, event.participantId, null)
        : state;
    case 'screenEnded':
      return endScreen(state, event.participantId);
    case 'mediaServerLost':
      return loseMedia(state);
    case 'left':
      return leave(state, event.participantId, event.isOwnWill);
    case 'hostAway':
      return followHostAway(state);
    default:
      return assertNever(event);
  }
}

function loseMedia(state: MeetingState): MeetingState {
  const silent = [...state.members.keys()].reduce(
    (before, participantId) =>
      change(before, participantId, (member) => ({ ...member, publication: null, isTalking: false })),
    state,
  );
  return silent.content ? withPublication(silent, silent.content.participantId, null) : silent;
}

function join(state: MeetingState, event: Extract<MeetingEvent, { kind: 'joined' }>): MeetingState {
  const { participantId, role: standing, ...participant } = event.participant;
  if (state.members.has(participantId))
    return change(state, participantId, (member) => ({
      ...{ ...member, standing, media: closedAsDecided(event.media, member) },
      ...{ isConnected: true, networkTrouble: null, isMutedInRoom: false },
    }));
  const verdict = state.absent.get(participant.holder);
  const { isMutedByHost, isCameraStoppedByHost } = decidedBefore(state, event.participant);
  const member: Member = {
    ...participant,
    participantId,
    name: verdict?.name ?? participant.name,
    ownName: participant.name,
    standing,
    role: verdict?.isCohost ? 'cohost' : standing === 'guest' ? 'guest' : 'member',
    media: closedAsDecided(event.media, { isMutedByHost, isCameraStoppedByHost }),
    isMutedByHost,
    isCameraStoppedByHost,
    handRaisedAt: null,
    isConnected: true,
    isTalking: false,
    networkTrouble: null,
    isMutedInRoom: false,
    joinedAt: event.at,
    order: state.joins,
    lastSpokeMs: null,
    publication: null,
  };
  const members = new Map(state.members).set(participantId, member);
  const absent = new Map(state.absent);
  absent.delete(participant.holder);
  return followArrival({ ...state, revision: state.revision + 1, joins: state.joins + 1, members, absent }, member);
}

function leave(state: MeetingState, participantId: ParticipantId, isOwnWill: boolean): MeetingState {
  const member = state.members.get(participantId);
  if (!member) return state;
  const members = new Map(state.members);
  members.delete(participantId);
  const verdict = verdictOn(member);
  const absent = verdict ? new Map(state.absent).set(member.holder, verdict) : state.absent;
  const spotlight = state.controls.spotlight === participantId ? null : state.controls.spotlight;
  const after = { ...state, revision: state.revision + 1, members, absent, controls: { ...state.controls, spotlight } };
  return followLeaving(endShare(after, participantId), member, isOwnWill);
}

/** What is closed of somebody who comes in, because hosts decided it about them or about everybody. */
export function decidedBefore(
  state: MeetingState,
  { holder, role }: AdmittedParticipant,
): Pick<Member, 'isMutedByHost' | 'isCameraStoppedByHost'> {
  const verdict = state.absent.get(holder);
  return {
    isMutedByHost: verdict?.isMutedByHost ?? (state.controls.isMutedOnEntry && role !== 'host'),
    isCameraStoppedByHost: verdict?.isCameraStoppedByHost ?? false,
  };
}

/** What somebody opens while a host keeps it closed stays closed; they open it themselves once they may. */
function closedAsDecided(
  media: MediaState,
  { isMutedByHost, isCameraStoppedByHost }: Pick<Member, 'isMutedByHost' | 'isCameraStoppedByHost'>,
): MediaState {
  return {
    isMicrophoneOn: media.isMicrophoneOn && !isMutedByHost,
    isCameraOn: media.isCameraOn && !isCameraStoppedByHost,
  };
}
