import { newId } from '@anteroom/shared/ids.ts';
import type { SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import { describe, expect, test } from 'vitest';
import { maxTiles, planContent, planTiles, type VideoFlow } from './tiles.ts';

const alice = newId('participant');
const bob = newId('participant');
const nowMs = 10_000;
const person = (participantId: typeof alice, name: string, isCameraOn: boolean) => ({
  participantId,
  name,
  shareLabel: `${name} shares`,
  isCameraOn,
});
const streams: SubscribedStream[] = [
  { mid: '0', participantId: alice, kind: 'video', source: 'camera' },
  { mid: '1', participantId: alice, kind: 'audio', source: 'camera' },
];
const flow = (lastFrameAtMs: number | null) =>
  new Map<string, VideoFlow>([['0', { mid: '0', frames: 9, lastFrameAtMs }]]);
const since = (ms: number) => new Map([[alice, ms]]);

describe('who gets a tile', () => {
  test('a picture that flows is shown', () => {
    const [tile] = planTiles([person(alice, 'Alice', true)], streams, flow(nowMs - 40), since(0), nowMs);
    expect(tile).toMatchObject({ mid: '0', isPictureShown: true, isPlateShown: false });
  });

  test('a camera that is off gives way to the name at once', () => {
    const [tile] = planTiles([person(alice, 'Alice', false)], streams, flow(nowMs - 40), since(nowMs), nowMs);
    expect(tile).toMatchObject({ isPictureShown: false, isPlateShown: true });
  });

  test('a picture that is on its way gets a moment before the name stands in', () => {
    const roster = [person(alice, 'Alice', true)];
    expect(planTiles(roster, streams, flow(null), since(nowMs - 100), nowMs)[0]).toMatchObject({ isPlateShown: false });
    expect(planTiles(roster, streams, flow(null), since(nowMs - 600), nowMs)[0]).toMatchObject({ isPlateShown: true });
  });

  test('a picture that stands still gives way to the name', () => {
    const [tile] = planTiles([person(alice, 'Alice', true)], streams, flow(nowMs - 3_500), since(0), nowMs);
    expect(tile).toMatchObject({ isPictureShown: false, isPlateShown: true });
  });

  test('somebody who is seen before the roster comes has a tile without a name', () => {
    expect(planTiles([], streams, flow(nowMs), since(0), nowMs)).toEqual([
      { participantId: alice, name: '', mid: '0', isPictureShown: true, isPlateShown: false },
    ]);
  });

  test('people with a camera on come first', () => {
    const plan = planTiles(
      [person(bob, 'Bob', false), person(alice, 'Alice', true)],
      streams,
      flow(nowMs),
      since(0),
      nowMs,
    );
    expect(plan.map(({ name }) => name)).toEqual(['Alice', 'Bob']);
  });

  test(`at most ${maxTiles} have a tile`, () => {
    const many = Array.from({ length: 20 }, (_, index) => person(newId('participant'), `P${index}`, false));
    expect(planTiles(many, [], new Map(), new Map(), nowMs)).toHaveLength(maxTiles);
  });
});

describe('what is shared', () => {
  const shared: SubscribedStream[] = [
    ...streams,
    { mid: '2', participantId: alice, kind: 'audio', source: 'content' },
    { mid: '3', participantId: alice, kind: 'video', source: 'content' },
  ];

  test('nothing is, when only cameras and microphones are there', () => {
    expect(planContent([person(alice, 'Alice', true)], streams)).toBeNull();
  });

  test('a sound alone has no place', () => {
    expect(planContent([person(alice, 'Alice', true)], shared.slice(0, 3))).toBeNull();
  });

  test('has words that say whose it is', () => {
    expect(planContent([person(alice, 'Alice', false)], shared)).toEqual({ mid: '3', label: 'Alice shares' });
  });

  test('is seen without words before the roster names its sharer', () => {
    expect(planContent([], shared)).toEqual({ mid: '3', label: '' });
  });

  test('leaves the sharer their own tile with their camera', () => {
    const [tile] = planTiles([person(alice, 'Alice', true)], shared, flow(nowMs), since(0), nowMs);
    expect(tile).toMatchObject({ mid: '0', isPictureShown: true });
  });

  test('a sharer whose camera is not there has a tile with the name', () => {
    const onlyContent = shared.filter(({ source }) => source === 'content');
    const [tile] = planTiles([person(alice, 'Alice', false)], onlyContent, new Map(), since(0), nowMs);
    expect(tile).toMatchObject({ mid: null, isPictureShown: false, isPlateShown: true });
    expect(planTiles([], onlyContent, new Map(), new Map(), nowMs)).toEqual([]);
  });
});
