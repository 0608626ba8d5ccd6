import type { NetworkReading, StreamCount } from './reading.ts';

/** How the network did between two readings; null is what nothing told. */
export type NetworkFigures = {
  roundTripMs: number | null;
  /** Of what was sent, by reports of the far end; of what should have arrived. */
  sentLossPercent: number | null;
  receivedLossPercent: number | null;
  /** How unevenly packets arrive, at the worse end. */
  jitterMs: number | null;
  sentKbps: number;
  receivedKbps: number;
  canSendKbps: number | null;
};

/** Below so many packets one lost packet would be a large share. */
const fewestPackets = 20;

/**
 * The figures between two readings; null when nothing came back from the network meanwhile. Streams and ways that only one
 * of them knows say nothing: connections come and go with the meeting.
 */
export function figuresBetween(before: NetworkReading, after: NetworkReading): NetworkFigures | null {
  const seconds = (after.atMs - before.atMs) / 1000;
  if (seconds <= 0) return null;
  const steps = stepsBetween(before.streams, after.streams);
  const received = steps.filter(({ now }) => now.way === 'received');
  const sent = steps.filter(({ now }) => now.way === 'sent');
  const reported = sent.filter(({ now, was }) => now.reportedAt !== was.reportedAt);
  const arriving = received.filter(({ packets }) => packets > 0);
  const answered = answeredPaths(before, after);
  if (reported.length + arriving.length + answered.length === 0) return null;
  const kbps = (of: readonly Step[]) => Math.round(sum(of, ({ bytes }) => bytes) / 125 / seconds);
  return {
    roundTripMs: most([...answered, ...reported.map(({ now }) => now)].map(({ roundTripMs }) => roundTripMs)),
    sentLossPercent: lossOf(reported, ({ packets }) => packets),
    receivedLossPercent: lossOf(received, ({ packets, lost }) => packets + lost),
    jitterMs: most([...reported, ...arriving].map(({ now }) => now.jitterMs)),
    sentKbps: kbps(sent),
    receivedKbps: kbps(received),
    canSendKbps: sum(sent, ({ packets }) => packets) > 0 ? most(answered.map(({ canSendKbps }) => canSendKbps)) : null,
  };
}

/** One stream's way from one reading to the next. */
type Step = { was: StreamCount; now: StreamCount; packets: number; lost: number; bytes: number };

function stepsBetween(before: readonly StreamCount[], after: readonly StreamCount[]): Step[] {
  const known = new Map(before.map((stream) => [stream.key, stream]));
  return after.flatMap((now) => {
    const was = known.get(now.key);
    if (!was || now.packets < was.packets) return [];
    return [{ was, now, packets: now.packets - was.packets, lost: now.lost - was.lost, bytes: now.bytes - was.bytes }];
  });
}

function answeredPaths({ paths: before }: NetworkReading, { paths: after }: NetworkReading) {
  const known = new Map(before.map(({ key, answers }) => [key, answers]));
  return after.filter(({ key, answers }) => answers > (known.get(key) ?? Number.POSITIVE_INFINITY));
}

function lossOf(steps: readonly Step[], expectedOf: (step: Step) => number): number | null {
  const expected = sum(steps, expectedOf);
  if (expected < fewestPackets) return null;
  const percent = (100 * sum(steps, ({ lost }) => lost)) / expected;
  return Math.round(10 * Math.min(100, Math.max(0, percent))) / 10;
}

function sum<T>(of: readonly T[], value: (one: T) => number): number {
  return of.reduce((before, one) => before + value(one), 0);
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.round(Math.max(...known));
}
