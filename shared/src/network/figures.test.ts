import { expect, it } from 'vitest';
import { figuresBetween } from './figures.ts';
import type { NetworkReading, PathCount, StreamCount } from './reading.ts';

const stream = (change: Partial<StreamCount>): StreamCount => ({
  ...{ key: 'voice', way: 'received', packets: 0, bytes: 0, lost: 0 },
  ...{ reportedAt: null, jitterMs: null, roundTripMs: null, ...change },
});
const path = (change: Partial<PathCount>): PathCount => ({
  ...{ key: 'pair', answers: 0, roundTripMs: null, canSendKbps: null, ...change },
});
const at = (atMs: number, streams: StreamCount[], paths: PathCount[] = []): NetworkReading => ({
  ...{ atMs, streams, paths },
});
const begun = at(0, [stream({})], [path({})]);

it('measures what arrived, and what did not', () => {
  const after = at(2_000, [stream({ packets: 90, lost: 10, bytes: 10_000, jitterMs: 12.4 })]);
  expect(figuresBetween(begun, after)).toEqual({
    ...{ roundTripMs: null, sentLossPercent: null, receivedLossPercent: 10, jitterMs: 12 },
    ...{ sentKbps: 0, receivedKbps: 40, canSendKbps: null },
  });
});

it('takes the loss of what is sent from new reports of the far end alone', () => {
  const sent = (change: Partial<StreamCount>) => stream({ way: 'sent', key: 'camera', ...change });
  const before = at(0, [sent({ packets: 1_000, lost: 4, reportedAt: 1 })]);
  const reported = at(2_000, [sent({ packets: 1_200, lost: 14, reportedAt: 2, roundTripMs: 41 })]);
  expect(figuresBetween(before, reported)).toMatchObject({ sentLossPercent: 5, roundTripMs: 41 });
  // Sending alone is no evidence: a network that is gone takes packets too.
  const silent = at(2_000, [sent({ packets: 1_200, lost: 4, reportedAt: 1 })]);
  expect(figuresBetween(before, silent)).toBeNull();
});

it('counts an answer of the other end as evidence, and its way as the round trip', () => {
  const answered = at(2_000, [stream({})], [path({ answers: 1, roundTripMs: 24.6, canSendKbps: 900 })]);
  expect(figuresBetween(begun, answered)).toMatchObject({ roundTripMs: 25, receivedLossPercent: null });
  const still = at(2_000, [stream({})], [path({ roundTripMs: 24.6 })]);
  expect(figuresBetween(begun, still)).toBeNull();
});

it('says what the way out can carry only while something is sent', () => {
  const sending = (packets: number) => [stream({ way: 'sent', packets })];
  const answered = [path({ answers: 1, canSendKbps: 180 })];
  expect(figuresBetween(begun, at(2_000, sending(0), answered))).toMatchObject({ canSendKbps: null });
  const before = at(0, sending(0), [path({})]);
  expect(figuresBetween(before, at(2_000, sending(50), answered))).toMatchObject({ canSendKbps: 180 });
});

it('takes nothing from connections that came, went or began anew', () => {
  const before = at(0, [stream({ key: 'gone', packets: 500 }), stream({ key: 'anew', packets: 500 })]);
  const after = at(2_000, [stream({ key: 'anew', packets: 40 }), stream({ key: 'new', packets: 80, lost: 80 })]);
  expect(figuresBetween(before, after)).toBeNull();
});

it('makes no share of a few packets, and of packets that came twice no gain', () => {
  expect(figuresBetween(begun, at(2_000, [stream({ packets: 10, lost: 5 })]))).toMatchObject({
    receivedLossPercent: null,
  });
  expect(figuresBetween(begun, at(2_000, [stream({ packets: 100, lost: -3 })]))).toMatchObject({
    receivedLossPercent: 0,
  });
});
