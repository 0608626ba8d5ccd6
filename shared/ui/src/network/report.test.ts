import { figuresBetween } from '@anteroom/shared/network/figures.ts';
import { expect, it } from 'vitest';
import { type ReportEntry, readReports } from './report.ts';

/** As Chromium 141 gives it, without what is not read. */
const published = (change: { sent: number; lost: number; at: number; answers: number }): ReportEntry[] => [
  { id: 'OT1', type: 'outbound-rtp', kind: 'video', packetsSent: change.sent, bytesSent: change.sent * 1_000 },
  {
    ...{ id: 'RIV1', type: 'remote-inbound-rtp', localId: 'OT1', timestamp: change.at },
    ...{ packetsLost: change.lost, jitter: 0.0125, roundTripTime: 0.043 },
  },
  {
    ...{ id: 'CP1', type: 'candidate-pair', nominated: true, state: 'succeeded', responsesReceived: change.answers },
    ...{ currentRoundTripTime: 0.041, availableOutgoingBitrate: 1_250_000 },
  },
  { id: 'CP2', type: 'candidate-pair', nominated: false, state: 'failed', currentRoundTripTime: 4 },
  { id: 'T1', type: 'transport' },
];
const subscribed = (packetsReceived: number, packetsLost: number): ReportEntry[] => [
  { id: 'IT1', type: 'inbound-rtp', packetsReceived, packetsLost, bytesReceived: packetsReceived * 500, jitter: 0.004 },
];

it('reads what both connections sent, received and were told', () => {
  const before = readReports(
    { publish: published({ sent: 100, lost: 0, at: 1, answers: 3 }), subscribe: subscribed(50, 0) },
    0,
  );
  const after = readReports(
    { publish: published({ sent: 300, lost: 10, at: 2, answers: 4 }), subscribe: subscribed(250, 50) },
    2_000,
  );
  expect(figuresBetween(before, after)).toEqual({
    ...{ roundTripMs: 43, sentLossPercent: 5, receivedLossPercent: 20, jitterMs: 13 },
    ...{ sentKbps: 800, receivedKbps: 400, canSendKbps: 1_250 },
  });
});

it('keeps connections with the same ids apart', () => {
  const { streams } = readReports({ publish: subscribed(1, 0), subscribe: subscribed(2, 0) }, 0);
  expect(new Set(streams.map(({ key }) => key)).size).toBe(2);
});

it('takes what a browser does not tell as unknown', () => {
  const [stream] = readReports({ publish: [{ id: 'OT1', type: 'outbound-rtp', packetsSent: 5 }] }, 0).streams;
  expect(stream).toMatchObject({ packets: 5, bytes: 0, lost: 0, reportedAt: null, jitterMs: null });
});
