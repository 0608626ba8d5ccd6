import { newId } from '@anteroom/shared/ids.ts';
import type { BoardClientMessage } from '@anteroom/shared/signalling/messages.ts';
import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBoardPointers, pointEveryMs, pointerColour } from './board-pointers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function openPointers() {
  const sent: BoardClientMessage[] = [];
  const { channel, feed } = createBoardChannel((message) => sent.push(message));
  const pointers = createBoardPointers({ channel });
  feed({ kind: 'opened' });
  const points = () => sent.flatMap((message) => (message.type === 'boardPoint' ? [message.at] : []));
  return { pointers, feed, points };
}

const ada = newId('participant');
const ben = newId('participant');

it('tells where one points at once, then the last place of each pause, and nothing while the hand rests', () => {
  const { pointers, points } = openPointers();
  for (const x of [0, 1, 2.4]) pointers.point({ x, y: 5 });
  expect(points()).toEqual([{ x: 0, y: 5 }]);
  vi.advanceTimersByTime(pointEveryMs);
  expect(points()).toEqual([
    { x: 0, y: 5 },
    { x: 2, y: 5 },
  ]);
  pointers.point({ x: 2, y: 5 });
  vi.advanceTimersByTime(10 * pointEveryMs);
  expect(points()).toHaveLength(2);
  pointers.point(null);
  expect(points().at(-1)).toBeNull();
});

it('knows where others point until they point no more, or the channel closes', () => {
  const { pointers, feed } = openPointers();
  const hears = vi.fn();
  pointers.subscribe(hears);
  const pointed = (participantId: typeof ada, at: { x: number; y: number } | null) =>
    feed({ kind: 'message', message: { type: 'boardPointed', participantId, at } });
  pointed(ada, { x: 1, y: 2 });
  pointed(ben, { x: 3, y: 4 });
  expect([...pointers.others()]).toEqual([
    [ada, { x: 1, y: 2 }],
    [ben, { x: 3, y: 4 }],
  ]);
  pointed(ada, null);
  expect([...pointers.others().keys()]).toEqual([ben]);
  feed({ kind: 'closed' });
  expect(pointers.others().size).toBe(0);
  expect(hears).toHaveBeenCalledTimes(4);
});

it('says goodbye with the board, and says anew where one points after a reconnection', () => {
  const { pointers, feed, points } = openPointers();
  pointers.point({ x: 1, y: 1 });
  feed({ kind: 'closed' });
  feed({ kind: 'opened' });
  vi.advanceTimersByTime(pointEveryMs);
  expect(points()).toEqual([
    { x: 1, y: 1 },
    { x: 1, y: 1 },
  ]);
  pointers.dispose();
  expect(points().at(-1)).toBeNull();
});

it('gives each one colour', () => {
  expect(pointerColour(ada)).toBe(pointerColour(ada));
  const many = Array.from({ length: 64 }, () => pointerColour(newId('participant')));
  expect(new Set(many).size).toBeGreaterThan(4);
});
