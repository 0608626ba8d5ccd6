import { expect, it } from 'vitest';
import type { NetworkTrouble } from '../signalling/messages.ts';
import { readEveryMs } from './quality.ts';
import type { NetworkReading } from './reading.ts';
import { createNetworkWatch } from './watch.ts';

/** Readings of a connection that loses this share of what should arrive, one every two seconds; null: nothing arrives. */
function startReadings() {
  let reading: NetworkReading = { atMs: 0, paths: [], streams: [] };
  let [packets, lost] = [0, 0];
  return (lossPercent: number | null): NetworkReading => {
    packets += lossPercent === null ? 0 : 100 - lossPercent;
    lost += lossPercent ?? 0;
    const counted = {
      key: 'voice',
      way: 'received',
      bytes: 0,
      reportedAt: null,
      jitterMs: 2,
      roundTripMs: null,
    } as const;
    reading = { atMs: reading.atMs + readEveryMs, paths: [], streams: [{ ...counted, packets, lost }] };
    return reading;
  };
}

function watch({ canSay }: { canSay: () => boolean } = { canSay: () => true }) {
  const said: (NetworkTrouble | null)[] = [];
  const watched = createNetworkWatch({
    say(trouble) {
      if (canSay()) said.push(trouble);
      return canSay();
    },
    onState: () => undefined,
  });
  const next = startReadings();
  const feed = (...losses: (number | null)[]) => {
    for (const loss of losses) watched.feed(next(loss));
    return said;
  };
  feed(0, 0);
  return { watched, feed };
}

it('says trouble when it begins and ends, and nothing while all is well', () => {
  const { feed } = watch();
  expect(feed(0, 0, 0)).toEqual([]);
  expect(feed(5, 5)).toEqual(['impaired']);
  expect(feed(0, 0, 0, 0)).toEqual(['impaired']);
  expect(feed(0)).toEqual(['impaired', null]);
});

it('says it again while it lasts, every ten seconds', () => {
  const { feed } = watch();
  expect(feed(20, 20, 20, 20, 20, 20)).toEqual(['bad']);
  expect(feed(20)).toEqual(['bad', 'bad']);
});

it('takes it back when nothing is known any more', () => {
  const { feed } = watch();
  expect(feed(20, 20, ...Array.from({ length: 6 }, () => null))).toEqual(['bad', 'bad', null]);
});

it('says it once it can', () => {
  let isIn = false;
  const { watched, feed } = watch({ canSay: () => isIn });
  expect(feed(20, 20)).toEqual([]);
  isIn = true;
  expect(feed(20)).toEqual(['bad']);
  // Back in the meeting, which has forgotten it.
  watched.forgetSaid();
  expect(feed(20)).toEqual(['bad', 'bad']);
});
