import { newId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idleMachine, next } from './state.ts';
import { letIn } from './test/let-in.ts';
import { closed, type Meeting, type MeetingEvent } from './types.ts';

const startMs = Date.parse('2026-01-05T10:00:00.000Z');
const ownId = newId('participant');
const meeting: Meeting = {
  ...{ meetingId: newId('meeting'), number: '123456789', subject: 'Review', organizerName: 'Ada', timeZone: 'UTC' },
  ...{ startAt: new Date(startMs).toISOString(), endAt: new Date(startMs + 3_600_000).toISOString() },
  ...{ ticket: 'ticket', ringUntil: null, callerName: null },
};
const own = (change: Partial<RosterEntry> = {}) => [someone('Cedar', { participantId: ownId, ...change })];
const press: MeetingEvent = { from: 'own', type: 'muteKey', isMuted: true };
const release: MeetingEvent = { from: 'own', type: 'muteKey', isMuted: false };
const join = (isMicrophoneOn: boolean): MeetingEvent => ({
  ...{ from: 'room', type: 'join', meeting, media: { isMicrophoneOn, isCameraOn: true } },
});
const letInEvent = letIn(meeting, { participantId: ownId, roster: own() });
const inside = [join(true), letInEvent];
const ask = (manner: 'asked' | 'opened'): MeetingEvent => ({
  ...{ from: 'cloud', type: 'ask', what: 'microphone', by: 'Hana', manner },
});
const roster = (change: Partial<RosterEntry>): MeetingEvent => ({ from: 'cloud', type: 'roster', roster: own(change) });
const unmute: MeetingEvent = { from: 'room', type: 'setMicrophone', isOn: true };
const close: MeetingEvent = { from: 'room', type: 'setMicrophone', isOn: false };
const full: MeetingEvent = { from: 'cloud', type: 'refused', reason: 'media_unavailable' };
const sent: MeetingEvent = { from: 'cloud', type: 'join', meeting, media: closed };
/** Of a room whose settings let a call begin open that nobody there started. */
const sentOpen: MeetingEvent = { ...sent, media: { isMicrophoneOn: true, isCameraOn: true } };
/** The first try again is due two seconds after the refusal. */
const again: MeetingEvent = { from: 'own', type: 'tick' };
const accept: MeetingEvent = { from: 'room', type: 'acceptAsk' };
const mute: MeetingEvent = { from: 'cloud', type: 'mute' };

function run(events: readonly MeetingEvent[]) {
  let machine = idleMachine;
  const sent: boolean[] = [];
  for (const [index, event] of events.entries()) {
    const elapsedMs = index * 3_000;
    const step = next(machine, event, { wallMs: startMs + elapsedMs, elapsedMs });
    machine = step.machine;
    for (const effect of step.effects) if ('media' in effect) sent.push(effect.media.isMicrophoneOn);
  }
  return { machine, sent, isOpen: 'media' in machine.call && machine.call.media.isMicrophoneOn };
}

test.each<[string, MeetingEvent[], boolean]>([
  ['pressed in a meeting closes', [...inside, press], false],
  ['released opens what it closed', [...inside, press, release], true],
  ['released opens nothing that was closed before', [join(false), letInEvent, press, release], false],
  ['pressed before a join lets nothing out', [press, ...inside], false],
  ['released after a join with an open microphone lets it be heard', [press, ...inside, release], true],
  ['down: a touch opens nothing', [...inside, press, unmute], false],
  ['down: a host whom the setting lets open opens nothing', [...inside, press, ask('opened')], false],
  ['pressed while a host asks: agreeing opens nothing', [join(false), letInEvent, ask('asked'), press, accept], false],
  ['released after a command muted the room keeps it muted', [...inside, press, mute, release], false],
  [
    'released after a host muted the room and let go keeps it closed',
    [...inside, press, roster({ isMutedByHost: true }), roster({ isMutedByHost: false }), release],
    false,
  ],
  ['released after a touch closed the microphone keeps it closed', [...inside, press, close, release], false],
  ['released after a touch in the meeting it was pressed before', [press, ...inside, close, unmute, release], true],
  [
    'released while a join is about to be tried again lets it be heard',
    [press, join(true), full, release, again],
    true,
  ],
  ['released in the next try of a join lets it be heard', [press, join(true), full, again, release], true],
  [
    'released after a failed join was begun anew, closed, opens nothing',
    [press, join(true), full, join(false), release],
    false,
  ],
  [
    'released after a command joins where the room could not opens nothing',
    [press, join(true), full, sent, release],
    false,
  ],
  [
    'released after a command joined, which was to begin open, opens nothing',
    [press, sentOpen, letInEvent, release],
    false,
  ],
  [
    'of an earlier meeting opens nothing in the next',
    [...inside, press, { from: 'cloud', type: 'revoked' }, release],
    false,
  ],
])('the mute key %s', (_what, events, isOpen) => {
  expect(run(events).isOpen).toBe(isOpen);
});

test('a wish that the mute key does not let come true is shown as one, not as done', () => {
  const { call } = run([...inside, press, ask('opened')]).machine;
  expect(call).toMatchObject({ hostWish: { what: 'microphone', manner: 'asked' } });
});

test('while the mute key is down, no sequence of events opens the microphone or sends it open', () => {
  const any = fc.constantFrom(
    ...[...inside, unmute, accept, ask('asked'), ask('opened'), mute, roster({ isMutedByHost: true }), roster({})],
    ...[press, { from: 'cloud', type: 'lineLost' } as const, { from: 'own', type: 'mediaDied', detail: '' } as const],
    { from: 'own', type: 'remembered', meeting, media: { isMicrophoneOn: true, isCameraOn: true } } as const,
  );
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), (events) => {
      const { isOpen, sent } = run([press, ...events]);
      expect(isOpen).toBe(false);
      expect(sent).not.toContain(true);
    }),
    { numRuns: 500 },
  );
});
