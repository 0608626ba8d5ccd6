import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { beforeEach, expect, test } from 'vitest';
import { createKeyFrameRequests } from './key-frame-requests.ts';

let clock: ManualClock;
let ending: AbortController;
let asked: number;
let faults: unknown[];
let fault: Error | null;
let requests: ReturnType<typeof createKeyFrameRequests>;

beforeEach(() => {
  clock = createManualClock();
  ending = new AbortController();
  asked = 0;
  faults = [];
  fault = null;
  requests = createKeyFrameRequests({
    ask: async () => {
      asked += 1;
      if (fault) throw fault;
    },
    onFault: (error) => faults.push(error),
    clock,
    signal: ending.signal,
  });
});

/** Lets everything that is due happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('the first is asked for at once, and those who come within 100 ms share the next', async () => {
  for (let receiver = 0; receiver < 10; receiver++) requests.request();
  expect(asked).toBe(1);
  await settle();
  await clock.advance(99);
  await settle();
  expect(asked).toBe(1);
  await clock.advance(1);
  await settle();
  expect(asked).toBe(2);
  await clock.advance(1_000);
  await settle();
  expect(asked).toBe(2);
  requests.request();
  expect(asked).toBe(3);
});

test('a sender that could not be asked is asked again by the next who wants it', async () => {
  fault = new Error('no such handle');
  requests.request();
  await settle();
  expect(faults).toEqual([fault]);
  fault = null;
  requests.request();
  expect(asked).toBe(2);
});

test('a sender that went away is asked no more, and that is no fault', async () => {
  requests.request();
  requests.request();
  await settle();
  ending.abort();
  await clock.advance(1_000);
  await settle();
  expect([asked, faults]).toEqual([1, []]);
});
