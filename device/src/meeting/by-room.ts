import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import { answerWish, liftingMute } from './host-wish.ts';
import { declineRing } from './rings.ts';
import { isJoinable } from './rules.ts';
import { go, isPresent, leave, startJoining, stay, withMedia } from './steps.ts';
import type { Machine, Moment, RoomEvent, Step } from './types.ts';

/** What people in the room do; the table of allowed actions was asked before. */
export function nextByRoom(machine: Machine, event: RoomEvent, at: Moment): Step {
  const { call } = machine;
  switch (event.type) {
    case 'join': {
      if (!isJoinable(event.meeting, at)) return stay(machine);
      const { meeting, media } = event;
      // Pressing Join on one meeting while another rings declines the ring.
      const isElsewhere = call.state === 'ringing' && call.meeting.meetingId !== meeting.meetingId;
      const declined = isElsewhere ? declineRing(machine) : stay(machine);
      const joining = { meeting, media, startedBy: 'room', attempt: 1, pressedAt: at } as const;
      const step = startJoining(declined.machine, joining, at);
      return { ...step, effects: [...declined.effects, ...step.effects] };
    }
    case 'answer':
      if (call.state !== 'ringing') return stay(machine);
      return startJoining(
        machine,
        { meeting: call.meeting, media: event.media, startedBy: 'room', attempt: 1, pressedAt: at },
        at,
      );
    case 'decline':
      return declineRing(machine);
    case 'dismissMissed':
      return machine.missed.length === 0
        ? stay(machine)
        : { machine: { ...machine, missed: [] }, effects: [{ effect: 'rememberMissed', missed: [] }] };
    case 'leave':
    case 'cancelJoin':
      return call.state === 'joining' || isPresent(call) ? leave(machine, call, 'left') : stay(machine);
    case 'dismissFailure':
      return call.state === 'failed' ? go(machine, { state: 'idle' }) : stay(machine);
    case 'setMicrophone':
      return 'media' in call ? choose(machine, { ...call.media, isMicrophoneOn: event.isOn }) : stay(machine);
    case 'setCamera':
      return 'media' in call ? choose(machine, { ...call.media, isCameraOn: event.isOn }) : stay(machine);
    case 'acceptAsk':
    case 'declineAsk':
      return answerWish(machine, event.type === 'acceptAsk');
    default:
      return assertNever(event);
  }
}

/** What a person switches answers a host's wish too. */
function choose(machine: Machine, media: MediaState): Step {
  const { call } = machine;
  if (!isPresent(call)) return withMedia(machine, media);
  const chosen = withMedia({ ...machine, call: { ...call, hostWish: null } }, media);
  return { ...chosen, effects: [...liftingMute(call, media), ...chosen.effects] };
}
