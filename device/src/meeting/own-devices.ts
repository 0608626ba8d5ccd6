import { beforeOpening } from '@anteroom/shared/meeting/people.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import { ownEntry } from './host-wish.ts';
import { askControl } from './proceedings.ts';
import { go, isPresent, type Present, stay, withMedia } from './steps.ts';
import type { HostWish, Machine, Step } from './types.ts';

/** What people in the room do with its own microphone and camera. Nobody else opens them, but as `host-wish.ts` allows. */

type Device = HostWish['what'];

/** Somebody in the room switches a device. That answers a host's wish too. */
export function choose(machine: Machine, device: Device, isOn: boolean): Step {
  const { call } = machine;
  if (!('media' in call)) return stay(machine);
  const media = withDevice(call.media, device, isOn);
  if (call.state === 'joining') return withMedia({ ...machine, call: { ...call, beganOpen: false } }, media);
  if (!isPresent(call)) return withMedia(machine, media);
  const before = isOn ? firstFor(call, device) : null;
  if (before && 'refusal' in before) return stay(machine);
  const answered: Machine = { ...machine, call: { ...call, beganOpen: false, hostWish: null } };
  // What a host closed is asked back before it is opened here.
  const asking = before ? askControl(answered, before.ask) : stay(answered);
  const chosen = withMedia(asking.machine, media);
  return { machine: chosen.machine, effects: [...asking.effects, ...chosen.effects] };
}

/** Somebody in the room agrees to a host's wish, or puts it away. */
export function answerWish(machine: Machine, isAccepted: boolean): Step {
  const { call } = machine;
  if (!isPresent(call) || call.hostWish === null) return stay(machine);
  const { what, manner } = call.hostWish;
  if (isAccepted && manner === 'asked') return choose(machine, what, true);
  return go(machine, { ...call, hostWish: null });
}

export function withDevice(media: MediaState, device: Device, isOn: boolean): MediaState {
  return { ...media, ...(device === 'microphone' ? { isMicrophoneOn: isOn } : { isCameraOn: isOn }) };
}

function firstFor(call: Present, device: Device): ReturnType<typeof beforeOpening> {
  const isOpen = device === 'microphone' ? call.media.isMicrophoneOn : call.media.isCameraOn;
  const own = ownEntry(call.roster, call.ownParticipantId);
  return own && !isOpen ? beforeOpening(own, device) : null;
}
