import { expect, test } from 'vitest';
import type { Call } from '../meeting/types.ts';
import { MediaError } from '../ports/media.ts';
import { connected, createRoom, joined, ownId } from './test/call-room.ts';

type Room = ReturnType<typeof createRoom>;

async function enter({ isPluggedIn = true } = {}): Promise<Room> {
  const room = createRoom();
  room.meetings.dispatch({ from: 'own', type: 'input', isPluggedIn });
  await room.press();
  await room.receive(joined('sdp'));
  room.media.last().emit(connected);
  room.sent();
  room.media.last().told.length = 0;
  return room;
}

async function share(room: Room, takesOver = false): Promise<void> {
  room.meetings.dispatch({ from: 'room', type: 'share', takesOver });
  await room.settle();
}

async function enterSharing(): Promise<Room> {
  const room = await enter();
  await share(room);
  await room.receive({ type: 'shared', answer: 'granted' });
  room.sent();
  room.media.last().told.length = 0;
  return room;
}

const ownShareOf = (call: Call) => ('ownShare' in call ? call.ownShare : null);
const ownShare = (room: Room) => ownShareOf(room.call());

test('a touch offers the laptop to the meeting; once granted it is on the room’s own display too', async () => {
  const room = await enter();
  await share(room, true);
  expect(room.sent()).toEqual(['share content 1.1 taking over']);
  expect(ownShare(room)).toEqual({ phase: 'starting', takesOver: true });
  expect(room.media.last().told).toEqual(['content offered']);
  await room.receive({ type: 'shared', answer: 'granted' });
  expect(ownShare(room)).toEqual({ phase: 'on' });
  expect(room.media.last().told).toEqual(['content offered', 'content answer granted', 'input shown: this room']);
});

test('without a laptop nothing is shared', async () => {
  const room = await enter({ isPluggedIn: false });
  await share(room);
  expect(room.sent()).toEqual([]);
  expect(ownShare(room)).toEqual({ phase: 'off', end: null });
});

test('a touch ends it, here and for everybody', async () => {
  const room = await enterSharing();
  room.meetings.dispatch({ from: 'room', type: 'stopSharing' });
  expect(room.media.last().told).toEqual(['content closed', 'input hidden']);
  expect(room.sentMessages()).toEqual([
    { type: 'control', id: 1, action: { kind: 'stopShare', participantId: ownId } },
  ]);
  expect(ownShare(room)).toEqual({ phase: 'off', end: null });
});

test('pulling the cable out ends it for everybody, and the room is told until it puts that away', async () => {
  const room = await enterSharing();
  room.meetings.dispatch({ from: 'own', type: 'input', isPluggedIn: false });
  expect(room.media.last().told).toEqual(['content closed', 'input hidden']);
  expect(room.sent()).toEqual(['control']);
  expect(ownShare(room)).toEqual({ phase: 'off', end: 'unplugged' });
  room.meetings.dispatch({ from: 'room', type: 'stopSharing' });
  expect(ownShare(room)).toEqual({ phase: 'off', end: null });
});

test.each(['stopped', 'taken_over'] as const)(
  'a share that was %s is closed here, and nothing is offered again',
  async (reason) => {
    const room = await enterSharing();
    await room.receive({ type: 'shareEnded', reason });
    expect(ownShare(room)).toEqual({ phase: 'off', end: reason });
    expect(room.media.last().told).toEqual(['content closed', 'input hidden']);
    await room.loseLine();
    await room.openLine(2);
    expect(room.sentMessages().find(({ type }) => type === 'join')).not.toHaveProperty('isSharing');
    await room.receive(joined('second'));
    expect(room.media.last().told).not.toContain('content offered');
  },
);

test('what is refused is closed, with the reason', async () => {
  const room = await enter();
  await share(room);
  await room.receive({ type: 'shareRefused', reason: 'host_shares' });
  expect(ownShare(room)).toEqual({ phase: 'off', end: 'host_shares' });
  expect(room.media.last().told).toEqual(['content offered', 'content closed', 'input hidden']);
});

test('a room that comes back says that it shares, and offers anew without taking over', async () => {
  const room = await enterSharing();
  await room.loseLine();
  await room.openLine(2);
  expect(room.sentMessages()).toMatchObject([{ type: 'join', isSharing: true }]);
  await room.receive(joined('second'));
  await room.settle();
  expect(room.sent()).toEqual(['share content 1.2']);
  await room.receive({ type: 'shared', answer: 'again' });
  expect(ownShare(room)).toEqual({ phase: 'on' });
});

test('after the death of the media process the next one offers what was shared', async () => {
  const room = await enterSharing();
  room.media.last().die();
  await room.settle();
  expect(room.sent().sort()).toEqual(['publish offer 2.1', 'resubscribe', 'share content 2.1']);
  await room.receive({ type: 'shared', answer: 'again' });
  expect(room.media.last().told).toContain('content answer again');
  expect(room.media.last().told).toContain('input shown: this room');
});

test('an empty media server is offered it anew', async () => {
  const room = await enterSharing();
  await room.receive({ type: 'republish' });
  expect(room.sent().sort()).toEqual(['publish offer 1.2', 'share content 1.2']);
});

test('a content connection that breaks is made anew while the rest goes on', async () => {
  const room = await enterSharing();
  room.media.last().emit({ type: 'connection', connection: 'content', state: 'failed' });
  await room.settle();
  expect(room.sent()).toEqual(['share content 1.2']);
  expect(room.call().state).toBe('in');
});

test('a laptop that media cannot offer is told as such', async () => {
  const room = await enter();
  room.media.last().offerContent = () => Promise.reject(new MediaError('content_failed', 'broken by the test'));
  await share(room);
  expect(ownShare(room)).toEqual({ phase: 'off', end: 'media_unavailable' });
});

test('an answer to what was stopped meanwhile is not taken for the answer to the next share', async () => {
  const room = await enter();
  await share(room);
  room.meetings.dispatch({ from: 'room', type: 'stopSharing' });
  await share(room);
  expect(room.sent()).toEqual(['share content 1.1', 'control', 'share content 1.2']);
  await room.receive({ type: 'shared', answer: 'to the first' });
  expect(ownShare(room)).toMatchObject({ phase: 'starting' });
  await room.receive({ type: 'shared', answer: 'to the second' });
  expect(room.media.last().told.filter((text) => text.startsWith('content answer'))).toEqual([
    'content answer to the second',
  ]);
});

test('after the meeting nothing of it is left', async () => {
  const room = await enterSharing();
  room.meetings.dispatch({ from: 'room', type: 'leave' });
  await room.settle();
  await room.press();
  await room.receive(joined('sdp'));
  expect(ownShare(room)).toEqual({ phase: 'off', end: null });
});
