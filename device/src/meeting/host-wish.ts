import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { MediaState, RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { isPresent, type Present, stay, withMedia } from './steps.ts';
import type { CloudEvent, Effect, HostWish, Machine, Step } from './types.ts';

/** What hosts of a meeting may do to a room's microphone and camera: close them; and open them only where the room's setting says so. */

/** A terminal that has no settings yet asks. */
export function hostWishManner(settings: Pick<TerminalSettings, 'onHostUnmute'> | null): HostWish['manner'] {
  return settings?.onHostUnmute === 'allow' ? 'opened' : 'asked';
}

/** The one place where a wish from beyond the room may open something. */
export function followWish(machine: Machine, event: Extract<CloudEvent, { type: 'ask' }>): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const { what, by, manner } = event;
  const isOpen = what === 'microphone' ? call.media.isMicrophoneOn : call.media.isCameraOn;
  if (isOpen) return stay(machine);
  const wished = wish(machine, call, { what, by, manner });
  return manner === 'opened' ? open(wished, what) : stay(wished);
}

/** Somebody in the room agrees, or keeps it closed. */
export function answerWish(machine: Machine, isAccepted: boolean): Step {
  const { call } = machine;
  if (!isPresent(call) || call.hostWish === null) return stay(machine);
  const { what, manner } = call.hostWish;
  const answered = wish(machine, call, null);
  return isAccepted && manner === 'asked' ? open(answered, what) : stay(answered);
}

/** A host has just muted this room, or stopped its camera: it is closed here too, and stays so when the host lifts that. */
export function closeAsDecided(step: Step, before: readonly RosterEntry[]): Step {
  const { call } = step.machine;
  if (!isPresent(call)) return step;
  const now = own(call.roster, call.ownParticipantId);
  const was = own(before, call.ownParticipantId);
  if (now === undefined) return step;
  const isMuted = now.isMutedByHost && !was?.isMutedByHost;
  const isStopped = now.isCameraStoppedByHost && !was?.isCameraStoppedByHost;
  const media: MediaState = {
    isMicrophoneOn: call.media.isMicrophoneOn && !isMuted,
    isCameraOn: call.media.isCameraOn && !isStopped,
  };
  const closed = withMedia(step.machine, media);
  return { machine: closed.machine, effects: [...step.effects, ...closed.effects] };
}

/** Before the room opens its microphone, the fleet is asked to lift a host's mute. */
export function liftingMute(call: Present, media: MediaState): Effect[] {
  const { ownParticipantId } = call;
  const isOpening = media.isMicrophoneOn && !call.media.isMicrophoneOn;
  if (!isOpening || ownParticipantId === null || !own(call.roster, ownParticipantId)?.isMutedByHost) return [];
  return [{ effect: 'liftMute', participantId: ownParticipantId }];
}

function open(machine: Machine, what: HostWish['what']): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const change = what === 'microphone' ? { isMicrophoneOn: true } : { isCameraOn: true };
  return withMedia(machine, { ...call.media, ...change });
}

function wish(machine: Machine, call: Present, hostWish: HostWish | null): Machine {
  return { ...machine, call: { ...call, hostWish } };
}

function own(roster: readonly RosterEntry[], id: ParticipantId | null): RosterEntry | undefined {
  return roster.find(({ participantId }) => participantId === id);
}
