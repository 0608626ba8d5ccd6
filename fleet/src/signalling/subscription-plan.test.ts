import { newId } from '@anteroom/shared/ids.ts';
import { expect, test } from 'vitest';
import type { SubscriberLine } from '../media-nodes/videoroom.ts';
import type { ForwardedStream } from './forwarding.ts';
import { planSubscription } from './subscription-plan.ts';

const participantId = newId('participant');
const wanted = (feed: string, mid: string): ForwardedStream => ({ participantId, kind: 'video', feed, mid });
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
    subscribe: [{ feed: 'c', mid: '1' }],
    unsubscribe: [line('0', 'a')],
  });
});
