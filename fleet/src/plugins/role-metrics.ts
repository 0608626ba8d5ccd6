import { Counter, Gauge, type Registry } from 'prom-client';
import type { Link } from '../link/link.ts';
import type { SignallingService } from '../signalling/ports.ts';

/**
 * What the roles of this process have counted, as Prometheus metrics. The roles count for themselves and know no
 * Prometheus; their numbers are read when somebody asks for the metrics.
 */

type Sample = { labels: Record<string, string>; value: number };

export function registerLinkMetrics(metrics: Registry, link: Pick<Link, 'counters' | 'isLeading'>): void {
  count(metrics, 'anteroom_link_messages_received_total', 'Messages from terminals, by channel', 'channel', () =>
    byLabel('channel', link.counters().received),
  );
  count(metrics, 'anteroom_link_messages_dropped_total', 'Messages that were not read, by why', 'reason', () =>
    byLabel('reason', link.counters().dropped),
  );
  count(metrics, 'anteroom_link_surplus_outcomes_total', 'Outcomes of commands that had one or are unknown', null, () =>
    one(link.counters().surplusOutcomes),
  );
  count(metrics, 'anteroom_link_commands_sent_total', 'Commands sent, for the first time or again', 'attempt', () => {
    const { commandsSent, commandsSentAgain } = link.counters();
    return byLabel('attempt', { first: commandsSent, again: commandsSentAgain });
  });
  count(metrics, 'anteroom_link_store_failures_total', 'Messages that could not be stored', null, () =>
    one(link.counters().storeFailures),
  );
  measure(metrics, 'anteroom_link_leading', 'Whether this process holds the link lease (1) or waits for it (0)', () =>
    link.isLeading() ? 1 : 0,
  );
}

export function registerSignallingMetrics(
  metrics: Registry,
  signalling: Pick<SignallingService, 'counters' | 'liveMeetings'>,
): void {
  count(metrics, 'anteroom_signalling_connections_total', 'WebSockets taken over', null, () =>
    one(signalling.counters().connections),
  );
  count(metrics, 'anteroom_signalling_joins_total', 'Joins, by how they were answered', 'result', () => {
    const { joins, refusedJoins } = signalling.counters();
    return byLabel('result', { joined: joins, refused: refusedJoins });
  });
  count(metrics, 'anteroom_signalling_faulty_frames_total', 'Frames answered with an error, by its code', 'code', () =>
    byLabel('code', signalling.counters().faultyFrames),
  );
  measure(
    metrics,
    'anteroom_signalling_meetings',
    'Live meetings of this process',
    () => signalling.liveMeetings().length,
  );
  measure(metrics, 'anteroom_signalling_participants', 'Participants of the live meetings of this process', () =>
    signalling.liveMeetings().reduce((sum, { roster }) => sum + roster.length, 0),
  );
}

const one = (value: number): Sample[] => [{ labels: {}, value }];

const byLabel = (label: string, values: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));

function count(metrics: Registry, name: string, help: string, label: string | null, read: () => Sample[]): void {
  new Counter({
    ...{ name, help, labelNames: label === null ? [] : [label], registers: [metrics] },
    collect() {
      // The numbers are whole already, counted since the process started.
      this.reset();
      for (const { labels, value } of read()) this.inc(labels, value);
    },
  });
}

function measure(metrics: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    ...{ name, help, registers: [metrics] },
    collect() {
      this.set(read());
    },
  });
}
