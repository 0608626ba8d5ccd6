import type { StreamCount } from '@anteroom/shared/network/reading.ts';

/** One `application/x-rtp-source-stats` structure of an RTPSession's `stats`, its fields as they are written. */
type Source = ReadonlyMap<string, string>;

/**
 * The streams of one connection in the text of its RTPSession's `stats`. Its own sources are what is sent; others are what
 * is received, or tell of what is sent by their last report block (RFC 3550, 6.4.1), which names the stream.
 */
export function readSourceStats(text: string, connection: string): StreamCount[] {
  const sources = text.split('application/x-rtp-source-stats').slice(1).map(readSource);
  const reports = sources.filter((source) => !isOwn(source) && source.get('have-rb') === 'true');
  return sources.flatMap((source): StreamCount | [] => {
    if (source.get('is-sender') !== 'true') return [];
    const key = `${connection} ${source.get('ssrc')}`;
    if (!isOwn(source)) return received(key, source);
    const of = (report: Source) => report.get('rb-ssrc') === source.get('ssrc');
    return sent(key, source, reports.find(of) ?? new Map());
  });
}

function readSource(text: string): Source {
  const fields = text.replaceAll('\\', '').matchAll(/([\w-]+)=\(\w+\)([\w.-]+)/gu);
  return new Map([...fields].map(([, name = '', value = '']) => [name, value]));
}

const isOwn = (source: Source) => source.get('internal') === 'true';

function received(key: string, source: Source): StreamCount {
  return {
    ...{ key, way: 'received', packets: count(source, 'packets-received'), bytes: count(source, 'bytes-received') },
    ...{ lost: count(source, 'packets-lost'), jitterMs: jitterMs(source.get('jitter'), source) },
    ...{ reportedAt: null, roundTripMs: null },
  };
}

/** NTP's short format counts in these parts of a second. */
const ntpParts = 65_536;

function sent(key: string, source: Source, report: Source): StreamCount {
  // Zero before the far end had a sender report to go by.
  const lastReport = count(report, 'rb-lsr');
  const roundTrip = count(report, 'rb-round-trip');
  return {
    ...{ key, way: 'sent', packets: count(source, 'packets-sent'), bytes: count(source, 'octets-sent') },
    ...{ lost: count(report, 'rb-packetslost'), jitterMs: jitterMs(report.get('rb-jitter'), source) },
    reportedAt: report.size === 0 ? null : count(report, 'rb-exthighestseq') + lastReport + count(report, 'rb-dlsr'),
    roundTripMs: lastReport === 0 ? null : (1000 * roundTrip) / ntpParts,
  };
}

function count(source: Source, field: string): number {
  return Number(source.get(field) ?? 0);
}

/** Jitter is counted in samples of the stream; before its first packet their rate is not known. */
function jitterMs(jitter: string | undefined, source: Source): number | null {
  const rate = count(source, 'clock-rate');
  return jitter === undefined || rate <= 0 ? null : (1000 * Number(jitter)) / rate;
}
