import { newId } from '@anteroom/shared/ids.ts';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ForwardedStream } from './forwarding.ts';
import { answerWithinMs } from './limits.ts';
import { createSubscriber, type OfferToClient, type Subscriber } from './subscriber.ts';
import { createJanusSimulator, type JanusSimulator } from './testing/janus-simulator.ts';

const participantId = newId('participant');
const video = (feed: string, layer: ForwardedStream['layer'] = 'high'): ForwardedStream => ({
  ...{ participantId, kind: 'video', feed, mid: '1', layer },
});

describe('a subscription', () => {
  let janus: JanusSimulator;
  let clock: ManualClock;
  let subscriber: Subscriber;
  let toClient: (OfferToClient | 'candidate')[];
  let begun: string[];

  beforeEach(() => {
    janus = createJanusSimulator();
    clock = createManualClock();
    toClient = [];
    begun = [];
    let revision = 0;
    subscriber = createSubscriber({
      host: janus,
      room: { id: 'room', token: 't', secret: 's' },
      nextRevision: () => ++revision,
      onOffer: (offer) => toClient.push(offer),
      onCandidate: () => toClient.push('candidate'),
      onKeyFrameWanted: (feed) => begun.push(feed),
      clock,
      log: pino({ level: 'silent' }),
    });
  });

  afterEach(() => subscriber.dispose());

  /** Lets everything that is due happen. */
  const settle = () => clock.advance(0).then(() => new Promise((resolve) => setImmediate(resolve)));
  const offers = () => toClient.flatMap((one) => (one === 'candidate' ? [] : [one]));
  const feedsOf = (offer: OfferToClient | undefined) => offer?.offer.lines.map((line) => line.source?.feed ?? null);

  test('changes a layer without a new offer, once', async () => {
    subscriber.want([video('a'), video('b', 'low')]);
    await settle();
    subscriber.answer(1, 'answer');
    await settle();
    subscriber.want([video('a', 'low'), video('b', 'low')]);
    subscriber.want([video('a', 'low'), video('b', 'low')]);
    await settle();
    expect(janus.requests()).toEqual(['join', 'start', 'configure']);
    expect(janus.configured()).toEqual([{ mid: '0', substream: 0 }]);
    expect(offers()).toHaveLength(1);
  });

  test('is not begun while there is nobody to see', async () => {
    subscriber.want([]);
    await settle();
    expect(janus.attached()).toBe(0);
  });

  test('makes changes that come while one is under way together in the next', async () => {
    subscriber.want([video('a')]);
    await settle();
    subscriber.want([video('a'), video('b')]);
    subscriber.want([video('b'), video('c')]);
    await settle();
    expect(offers().map(({ revision, isNew }) => ({ revision, isNew }))).toEqual([{ revision: 1, isNew: true }]);
    expect(subscriber.answer(1, 'answer')).toBe(true);
    await settle();
    expect(janus.requests()).toEqual(['join', 'start', 'update']);
    expect(offers()[1]).toMatchObject({ revision: 2, isNew: false });
    expect(feedsOf(offers()[1])?.sort()).toEqual(['b', 'c']);
  });

  test('tells which feeds begin on a connection that is up, once the client has answered', async () => {
    subscriber.want([video('a')]);
    await settle();
    subscriber.answer(1, 'answer');
    await settle();
    subscriber.want([video('b'), video('c')]);
    await settle();
    expect(begun).toEqual([]);
    subscriber.answer(2, 'answer');
    await settle();
    expect(begun).toEqual(['b', 'c']);
  });

  test('keeps candidates back until the client has the offer they belong to', async () => {
    subscriber.want([video('a')]);
    // The handle is attached, the offer is not made yet.
    await Promise.resolve();
    janus.emit({ kind: 'candidate', candidate: null });
    await settle();
    expect(toClient.map((one) => (one === 'candidate' ? one : 'offer'))).toEqual(['offer', 'candidate']);
  });

  test('knows no answer to an offer that was never made, and forgives one that is too late', async () => {
    expect(subscriber.answer(1, 'early')).toBe(false);
    subscriber.want([video('a')]);
    await settle();
    subscriber.answer(1, 'answer');
    await settle();
    expect(subscriber.answer(1, 'again')).toBe(true);
    expect(janus.requests()).toEqual(['join', 'start']);
  });

  test('begins anew when a feed went away meanwhile', async () => {
    janus.refuseNext();
    subscriber.want([video('gone')]);
    await settle();
    subscriber.want([video('here')]);
    await clock.advance(100);
    await settle();
    expect(offers().map(feedsOf)).toEqual([['here']]);
    expect(offers()[0]).toMatchObject({ isNew: true });
    expect(janus.attached()).toBe(1);
  });

  test('is offered anew to a client that lost it', async () => {
    subscriber.want([video('a')]);
    await settle();
    subscriber.answer(1, 'answer');
    await settle();
    subscriber.restart();
    await settle();
    expect(offers()[1]).toMatchObject({ revision: 2, isNew: true });
    expect(janus.attached()).toBe(1);
  });

  test('is offered ever more rarely to a client that never answers', async () => {
    subscriber.want([video('a')]);
    await settle();
    const madeAfterS: number[] = [];
    for (let passedS = 1; passedS <= 75; passedS++) {
      const before = offers().length;
      await clock.advance(1_000);
      await settle();
      if (offers().length > before) madeAfterS.push(passedS);
    }
    expect(madeAfterS).toEqual([1, 3, 7].map((times) => (times * answerWithinMs) / 1_000));
    expect(janus.attached()).toBe(1);
  });

  test('leaves nothing behind', async () => {
    subscriber.want([video('a')]);
    await settle();
    subscriber.dispose();
    subscriber.want([video('b')]);
    await settle();
    expect(janus.attached()).toBe(0);
    expect(offers()).toHaveLength(1);
  });
});
