import { newId } from '@anteroom/shared/ids.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { SharedContent } from '@anteroom/shared/meeting/sharing.ts';
import { readEveryMs } from '@anteroom/shared/network/quality.ts';
import type { ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { expect, test } from 'vitest';
import { requestControl } from './control-answer.ts';
import { connected, createRoom, joined, meeting, open, ownId } from './test/call-room.ts';

async function enter(room: ReturnType<typeof createRoom>) {
  await room.press();
  await room.receive(joined('first'));
  room.media.last().emit(connected);
  room.sent();
}

test('pressing Join sends one message that bears ticket, media and offer', async () => {
  const room = createRoom();
  await room.press();
  expect(room.sent()).toEqual(['join ticket-1 offer 1.1']);
  expect(room.media.last().told).toEqual(['media MC', 'volume 60', 'open']);
  await room.receive(joined('sdp'));
  expect(room.media.last().told).toContain('answer sdp');
  expect(room.call().state).toBe('in');
});

test('the whiteboard goes to the screens while the room is in the meeting, and ends with the line', async () => {
  const room = createRoom();
  await enter(room);
  const message = { type: 'boardUpdate', part: 'AAA=', isLast: true } as const;
  await room.receive(message);
  await room.loseLine();
  expect(room.boardEvents()).toEqual([{ kind: 'opened' }, { kind: 'message', message }, { kind: 'closed' }]);
});

test('trouble with the room’s network is said, and said again to a meeting that the room comes back to', async () => {
  const room = createRoom();
  await enter(room);
  let [packets, lost, atMs] = [0, 0, 0];
  const lose = (lossPercent: number) => {
    packets += 100 - lossPercent;
    lost += lossPercent;
    atMs += readEveryMs;
    const counted = { key: 'subscribe 1', way: 'received', packets, lost, bytes: 0 } as const;
    const streams = [{ ...counted, reportedAt: null, jitterMs: null, roundTripMs: null }];
    room.media.last().emit({ type: 'network', reading: { atMs, streams, paths: [] } });
  };
  for (const loss of [0, 0, 20]) lose(loss);
  expect(room.sent()).toEqual([]);
  lose(20);
  expect(room.sent()).toEqual(['network']);
  await room.loseLine();
  lose(20);
  await room.openLine(2);
  await room.receive(joined('second'));
  room.sent();
  lose(20);
  expect(room.sent()).toEqual(['network']);
});

test('the room’s mute key is told when it moves, and to a meeting that the room comes into while it is down', async () => {
  const room = createRoom();
  room.pressMuteKey(true);
  expect(room.sent()).toEqual([]);
  await room.press();
  room.sent();
  await room.receive(joined('first'));
  expect(room.sent()).toEqual(['roomMute']);
  room.pressMuteKey(false);
  expect(room.sent()).toEqual(['roomMute']);
});

test('without a line the join waits for it', async () => {
  const room = createRoom({ isLineOpen: false });
  await room.press();
  expect(room.sent()).toEqual([]);
  expect(room.call().state).toBe('joining');
  await room.openLine(1);
  expect(room.sent()).toEqual(['join ticket-1 offer 1.1']);
});

test('subscribe offers are answered by their revision', async () => {
  const room = createRoom();
  await enter(room);
  await room.receive({ type: 'offer', revision: 3, isNew: true, offer: 'o', streams: [] });
  expect(room.sent()).toEqual(['answer']);
});

test('a line that comes back is joined with the same ticket and a new offer, while media went on', async () => {
  const room = createRoom();
  await enter(room);
  await room.loseLine();
  expect(room.call()).toMatchObject({ state: 'reconnecting', cause: 'network' });
  expect(room.media.last().isDisposed).toBe(false);
  await room.openLine(2);
  expect(room.sent()).toEqual(['join ticket-1 offer 1.2']);
  await room.receive(joined('second'));
  room.media.last().emit(connected);
  expect(room.call().state).toBe('in');
  expect(room.media.calls).toHaveLength(1);
});

test('a media process that dies is replaced, and publishes and subscribes anew', async () => {
  const room = createRoom();
  await enter(room);
  room.media.last().die();
  await room.settle();
  expect(room.call()).toMatchObject({ state: 'reconnecting', cause: 'mediaProcess' });
  expect(room.media.calls).toHaveLength(2);
  expect(room.media.calls[0]?.isDisposed).toBe(true);
  expect(room.sent()).toEqual(['resubscribe', 'publish offer 2.1']);
  await room.receive({ type: 'published', answer: 'again' });
  room.media.last().emit(connected);
  expect(room.media.last().told).toContain('answer again');
  expect(room.call().state).toBe('in');
  expect(room.announced).toContain('mediaRestarted');
});

test('a process that dies while its join is under way gives way to the next one', async () => {
  const room = createRoom();
  await room.press();
  room.media.last().die();
  await room.settle();
  room.sent();
  await room.receive(joined('for a dead process'));
  expect(room.media.last().told).not.toContain('answer for a dead process');
  expect(room.sent()).toEqual(['resubscribe', 'publish offer 2.1']);
});

test('an empty media server is published to again', async () => {
  const room = createRoom();
  await enter(room);
  await room.receive({ type: 'republish' });
  expect(room.call()).toMatchObject({ state: 'reconnecting', cause: 'mediaServer' });
  expect(room.sent()).toEqual(['publish offer 1.2']);
});

test('a media server that is away for a moment is asked again', async () => {
  const room = createRoom();
  await enter(room);
  await room.receive({ type: 'republish' });
  room.sent();
  await room.receive({ type: 'error', code: 'media_unavailable', detail: 'send publish again' });
  expect(room.sent()).toEqual([]);
  await room.clock.advance(300);
  expect(room.sent()).toEqual(['publish offer 1.2']);
});

test('a broken subscription is asked for anew', async () => {
  const room = createRoom();
  await enter(room);
  room.media.last().emit({ type: 'connection', connection: 'subscribe', state: 'failed' });
  expect(room.sent()).toEqual(['resubscribe']);
});

test('a meeting’s watermark is this room’s own name, as the meeting has it, also for the next media process', async () => {
  const room = createRoom();
  await room.press();
  const own = someone('Cedar', { participantId: ownId, kind: 'terminal' });
  const hasWatermark = { ...openControls, hasWatermark: true };
  await room.receive({ ...isJoined(joined('sdp')), roster: [own], controls: hasWatermark });
  const marks = () => room.media.last().told.filter((text) => text.startsWith('watermark'));
  expect(marks()).toEqual(['watermark Cedar']);
  const renamed = { ...own, name: 'Cedar, 3rd floor' };
  await room.receive({ type: 'roster', from: 1, revision: 2, changed: [renamed], left: [] });
  expect(marks()).toEqual(['watermark Cedar', 'watermark Cedar, 3rd floor']);
  room.media.last().die();
  await room.settle();
  expect(room.media.calls).toHaveLength(2);
  expect(marks()).toEqual(['watermark Cedar, 3rd floor']);
});

test('the whiteboard is on the room’s display as it was painted last, also by the next media process', async () => {
  const room = createRoom();
  await enter(room);
  const boards = () => room.media.last().told.filter((text) => text.startsWith('board'));
  const paint = (picture: string) => {
    room.boardPictures.take(Buffer.from(picture));
    room.runner.applyStage();
  };
  const show = (content: SharedContent | null, revision: number) =>
    room.receive({ type: 'meeting', revision, meeting: joined('').meeting, controls: openControls, content });
  paint('early');
  await show({ kind: 'whiteboard', participantId: ownId, startedAt: room.clock.now().toISOString() }, 2);
  paint('a house');
  paint('a house with a tree');
  expect(boards()).toEqual(['board unpainted', 'board a house', 'board a house with a tree']);
  room.media.last().die();
  await room.settle();
  expect(boards()).toEqual(['board a house with a tree']);
  await show(null, 3);
  expect(boards()).toEqual(['board a house with a tree', 'board hidden']);
});

test('leaving tells the fleet, closes media and forgets the meeting', async () => {
  const room = createRoom();
  await enter(room);
  expect(room.memory.value).toMatchObject({ meeting: { ticket: 'ticket-1' }, media: open });
  room.meetings.dispatch({ from: 'room', type: 'leave' });
  expect(room.call().state).toBe('leaving');
  await room.settle();
  expect(room.call().state).toBe('idle');
  expect(room.hangUps()).toBe(1);
  expect(room.media.last().isDisposed).toBe(true);
  expect(room.memory.value).toBeNull();
});

test('what the room closes is told to media and fleet, and remembered for a restart', async () => {
  const room = createRoom();
  await enter(room);
  room.meetings.dispatch({ from: 'room', type: 'setMicrophone', isOn: false });
  await room.settle();
  expect(room.media.last().told.at(-1)).toBe('media -C');
  expect(room.sent()).toEqual(['media']);
  expect(room.memory.value?.media).toEqual({ isMicrophoneOn: false, isCameraOn: true });
});

test('an agent that was killed in a meeting comes back with what the room had chosen', async () => {
  const room = createRoom();
  const media = { isMicrophoneOn: false, isCameraOn: true };
  room.meetings.dispatch({ from: 'own', type: 'remembered', meeting, media });
  await room.settle();
  expect(room.sent()).toEqual(['join ticket-1 offer 1.1']);
  expect(room.media.last().told[0]).toBe('media -C');
  await room.receive(joined('sdp'));
  room.media.last().emit(connected);
  expect(room.call()).toMatchObject({ state: 'in', media });
});

test('a refused join is closed, and tried again by itself when that helps', async () => {
  const room = createRoom();
  await room.press();
  room.sent();
  await room.receive({ type: 'refused', reason: 'media_unavailable' });
  expect(room.call()).toMatchObject({ state: 'failed', reason: 'media_unavailable' });
  expect(room.media.last().isDisposed).toBe(true);
  await room.clock.advance(2_000);
  expect(room.call().state).toBe('joining');
  expect(room.sent()).toEqual(['join ticket-1 offer 2.1']);
});

test('the first frame is timed from the press', async () => {
  const room = createRoom();
  await room.press();
  await room.clock.advance(120);
  await room.receive(joined('sdp'));
  const atMonotonicMs = room.clock.monotonicMs() + 30;
  room.media.last().emit({ type: 'firstFrame', participantId: newId('participant'), atMonotonicMs });
  expect(room.call()).toMatchObject({ firstFrameMs: 150 });
  expect(room.announced).toEqual(['joined']);
});

test('a terminal without media joins to watch', async () => {
  const room = createRoom({ isPublishing: false });
  await room.press();
  expect(room.sent()).toEqual(['join ticket-1 watching']);
  await room.receive(joined());
  expect(room.call().state).toBe('in');
  await room.receive({ type: 'offer', revision: 1, isNew: true, offer: 'o', streams: [] });
  expect(room.sent()).toEqual([]);
  expect(room.media.calls).toHaveLength(0);
});

test('ending the agent without leaving keeps the memory of the call', async () => {
  const room = createRoom();
  await enter(room);
  await room.meetings[Symbol.asyncDispose]();
  await room.runner[Symbol.asyncDispose]();
  expect(room.hangUps()).toBe(0);
  expect(room.memory.value).not.toBeNull();
  expect(room.media.last().isDisposed).toBe(true);
});

test('an action of meeting control is answered by what the fleet says to its id', async () => {
  const room = createRoom();
  await enter(room);
  const { meetings, clock } = room;
  const gone = new AbortController();
  const ask = (isLocked: boolean) =>
    requestControl({ kind: 'lock', isLocked }, { meetings, clock, signal: gone.signal });
  const [first, second] = [ask(true), ask(false)];
  expect(room.sent()).toEqual(['control', 'control']);
  await room.receive({ type: 'controlled', id: 2, refusal: 'not_allowed' });
  expect(await second).toBe('not_allowed');
  await room.receive({ type: 'controlled', id: 1, refusal: null });
  expect(await first).toBeNull();
});

test('an action that is not answered has failed: too late, without a line, or because nobody waits for it any more', async () => {
  const room = createRoom();
  await enter(room);
  const { meetings, clock } = room;
  const gone = new AbortController();
  const ask = () => requestControl({ kind: 'unmuteAll' }, { meetings, clock, signal: gone.signal });
  const late = ask();
  await clock.advance(3_500);
  expect(await late).toBe('failed');
  const lost = ask();
  await room.loseLine();
  expect(await lost).toBe('failed');
  await room.openLine(2);
  await room.receive(joined('second'));
  const unheard = ask();
  gone.abort();
  expect(await unheard).toBe('failed');
});

test('a meeting that is over is the answer to ending it', async () => {
  const room = createRoom();
  await enter(room);
  const { meetings, clock } = room;
  const gone = new AbortController();
  const ended = requestControl({ kind: 'end' }, { meetings, clock, signal: gone.signal });
  await room.receive({ type: 'bye', reason: 'meeting_ended' });
  expect(await ended).toBeNull();
});

function isJoined(message: ServerMessage): Extract<ServerMessage, { type: 'joined' }> {
  if (message.type !== 'joined') throw new Error(`${message.type} instead of joined`);
  return message;
}
