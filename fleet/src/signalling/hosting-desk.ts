import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { AccountId, ParticipantId } from '@anteroom/shared/ids.ts';
import { type ControlAction, type ControlRefusal, hostAwayMs, mayControl } from '@anteroom/shared/meeting/control.ts';
import type { ChatEntry, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { type CallingDesk, createCallingDesk, notFound } from './calling-desk.ts';
import { type ControlEffect, control } from './control.ts';
import type { MeetingState } from './members.ts';
import type { AdmittedParticipant, Caller, Calling, Found, Hosting, MeetingRef } from './ports.ts';
import { toSaved } from './saved-controls.ts';
import type { WaitingRooms } from './waiting-room.ts';

/** What hosts do to one live meeting: carries their actions out, keeps what they decided, and passes the host role on. */
export interface HostingDesk {
  control(by: Actor, action: ControlAction): Promise<ControlRefusal | null>;
  /** Somebody looks in the directory for whom to call. */
  find(by: ParticipantId, text: string): Promise<Found>;
  called: CallingDesk['called'];
  /** After each change of the meeting's state. */
  follow(before: MeetingState, after: MeetingState): void;
  isBanned(holder: AdmittedParticipant['holder']): boolean;
  chat(): ChatEntry[];
  dispose(): void;
}

/** A participant, or somebody outside. */
export type Actor = { participantId: ParticipantId } | { participantId: null; name: string; accountId: AccountId };

export type HostingDeskDeps = {
  meeting: MeetingRef;
  hosting: Hosting;
  calling: Calling;
  waitingRooms: WaitingRooms;
  state: () => MeetingState;
  become: (state: MeetingState) => void;
  send: (to: ParticipantId, message: ServerMessage) => void;
  broadcast: (message: ServerMessage) => void;
  remove: (participantId: ParticipantId) => void;
  hangUp: (participantId: ParticipantId) => void;
  onExtended: (endAt: string) => void;
  onHostAway: () => void;
  /** Who was called and is not in the meeting has changed. */
  onCalled: () => void;
  clock: Clock;
  log: Logger;
};

/** Admission that was asked before a removal was written down has answered within this time. */
const answeredWithinMs = 10_000;
/** Messages that newcomers read. */
const keptChat = 200;

export function createHostingDesk(deps: HostingDeskDeps): HostingDesk {
  const { meeting, hosting, waitingRooms, clock, log } = deps;
  const banned = new Set<string>();
  const chat: ChatEntry[] = [];
  let chats = 0;
  let saved = JSON.stringify(toSaved(deps.state()));
  let saving = Promise.resolve();
  let away: AbortController | null = null;
  const ended = new AbortController();
  const calls = createCallingDesk({
    ...deps,
    pardon: (holders) => {
      for (const holder of holders) banned.delete(holder);
    },
  });

  /** In order, and the last state stays: a save that fails is made up for by the next one. */
  function save(): void {
    const state = toSaved(deps.state());
    const text = JSON.stringify(state);
    if (text === saved) return;
    saved = text;
    saving = saving
      .then(() => hosting.save(meeting, { isLocked: state.controls.isLocked, state }))
      .catch((error: unknown) => {
        saved = '';
        log.warn({ err: error }, 'controls not saved');
      });
  }

  function watchHost(state: MeetingState): void {
    const isAway = state.host !== null && !state.members.get(state.host.participantId)?.isConnected;
    if (!isAway) {
      away?.abort();
      away = null;
    }
    if (!isAway || away) return;
    const waiting = new AbortController();
    away = waiting;
    clock.sleep(hostAwayMs, { signal: waiting.signal }).then(
      () => {
        away = null;
        deps.onHostAway();
      },
      () => undefined, // Back in time, or the meeting is over.
    );
  }

  /** From then on admission refuses them, until they are called again. */
  function banFor(holder: string, ms: number): void {
    clock.sleep(ms, { signal: ended.signal }).then(
      () => banned.delete(holder),
      () => undefined, // The meeting is over.
    );
  }

  function nameOf(by: Actor): string {
    return by.participantId === null ? by.name : (deps.state().members.get(by.participantId)?.name ?? '');
  }

  function callerOf(by: Actor): Caller | undefined {
    return by.participantId === null ? by.accountId : deps.state().members.get(by.participantId)?.holder;
  }

  function accountOf(by: Actor): AccountId | null {
    const holder = callerOf(by);
    return isAccount(holder) ? holder : null;
  }

  async function extend(by: Actor, minutes: number): Promise<ControlRefusal | null> {
    const endAt = await hosting.extend(meeting, minutes, accountOf(by));
    if (endAt === null) return 'cannot_extend';
    deps.onExtended(endAt);
    return null;
  }

  async function carryOut(by: Actor, effect: ControlEffect): Promise<ControlRefusal | null> {
    switch (effect.effect) {
      case 'ask':
        deps.send(effect.participantId, { type: 'ask', what: effect.what, by: nameOf(by) });
        return null;
      case 'remove': {
        const holder = deps.state().members.get(effect.participantId)?.holder;
        if (holder === undefined) return 'not_here';
        // At once, so that nobody slips in again while it is written down.
        banned.add(holder);
        deps.remove(effect.participantId);
        await hosting.remove(meeting, holder);
        banFor(holder, answeredWithinMs);
        return null;
      }
      case 'call':
      case 'endRing':
      case 'endStay': {
        const caller = callerOf(by);
        return caller === undefined ? 'not_here' : await calls.carryOut(caller, effect);
      }
      case 'lock':
        await saving;
        return saved === '' ? 'failed' : null;
      case 'admit':
        return (await waitingRooms.admit(meeting.meetingId, effect.participantId)) ? null : 'not_waiting';
      case 'tellWaiting':
        waitingRooms.tell(meeting.meetingId, effect.text);
        return null;
      case 'extend':
        return await extend(by, effect.minutes);
      case 'end':
        await hosting.end(meeting, accountOf(by));
        return null;
      case 'react':
        if (by.participantId === null) return 'not_here';
        deps.broadcast({ type: 'reaction', participantId: by.participantId, reaction: effect.reaction });
        return null;
      case 'chat': {
        if (by.participantId === null) return 'not_here';
        const at = clock.now().toISOString();
        const entry = { id: ++chats, from: by.participantId, name: nameOf(by), text: effect.text, at };
        chat.push(entry);
        if (chat.length > keptChat) chat.shift();
        deps.broadcast({ type: 'chat', chat: entry });
        return null;
      }
      default:
        return assertNever(effect);
    }
  }

  return {
    async control(by, action) {
      const result = control(deps.state(), by.participantId, action, clock.now().toISOString());
      if (!result.ok) return result.refusal;
      deps.become(result.state);
      try {
        const refusals = await Promise.all(result.effects.map((effect) => carryOut(by, effect)));
        return refusals.find((refusal) => refusal !== null) ?? null;
      } catch (error) {
        log.warn({ err: error, action: action.kind }, 'control not carried out');
        return 'failed';
      }
    },
    async find(by, text) {
      const member = deps.state().members.get(by);
      return member && mayControl(member.role, 'call')
        ? await calls.find(member.holder, text)
        : notFound('not_allowed');
    },
    called: calls.called,
    follow(before, after) {
      if (before.joins !== after.joins || before.members.size !== after.members.size) calls.follow(after);
      if (before.controls !== after.controls || before.host !== after.host || before.members !== after.members) save();
      watchHost(after);
    },
    isBanned: (holder) => banned.has(holder),
    chat: () => [...chat],
    dispose() {
      away?.abort();
      ended.abort();
      calls.dispose();
    },
  };
}

function isAccount(holder: string | undefined): holder is AccountId {
  return holder?.startsWith('acc_') === true;
}
