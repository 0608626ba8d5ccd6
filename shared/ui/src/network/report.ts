import type { NetworkReading, PathCount, StreamCount } from '@anteroom/shared/network/reading.ts';

/** One entry of an `RTCStatsReport`; what is in it depends on its type and on the browser. */
export type ReportEntry = { id: string; type: string } & Readonly<Record<string, unknown>>;

/** The reports of all connections (W3C webrtc-stats), read as one. Ids are of one connection, so that each has its own name. */
export function readReports(reports: Readonly<Record<string, Iterable<ReportEntry>>>, atMs: number): NetworkReading {
  const read = Object.entries(reports).map(([name, report]) => readReport(name, [...report]));
  return { atMs, streams: read.flatMap(({ streams }) => streams), paths: read.flatMap(({ paths }) => paths) };
}

function readReport(name: string, entries: readonly ReportEntry[]): Pick<NetworkReading, 'streams' | 'paths'> {
  const streams = entries.flatMap((entry): StreamCount | [] => {
    const key = `${name} ${entry.id}`;
    if (entry.type === 'inbound-rtp') return received(key, entry);
    if (entry.type !== 'outbound-rtp') return [];
    return sent(
      key,
      entry,
      entries.find(({ type, localId }) => type === 'remote-inbound-rtp' && localId === entry.id),
    );
  });
  const paths = entries
    .filter((entry) => entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded')
    .map(
      (entry): PathCount => ({
        key: `${name} ${entry.id}`,
        answers: count(entry.responsesReceived),
        roundTripMs: ms(entry.currentRoundTripTime),
        canSendKbps: number(entry.availableOutgoingBitrate, 1 / 1000),
      }),
    );
  return { streams, paths };
}

function received(key: string, entry: ReportEntry): StreamCount {
  return {
    ...{ key, way: 'received', packets: count(entry.packetsReceived), bytes: count(entry.bytesReceived) },
    ...{ lost: count(entry.packetsLost), jitterMs: ms(entry.jitter), reportedAt: null, roundTripMs: null },
  };
}

/** `report`: what the far end says of it. */
function sent(key: string, entry: ReportEntry, report: ReportEntry | undefined): StreamCount {
  return {
    ...{ key, way: 'sent', packets: count(entry.packetsSent), bytes: count(entry.bytesSent) },
    ...{ lost: count(report?.packetsLost), jitterMs: ms(report?.jitter) },
    ...{ reportedAt: number(report?.timestamp, 1), roundTripMs: ms(report?.roundTripTime) },
  };
}

const number = (value: unknown, factor: number) => (typeof value === 'number' ? value * factor : null);
const count = (value: unknown) => number(value, 1) ?? 0;
/** These reports count in seconds. */
const ms = (value: unknown) => number(value, 1000);
