import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { MediaState, RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { isPresent, stay, withMedia } from './steps.ts';
import type { CloudEvent, HostWish, Machine, Step } from './types.ts';

/** What hosts of a meeting may do to a room's microphone and camera: close them; and open them only where the room's setting says so. */

/** A terminal that has no settings yet asks. */
export function hostWishManner(settings: Pick<TerminalSettings, 'onHostUnmute'> | null): HostWish['manner'] {
  return settings?.onHostUnmute === 'allow' ? 'opened' : 'asked';
}

/** The one place where a wish from beyond the room may open something. */
export function followWish(machine: Machine, event: Extract<CloudEvent, { type: 'ask' }>): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const { what, by } = event;
  // What the mute key keeps closed has not been opened, whatever the setting allows.
  const manner = what === 'microphone' && machine.muteKey.isMuted ? 'asked' : event.manner;
  const isOpen = what === 'microphone' ? call.media.isMicrophoneOn : call.media.isCameraOn;
  if (isOpen) return stay(machine);
  const wished: Machine = { ...machine, call: { ...call, hostWish: { what, by, manner } } };
  return manner === 'opened' ? open(wished, what) : stay(wished);
}

/** A host has just muted this room, or stopped its camera: it is closed here too, and stays so when the host lifts that. */
export function closeAsDecided(step: Step, before: readonly RosterEntry[]): Step {
  const { call } = step.machine;
  if (!isPresent(call)) return step;
  const now = ownEntry(call.roster, call.ownParticipantId);
  const was = ownEntry(before, call.ownParticipantId);
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

/** The fleet did not lift what a host closed: it is closed here again. */
export function keepClosed(step: Step, action: ControlAction): Step {
  const { call } = step.machine;
  if (!isPresent(call) || !('participantId' in action) || action.participantId !== call.ownParticipantId) return step;
  const media: MediaState = {
    isMicrophoneOn: call.media.isMicrophoneOn && action.kind !== 'unmute',
    isCameraOn: call.media.isCameraOn && action.kind !== 'allowCamera',
  };
  const closed = withMedia(step.machine, media);
  return { machine: closed.machine, effects: [...step.effects, ...closed.effects] };
}

function open(machine: Machine, what: HostWish['what']): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  const change = what === 'microphone' ? { isMicrophoneOn: true } : { isCameraOn: true };
  return withMedia(machine, { ...call.media, ...change });
}

export function ownEntry(roster: readonly RosterEntry[], id: ParticipantId | null): RosterEntry | undefined {
  return roster.find(({ participantId }) => participantId === id);
}
