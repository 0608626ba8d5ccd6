import { assertNever } from '@anteroom/shared/assert-never.ts';
import { answerWish, choose } from './own-devices.ts';
import { beginShare, stopShare } from './own-share.ts';
import { askControl } from './proceedings.ts';
import { declineRing } from './rings.ts';
import { isJoinable } from './rules.ts';
import { go, isPresent, leave, startJoining, stay } from './steps.ts';
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
      return choose(machine, 'microphone', event.isOn);
    case 'setCamera':
      return choose(machine, 'camera', event.isOn);
    case 'acceptAsk':
    case 'declineAsk':
      return answerWish(machine, event.type === 'acceptAsk');
    case 'control':
      return askControl(machine, event.action);
    case 'share':
      return beginShare(machine, event.takesOver);
    case 'stopSharing':
      return stopShare(machine);
    default:
      return assertNever(event);
  }
}
