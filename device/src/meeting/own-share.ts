import type { ShareEnd, ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import { askControl } from './proceedings.ts';
import { go, isPresent, type Present, stay } from './steps.ts';
import type { Call, CloudEvent, Effect, Machine, OwnShare, Step } from './types.ts';

/**
 * The laptop that is plugged into this room, shared into the meeting. It begins with a touch in the room and with nothing
 * else; it ends by a touch, by the fleet, or when the cable is pulled out. What is shared is offered anew to whoever lost it.
 */
export const nothingShared: OwnShare = { phase: 'off', end: null };

/** Between meetings the room looks at its laptop itself; a call has the display for itself. */
export function isInputShown({ state }: Call, input: Machine['input']): boolean {
  return input?.isPluggedIn === true && (state === 'idle' || state === 'ringing' || state === 'failed');
}

export function beginShare(machine: Machine, takesOver: boolean): Step {
  const { call } = machine;
  if (!isPresent(call) || call.ownShare.phase !== 'off' || !machine.input?.isPluggedIn) return stay(machine);
  return go(machine, { ...call, ownShare: { phase: 'starting', takesOver } }, [{ effect: 'offerShare', takesOver }]);
}

/** Somebody in the room ends it, or puts away why it ended. */
export function stopShare(machine: Machine): Step {
  const { call } = machine;
  if (!isPresent(call)) return stay(machine);
  if (call.ownShare.phase !== 'off') return endHere(machine, call, null);
  return call.ownShare.end === null ? stay(machine) : go(machine, { ...call, ownShare: nothingShared });
}

/** A laptop was plugged in or pulled out. */
export function followInput(machine: Machine, isPluggedIn: boolean): Step {
  const { call, input } = machine;
  if (input?.isPluggedIn === isPluggedIn) return stay(machine);
  const changed: Machine = { ...machine, input: { isPluggedIn } };
  if (isPluggedIn || !isPresent(call) || call.ownShare.phase === 'off') return stay(changed);
  return endHere(changed, call, 'unplugged');
}

/** The room's media could not offer it. */
export function failShare(machine: Machine): Step {
  const { call } = machine;
  return isPresent(call) && call.ownShare.phase !== 'off' ? endHere(machine, call, 'media_unavailable') : stay(machine);
}

type Told = Extract<CloudEvent, { type: 'shared' | 'shareRefused' | 'shareEnded' }>;

export function followShare(machine: Machine, event: Told): Step {
  const { call } = machine;
  if (!isPresent(call) || call.ownShare.phase === 'off') return stay(machine);
  switch (event.type) {
    case 'shared':
      return go(machine, { ...call, ownShare: { phase: 'on' } }, [{ effect: 'showShare' }]);
    case 'shareRefused':
      return go(machine, { ...call, ownShare: { phase: 'off', end: event.reason } }, [{ effect: 'closeShare' }]);
    case 'shareEnded':
      // Before it was granted it is about an earlier one. An offer that was made anew may be on its way.
      return call.ownShare.phase === 'on' ? endHere(machine, call, event.reason) : stay(machine);
  }
}

/** What has to be offered again once this room is back, or its media is. */
export function offerAgain({ ownShare }: Pick<Present, 'ownShare'>): Effect[] {
  if (ownShare.phase === 'off') return [];
  return [{ effect: 'offerShare', takesOver: ownShare.phase === 'starting' && ownShare.takesOver }];
}

/** The connection that carries it broke while everything else goes on. */
export function mendShare(machine: Machine): Step {
  const { call } = machine;
  return isPresent(call) ? go(machine, call, offerAgain(call)) : stay(machine);
}

/** Ends it here, and tells the fleet, which may think otherwise. */
function endHere(machine: Machine, call: Present, end: ShareEnd | ShareRefusal | 'unplugged' | null): Step {
  const ended = go(machine, { ...call, ownShare: { phase: 'off', end } }, [{ effect: 'closeShare' }]);
  const { ownParticipantId } = call;
  if (ownParticipantId === null) return ended;
  const told = askControl(ended.machine, { kind: 'stopShare', participantId: ownParticipantId });
  return { machine: told.machine, effects: [...ended.effects, ...told.effects] };
}
