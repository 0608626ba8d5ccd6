import type { MissedCall } from '@anteroom/shared/panel/state.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { isLineWanted, wakeAtMs } from '../meeting/rules.ts';
import { idleMachine, next } from '../meeting/state.ts';
import type { Call, Effect, Machine, Meeting, MeetingEvent, Moment, RingManner } from '../meeting/types.ts';

/** Holds the meeting state machine: feeds it events one after the other, wakes it when its time has come. */
export interface Meetings extends AsyncDisposable {
  call(): Call;
  missed(): readonly MissedCall[];
  input(): Machine['input'];
  /** The meetings that the fleet announced, by start. */
  known(): readonly Meeting[];
  dispatch(event: MeetingEvent): void;
  /** The fleet starts a call, with what the room's settings let it begin with. */
  joinRemotely(meeting: Meeting): void;
  schedule(meetings: readonly Meeting[]): void;
  isLineWanted(): boolean;
  now(): Moment;
  /** Called after every change of the call, of what was missed, and of the content input. Returns what ends the subscription. */
  onChange(listener: (call: Call, before: Call) => void): () => void;
}

export type MeetingsDeps = {
  clock: Clock;
  serverNow(): Date;
  log: Logger;
  ringManner(): RingManner;
  /** What a call begins with that nobody in the room starts. */
  mediaAtRemoteStart(): MediaState;
  /** Does what was decided; must not throw. */
  run(effect: Effect): void;
};

export function createMeetings(deps: MeetingsDeps): Meetings {
  const { clock, serverNow, log, run } = deps;
  const listeners = new Set<(call: Call, before: Call) => void>();
  const waiting: MeetingEvent[] = [];
  let machine: Machine = idleMachine;
  let known: readonly Meeting[] = [];
  let isWorking = false;
  let alarm = new AbortController();

  const now = (): Moment => ({ wallMs: serverNow().getTime(), elapsedMs: clock.monotonicMs() });

  const scheduled = (): MeetingEvent => ({
    ...{ from: 'cloud', type: 'schedule', meetings: known },
    ...{ manner: deps.ringManner(), media: deps.mediaAtRemoteStart() },
  });

  /** An effect may dispatch at once: its event waits until the present one is done. */
  function dispatch(event: MeetingEvent): void {
    waiting.push(event);
    if (isWorking) return;
    isWorking = true;
    try {
      for (let current = waiting.shift(); current; current = waiting.shift()) follow(current);
    } finally {
      isWorking = false;
      setAlarm();
    }
  }

  function follow(event: MeetingEvent): void {
    const { call: before, missed: missedBefore, input: inputBefore } = machine;
    const step = next(machine, event, now());
    machine = step.machine;
    const { call, missed, input } = machine;
    if (call.state !== before.state)
      log.info({ state: call.state, from: before.state, by: `${event.from}.${event.type}` }, 'call state changed');
    // Screens first: a touch is answered before anything slow begins.
    const isChanged = call !== before || missed !== missedBefore || input !== inputBefore;
    if (isChanged) for (const listener of [...listeners]) listener(call, before);
    for (const effect of step.effects) run(effect);
    // What began to ring while this room was busy rings now.
    if (call.state === 'idle' && before.state !== 'idle') waiting.push(scheduled());
  }

  function setAlarm(): void {
    alarm.abort();
    const at = now();
    const dueMs = wakeAtMs(machine.call, at);
    if (dueMs === null) return;
    const set = new AbortController();
    alarm = set;
    clock.sleep(Math.max(1, dueMs - at.elapsedMs), { signal: set.signal }).then(
      () => dispatch({ from: 'own', type: 'tick' }),
      () => {}, // Set anew.
    );
  }

  return {
    call: () => machine.call,
    missed: () => machine.missed,
    input: () => machine.input,
    known: () => known,
    dispatch,
    joinRemotely: (meeting) => dispatch({ from: 'cloud', type: 'join', meeting, media: deps.mediaAtRemoteStart() }),
    schedule(meetings) {
      known = [...meetings].sort((a, b) => Date.parse(a.startAt) - Date.parse(b.startAt));
      dispatch(scheduled());
    },
    isLineWanted: () => isLineWanted(machine.call, known, now()),
    now,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]() {
      alarm.abort();
      listeners.clear();
      return Promise.resolve();
    },
  };
}
