import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';

/** Hosts that act at random, for tests of what becomes of it: with one seed the same each time. */
export type RandomNumber = (below: number) => number;

/** Numbers of one seed, so that a failure can be repeated (mulberry32). */
export function createRandom(seed: number): RandomNumber {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below;
  };
}

export function pick<T>(from: readonly T[], random: RandomNumber): T {
  const found = from[Math.floor(random(from.length))];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** Of all that hosts do to the people of a roster, what takes nobody out of the meeting and ends nothing. */
export function chooseAction(roster: readonly RosterEntry[], random: RandomNumber): ControlAction {
  const { participantId } = pick(roster, random);
  const flag = random(2) < 1;
  return pick<ControlAction>(
    [
      { kind: 'mute', participantId },
      { kind: 'unmute', participantId },
      { kind: 'muteAll', canUnmute: flag },
      { kind: 'unmuteAll' },
      { kind: 'stopCamera', participantId },
      { kind: 'allowCamera', participantId },
      { kind: 'lock', isLocked: flag },
      { kind: 'spotlight', participantId: flag ? participantId : null },
      { kind: 'handOver', participantId },
      { kind: 'setCohost', participantId, isCohost: flag },
      { kind: 'rename', participantId, name: `Name ${Math.floor(random(9))}` },
      { kind: 'lowerHand', participantId },
      { kind: 'raiseHand', isRaised: flag },
    ],
    random,
  );
}
