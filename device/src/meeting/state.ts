import { whyNot } from '@anteroom/shared/panel/actions.ts';
import { nextByCloud } from './by-cloud.ts';
import { nextByItself } from './by-itself.ts';
import { nextByRoom } from './by-room.ts';
import { obeyMuteKey } from './mute-key.ts';
import type { Machine, MeetingEvent, Moment, Step } from './types.ts';

/**
 * The meeting state machine: what a terminal does about meetings, decided here and done elsewhere (agent/call.ts).
 * An event that means nothing in a state returns the same machine. What a person may do when is the table of
 * shared/panel/actions.ts, which the screens show as well.
 */
export const idleMachine: Machine = {
  call: { state: 'idle' },
  silenced: [],
  heard: [],
  missed: [],
  muteKey: { isMuted: false, reopens: false },
  input: null,
};

export function next(machine: Machine, event: MeetingEvent, at: Moment): Step {
  return obeyMuteKey(decide(machine, event, at), event);
}

function decide(machine: Machine, event: MeetingEvent, at: Moment): Step {
  switch (event.from) {
    case 'room':
      return whyNot(event.type, machine.call.state) === null ? nextByRoom(machine, event, at) : stay(machine);
    case 'cloud':
      return nextByCloud(machine, event, at);
    case 'own':
      return nextByItself(machine, event, at);
  }
}

function stay(machine: Machine): Step {
  return { machine, effects: [] };
}
