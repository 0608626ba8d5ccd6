import { newId } from '@anteroom/shared/ids.ts';
import { expect, test } from 'vitest';
import type { SubscriberLine } from '../media-nodes/videoroom.ts';
import type { ForwardedStream } from './forwarding.ts';
import { planLayers, planSubscription } from './subscription-plan.ts';

const participantId = newId('participant');
const wanted = (feed: string, mid: string, layer: ForwardedStream['layer'] = 'high'): ForwardedStream => ({
  ...{ participantId, kind: 'video', feed, mid, layer },
});
const line = (mid: string, feed: string | null): SubscriberLine => ({
  mid,
  kind: 'video',
  source: feed === null ? null : { feed, mid: '1' },
});

test('nothing to do when the lines carry what is wanted, whatever their order', () => {
  expect(planSubscription([line('0', 'a'), line('1', 'b')], [wanted('b', '1'), wanted('a', '1')])).toBeNull();
  expect(planSubscription([], [])).toBeNull();
  expect(planSubscription([line('0', null)], [])).toBeNull();
});

test('takes what is missing and drops what is not wanted, in one change', () => {
  const lines = [line('0', 'a'), line('1', null), line('2', 'b')];
  expect(planSubscription(lines, [wanted('b', '1'), wanted('c', '1')])).toEqual({
    subscribe: [{ feed: 'c', mid: '1', layer: 'high' }],
    unsubscribe: [line('0', 'a')],
  });
});

test('changes the layer of the lines that carry another than is wanted, and of no sound', () => {
  const lines = [line('0', 'a'), line('1', 'b'), line('2', null), { ...line('3', 'c'), kind: 'audio' as const }];
  const layers = new Map([
    ['a/1', 'high'],
    ['b/1', 'low'],
  ] as const);
  const all = [wanted('a', '1', 'low'), wanted('b', '1', 'low'), wanted('c', '1', null)];
  expect(planLayers(lines, layers, all)).toEqual([
    { line: line('0', 'a'), source: { feed: 'a', mid: '1' }, layer: 'low' },
  ]);
  expect(planLayers(lines, layers, [wanted('a', '1', 'high'), wanted('b', '1', 'low')])).toEqual([]);
});
