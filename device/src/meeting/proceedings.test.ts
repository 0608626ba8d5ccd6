import { newId } from '@anteroom/shared/ids.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { expect, test } from 'vitest';
import { idleMachine, next } from './state.ts';
import { letIn } from './test/let-in.ts';
import type { CloudEvent, Effect, Meeting, MeetingEvent } from './types.ts';

const startMs = Date.parse('2026-01-05T10:00:00.000Z');
const ownId = newId('participant');
const other = newId('participant');
const meeting: Meeting = {
  ...{ meetingId: newId('meeting'), number: '123456789', subject: 'Review', organizerName: 'Ada', timeZone: 'UTC' },
  ...{ startAt: new Date(startMs).toISOString(), endAt: new Date(startMs + 3_600_000).toISOString() },
  ...{ ticket: 'ticket', ringUntil: null, callerName: null },
};
const own = (change: Partial<RosterEntry> = {}) =>
  someone('Cedar', { participantId: ownId, kind: 'terminal', ...change });
const closed = { isMicrophoneOn: false, isCameraOn: false };
const into = (change: Partial<RosterEntry> = {}): MeetingEvent[] => [
  { from: 'room', type: 'join', meeting, media: closed },
  letIn(meeting, { participantId: ownId, roster: [own(change)] }),
];

/** The call after these events in a meeting, and the last one's effects. */
function run(events: readonly MeetingEvent[]) {
  let machine = idleMachine;
  let effects: readonly Effect[] = [];
  for (const [index, event] of events.entries()) {
    const step = next(machine, event, { wallMs: startMs + index, elapsedMs: index });
    machine = step.machine;
    effects = step.effects;
  }
  const { call } = machine;
  if (call.state !== 'in' && call.state !== 'reconnecting') throw new Error(`the room is ${call.state}`);
  return { call, effects, proceedings: call.proceedings };
}

const chat = (from: typeof ownId): CloudEvent => ({
  ...{ from: 'cloud', type: 'chat', words: { id: 1, from, name: 'Hana', text: 'Hello', at: meeting.startAt } },
});
const told = (revision: number, isLocked: boolean, endAt = meeting.endAt): CloudEvent => ({
  ...{ from: 'cloud', type: 'meeting', revision, controls: { ...openControls, isLocked }, content: null },
  summary: { ...letIn(meeting).summary, endAt },
});

test('the controls are what the newest word says, whatever order words arrive in', () => {
  expect(run([...into(), told(2, true), told(1, false)]).proceedings.controls.isLocked).toBe(true);
  // Another process counts anew: `joined` tells where it stands.
  const again = letIn(meeting, { participantId: ownId });
  expect(run([...into(), told(9, true), again]).proceedings.controls.isLocked).toBe(false);
  expect(run([...into(), told(9, true), again, told(1, true)]).proceedings.controls.isLocked).toBe(true);
});

test('an extension moves the end at once, and an agent that restarts knows it', () => {
  const endAt = new Date(startMs + 4_500_000).toISOString();
  const { call, effects } = run([...into(), told(1, false, endAt)]);
  expect(call.meeting).toMatchObject({ endAt, ticket: 'ticket' });
  expect(effects).toMatchObject([{ effect: 'remember', meeting: { endAt } }]);
});

test('the last words of somebody else are kept, and not the room’s own', () => {
  expect(run([...into(), chat(other), chat(ownId)]).proceedings.words).toMatchObject({ from: other, text: 'Hello' });
});

test('one reaction of each participant is kept, the latest', () => {
  const react = (participantId: typeof ownId, reaction: 'heart' | 'laugh'): CloudEvent => ({
    ...{ from: 'cloud', type: 'reaction', participantId, reaction },
  });
  const { reactions } = run([
    ...into(),
    react(other, 'heart'),
    react(ownId, 'heart'),
    react(other, 'laugh'),
  ]).proceedings;
  expect(reactions).toMatchObject([
    { participantId: ownId, reaction: 'heart' },
    { participantId: other, reaction: 'laugh' },
  ]);
});

test('each action has an id of its own, and its outcome is the answer with the same id', () => {
  const lock: MeetingEvent = { from: 'room', type: 'control', action: { kind: 'lock', isLocked: true } };
  const extend: MeetingEvent = { from: 'room', type: 'control', action: { kind: 'extend', minutes: 15 } };
  const asked = run([...into(), lock, extend]);
  expect(asked.effects).toEqual([{ effect: 'control', id: 2, action: { kind: 'extend', minutes: 15 } }]);
  const refused = run([
    ...into(),
    lock,
    extend,
    { from: 'cloud', type: 'controlled', id: 2, refusal: 'cannot_extend' },
  ]);
  expect(refused.proceedings).toMatchObject({ asked: [{ id: 1 }], outcome: { id: 2, refusal: 'cannot_extend' } });
  const stray = run([...into(), lock, { from: 'cloud', type: 'controlled', id: 7, refusal: 'failed' }]);
  expect(stray.proceedings).toMatchObject({ asked: [{ id: 1 }], outcome: null });
});

test('what was asked for when the line broke counts as failed', () => {
  const lock: MeetingEvent = { from: 'room', type: 'control', action: { kind: 'lock', isLocked: true } };
  const { proceedings } = run([...into(), lock, { from: 'cloud', type: 'lineLost' }]);
  expect(proceedings).toMatchObject({ asked: [], outcome: { id: 1, refusal: 'failed' } });
});

test('a host’s mute is asked back before the room’s microphone opens, and a refusal closes it again', () => {
  const unmute: MeetingEvent = { from: 'room', type: 'setMicrophone', isOn: true };
  const opened = run([...into({ isMutedByHost: true }), unmute]);
  expect(opened.effects.map(({ effect }) => effect)).toEqual(['control', 'setMedia', 'remember']);
  expect(opened.proceedings.asked).toEqual([{ id: 1, action: { kind: 'unmute', participantId: ownId } }]);
  const answer = (refusal: 'muted_by_host' | null): CloudEvent => ({
    from: 'cloud',
    type: 'controlled',
    id: 1,
    refusal,
  });
  const muted = into({ isMutedByHost: true });
  expect(run([...muted, unmute, answer('muted_by_host')]).call.media).toEqual(closed);
  expect(run([...muted, unmute, answer(null)]).call.media.isMicrophoneOn).toBe(true);
});

test('a camera that a host stopped is asked back by a host, and stays closed for others', () => {
  const start: MeetingEvent = { from: 'room', type: 'setCamera', isOn: true };
  expect(run([...into({ isCameraStoppedByHost: true }), start]).call.media.isCameraOn).toBe(false);
  const asHost = into({ isCameraStoppedByHost: true, role: 'host' });
  expect(run([...asHost, start]).proceedings.asked).toEqual([
    { id: 1, action: { kind: 'allowCamera', participantId: ownId } },
  ]);
  const refused: CloudEvent = { from: 'cloud', type: 'controlled', id: 1, refusal: 'failed' };
  expect(run([...asHost, start, refused]).call.media).toEqual(closed);
});

test('agreeing to a wish asks a mute back that came after it', () => {
  const wish: CloudEvent = { from: 'cloud', type: 'ask', what: 'microphone', by: 'Hana', manner: 'asked' };
  const muted: CloudEvent = { from: 'cloud', type: 'roster', roster: [own({ isMutedByHost: true })] };
  const { call, effects } = run([...into(), wish, muted, { from: 'room', type: 'acceptAsk' }]);
  expect(effects[0]).toMatchObject({ effect: 'control', action: { kind: 'unmute', participantId: ownId } });
  expect(call).toMatchObject({ hostWish: null, media: { isMicrophoneOn: true } });
});
