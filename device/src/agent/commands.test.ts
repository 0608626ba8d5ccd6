import { newId } from '@anteroom/shared/ids.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { letIn } from '../meeting/test/let-in.ts';
import { closed, type Effect, type Meeting } from '../meeting/types.ts';
import { createCommands } from './commands.ts';
import { createMeetings } from './meetings.ts';

const startAt = '2026-01-05T09:00:00.000Z';
const meeting: Meeting = {
  meetingId: newId('meeting'),
  number: '123456789',
  subject: 'Design review',
  organizerName: 'Ada',
  startAt,
  endAt: '2026-01-05T10:00:00.000Z',
  timeZone: 'UTC',
  ticket: 'ticket',
  ringUntil: null,
  callerName: null,
};
const early: Meeting = {
  ...meeting,
  meetingId: newId('meeting'),
  startAt: '2026-01-05T12:00:00.000Z',
  endAt: '2026-01-05T13:00:00.000Z',
};
const closedToUs: Meeting = { ...meeting, meetingId: newId('meeting'), ticket: null };

function createRoom() {
  const clock = createManualClock(new Date(startAt));
  const effects: Effect[] = [];
  const did: string[] = [];
  const meetings = createMeetings({
    ...{
      clock,
      serverNow: () => clock.now(),
      log: pino({ level: 'silent' }),
      ringManner: () => 'ring',
      mediaAtRemoteStart: () => closed,
    },
    run: (effect) => void effects.push(effect),
  });
  meetings.schedule([meeting, early, closedToUs]);
  const execute = createCommands({
    meetings,
    setVolume: (percent) => void did.push(`volume ${percent}`),
    identify: (untilMs) => void did.push(`identify until ${new Date(untilMs).toISOString()}`),
    restart: () => void did.push('restart'),
  });
  const stop = new AbortController();
  return {
    ...{ meetings, effects, did, stop },
    execute: (request: CommandRequest) => execute(request, { signal: stop.signal }),
    enter() {
      const media = { isMicrophoneOn: true, isCameraOn: true };
      meetings.dispatch({ from: 'room', type: 'join', meeting, media });
      meetings.dispatch(letIn(meeting));
    },
  };
}

test.each<[string, CommandRequest, string]>([
  [
    'a meeting nobody told about',
    { kind: 'join', meetingId: newId('meeting') },
    'This meeting is no longer on the schedule.',
  ],
  [
    'one without a ticket',
    { kind: 'join', meetingId: closedToUs.meetingId },
    'This room may see this meeting but not join it. Ask an administrator.',
  ],
  ['one that is far off', { kind: 'join', meetingId: early.meetingId }, 'The door opens 10 minutes before the start.'],
  ['leaving no meeting', { kind: 'leave' }, 'This room is not in a meeting.'],
  ['muting no meeting', { kind: 'mute' }, 'This room is not in a meeting.'],
  ['closing no camera', { kind: 'stopCamera' }, 'This room is not in a meeting.'],
])('%s is refused with the reason', async (_what, request, detail) => {
  const room = createRoom();
  expect(await room.execute(request)).toEqual({ result: 'refused', detail });
  expect(room.effects).toEqual([]);
});

test('a join is done when the fleet let the room in, with microphone and camera closed', async () => {
  const room = createRoom();
  const outcome = room.execute({ kind: 'join', meetingId: meeting.meetingId });
  room.meetings.dispatch(letIn(meeting));
  expect(await outcome).toEqual({ result: 'done', detail: '' });
  expect(room.effects[0]).toMatchObject({ effect: 'startCall', media: { isMicrophoneOn: false, isCameraOn: false } });
});

test('a join that is refused has failed, with the words of the refusal', async () => {
  const room = createRoom();
  const outcome = room.execute({ kind: 'join', meetingId: meeting.meetingId });
  room.meetings.dispatch({ from: 'cloud', type: 'refused', reason: 'room_full' });
  expect(await outcome).toEqual({
    result: 'failed',
    detail: 'No seat is free in this cloud room. When somebody leaves, you go in by yourself.',
  });
});

test('a join that the room cancels has failed', async () => {
  const room = createRoom();
  const outcome = room.execute({ kind: 'join', meetingId: meeting.meetingId });
  room.meetings.dispatch({ from: 'room', type: 'cancelJoin' });
  expect(await outcome).toMatchObject({ result: 'failed', detail: 'The join was cancelled in the room.' });
});

test('a join during a meeting is refused and changes nothing', async () => {
  const room = createRoom();
  room.enter();
  const before = room.meetings.call();
  expect(await room.execute({ kind: 'join', meetingId: meeting.meetingId })).toMatchObject({ result: 'refused' });
  expect(room.meetings.call()).toBe(before);
});

test('commands close and never open', async () => {
  const room = createRoom();
  room.enter();
  expect(await room.execute({ kind: 'mute' })).toMatchObject({ result: 'done' });
  expect(room.meetings.call()).toMatchObject({ media: { isMicrophoneOn: false, isCameraOn: true } });
  expect(await room.execute({ kind: 'stopCamera' })).toMatchObject({ result: 'done' });
  expect(room.meetings.call()).toMatchObject({ media: { isMicrophoneOn: false, isCameraOn: false } });
});

test('leaving is done when the devices are closed', async () => {
  const room = createRoom();
  room.enter();
  const outcome = room.execute({ kind: 'leave' });
  expect(room.meetings.call().state).toBe('leaving');
  room.meetings.dispatch({ from: 'own', type: 'left' });
  expect(await outcome).toEqual({ result: 'done', detail: '' });
});

test('a restart waits until its outcome is on disk, and does not interrupt a meeting unless told to', async () => {
  const room = createRoom();
  const outcome = await room.execute({ kind: 'restart', evenInMeeting: false });
  expect(room.did).toEqual([]);
  outcome.afterRecorded?.();
  expect(room.did).toEqual(['restart']);
  room.enter();
  expect(await room.execute({ kind: 'restart', evenInMeeting: false })).toMatchObject({ result: 'refused' });
  expect(await room.execute({ kind: 'restart', evenInMeeting: true })).toMatchObject({ result: 'done' });
});

test('volume, identify and ping', async () => {
  const room = createRoom();
  await room.execute({ kind: 'setVolume', volumePercent: 30 });
  await room.execute({ kind: 'identify', seconds: 60 });
  expect(await room.execute({ kind: 'ping' })).toEqual({ result: 'done', detail: '' });
  expect(room.did).toEqual(['volume 30', 'identify until 2026-01-05T09:01:00.000Z']);
});

test('an agent that goes down gives up waiting', async () => {
  const room = createRoom();
  const outcome = room.execute({ kind: 'join', meetingId: meeting.meetingId });
  room.stop.abort(new Error('going down'));
  await expect(outcome).rejects.toThrow('going down');
});
