import { assertNever } from '@anteroom/shared/assert-never.ts';
import { isJoinable } from './rules.ts';
import { go, isPresent, leave, silence, startJoining, stay, withMedia } from './steps.ts';
import type { Machine, Moment, RoomEvent, Step } from './types.ts';

/** What people in the room do; the table of allowed actions was asked before. */
export function nextByRoom(machine: Machine, event: RoomEvent, at: Moment): Step {
  const { call } = machine;
  switch (event.type) {
    case 'join': {
      if (!isJoinable(event.meeting, at)) return stay(machine);
      const { meeting, media } = event;
      // Pressing Join on one meeting while another rings declines the ring.
      const quiet = call.state === 'ringing' ? silence(machine, call.meeting) : machine;
      return startJoining(quiet, { meeting, media, isRemote: false, attempt: 1, pressedAt: at }, at);
    }
    case 'answer':
      if (call.state !== 'ringing') return stay(machine);
      return startJoining(
        machine,
        { meeting: call.meeting, media: event.media, isRemote: false, attempt: 1, pressedAt: at },
        at,
      );
    case 'decline':
      return call.state === 'ringing' ? go(silence(machine, call.meeting), { state: 'idle' }) : stay(machine);
    case 'leave':
    case 'cancelJoin':
      return call.state === 'joining' || isPresent(call) ? leave(machine, call, 'left') : stay(machine);
    case 'dismissFailure':
      return call.state === 'failed' ? go(machine, { state: 'idle' }) : stay(machine);
    case 'setMicrophone':
      return 'media' in call ? withMedia(machine, { ...call.media, isMicrophoneOn: event.isOn }) : stay(machine);
    case 'setCamera':
      return 'media' in call ? withMedia(machine, { ...call.media, isCameraOn: event.isOn }) : stay(machine);
    default:
      return assertNever(event);
  }
}
