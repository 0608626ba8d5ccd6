import { ownEntry } from './host-wish.ts';
import { isPresent, stay, withMedia } from './steps.ts';
import type { Effect, Machine, MeetingEvent, OwnEvent, Step } from './types.ts';

/**
 * The mute key of the room's own hardware (domain.md 3: a hardware mute is lifted only in the room). While it is down no
 * host, command, setting or touch opens the microphone: every step of the machine goes through `obeyMuteKey`.
 */

/** The key goes down and closes; it comes up and opens what it closed, if nothing else has closed that since. */
export function followMuteKey(machine: Machine, { isMuted }: Extract<OwnEvent, { type: 'muteKey' }>): Step {
  const { call, muteKey } = machine;
  if (isMuted === muteKey.isMuted) return stay(machine);
  if (!('media' in call)) return stay({ ...machine, muteKey: { isMuted, reopens: false } });
  if (isMuted) {
    const pressed = { ...machine, muteKey: { isMuted, reopens: call.media.isMicrophoneOn } };
    return withMedia(pressed, { ...call.media, isMicrophoneOn: false });
  }
  const released = { ...machine, muteKey: { isMuted, reopens: false } };
  return muteKey.reopens ? withMedia(released, { ...call.media, isMicrophoneOn: true }) : stay(released);
}

export function obeyMuteKey(step: Step, event: MeetingEvent): Step {
  const { machine } = step;
  const { call, muteKey } = machine;
  if (!muteKey.isMuted) return step;
  const effects = step.effects.map(silently);
  const reopens = isToReopen(machine, event);
  const isOpen = 'media' in call && call.media.isMicrophoneOn;
  if (!isOpen && reopens === muteKey.reopens) return { machine, effects };
  return {
    machine: {
      ...machine,
      muteKey: { isMuted: true, reopens },
      call: isOpen ? { ...call, media: { ...call.media, isMicrophoneOn: false } } : call,
    },
    effects,
  };
}

/**
 * What the room wants open is heard when the key comes up: it went in so, or it was open when the key went down. Whoever
 * closes it meanwhile, in the room or beyond, ends that.
 */
function isToReopen({ call, muteKey }: Machine, event: MeetingEvent): boolean {
  if (!('media' in call) || (event.from === 'cloud' && event.type === 'mute')) return false;
  if (event.from === 'room' && event.type === 'setMicrophone' && !event.isOn) return false;
  if (isPresent(call) && ownEntry(call.roster, call.ownParticipantId)?.isMutedByHost) return false;
  return muteKey.reopens || (event.from === 'room' && call.media.isMicrophoneOn);
}

function silently(effect: Effect): Effect {
  return 'media' in effect ? { ...effect, media: { ...effect.media, isMicrophoneOn: false } } : effect;
}
