import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { CalledEntry, FindRefusal } from '@anteroom/shared/meeting/calling.ts';
import type { ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { calledOf } from './called.ts';
import type { ControlEffect } from './control.ts';
import { findWithinMs } from './limits.ts';
import type { MeetingState } from './members.ts';
import type { Call, Caller, Calling, Directory, Found, MeetingRef } from './ports.ts';

export type CallEffect = Extract<ControlEffect, { effect: 'call' | 'endRing' | 'endStay' }>;

/** Whom hosts call into one live meeting: carries their calls out, looks for people, and knows who was called. */
export interface CallingDesk {
  carryOut(by: Caller, effect: CallEffect): Promise<ControlRefusal | null>;
  find(by: Caller, text: string): Promise<Found>;
  /** Everybody who was called and is not in the meeting. */
  called(): CalledEntry[];
  /** After each change of who is in the meeting. */
  follow(state: MeetingState): void;
  dispose(): void;
}

export function createCallingDesk(deps: {
  meeting: MeetingRef;
  calling: Calling;
  state: () => MeetingState;
  /** Ends the stay of somebody in the meeting, who may come back. */
  hangUp: (participantId: ParticipantId) => void;
  /** They were called: whoever was removed a moment ago may come in again. */
  pardon: (holders: readonly Caller[]) => void;
  /** `called` is another one. */
  onCalled: () => void;
  clock: Clock;
  log: Logger;
}): CallingDesk {
  const { meeting, calling, clock, log } = deps;
  const been = new Set<string>();
  const ended = new AbortController();
  let calls: readonly Call[] = [];
  let called: CalledEntry[] = [];

  function inside(state: MeetingState): ReadonlySet<string> {
    return new Set([...state.members.values()].map(({ holder }) => holder));
  }

  function see(state: MeetingState): void {
    const present = inside(state);
    for (const holder of present) been.add(holder);
    const now = calledOf(calls, { inside: present, been });
    if (JSON.stringify(now) === JSON.stringify(called)) return;
    called = now;
    deps.onCalled();
  }

  const stopFollowing = calling.follow(meeting, (news) => {
    calls = news;
    see(deps.state());
  });

  async function endStay(by: Caller, participantId: ParticipantId): Promise<ControlRefusal | null> {
    const holder = deps.state().members.get(participantId)?.holder;
    if (holder === undefined) return 'not_here';
    deps.hangUp(participantId);
    return await calling.hangUp(meeting, by, { stayOf: holder });
  }

  /** The search, or null when it takes too long. */
  async function findInTime(by: Caller, text: string) {
    const enough = new AbortController();
    const tooLong = clock.sleep(findWithinMs, { signal: AbortSignal.any([ended.signal, enough.signal]) }).then(
      () => null,
      () => null, // Found in time, or the meeting is over.
    );
    try {
      return await Promise.race([calling.find(meeting, by, text), tooLong]);
    } finally {
      enough.abort();
    }
  }

  return {
    async carryOut(by, effect) {
      switch (effect.effect) {
        case 'call': {
          const result = await calling.call(meeting, by, effect.choice);
          if (!result.ok) return result.refusal;
          deps.pardon(result.called);
          return null;
        }
        case 'endRing':
          return await calling.hangUp(meeting, by, { ring: effect.calleeId });
        case 'endStay':
          return await endStay(by, effect.participantId);
        default:
          return assertNever(effect);
      }
    },
    async find(by, text) {
      try {
        const result = await findInTime(by, text);
        if (result === null) return notFound('too_slow');
        return result.ok
          ? { found: withPresence(result.found, inside(deps.state())), refusal: null }
          : notFound(result.refusal);
      } catch (error) {
        log.warn({ err: error }, 'directory not searched');
        return notFound('too_slow');
      }
    },
    called: () => called,
    follow: see,
    dispose() {
      ended.abort();
      stopFollowing();
    },
  };
}

export function notFound(refusal: FindRefusal): Found {
  return { found: null, refusal };
}

/** Who is in the meeting is found, and said to be. */
function withPresence(
  { people, terminals, ...others }: Directory,
  inside: ReadonlySet<string>,
): NonNullable<Found['found']> {
  const isHere = (id: string) => inside.has(id);
  return {
    ...others,
    people: { ...people, items: people.items.map((one) => ({ ...one, isHere: isHere(one.accountId) })) },
    terminals: { ...terminals, items: terminals.items.map((one) => ({ ...one, isHere: isHere(one.terminalId) })) },
  };
}
