import { loadavg } from 'node:os';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Link } from '../link/link.ts';

/** How this machine does, counted from now on. */
export function createTelemetry({ clock }: { clock: Clock }): () => Parameters<Link['sendTelemetry']>[0] {
  const startedAtMs = clock.monotonicMs();
  return () => ({
    residentBytes: process.memoryUsage.rss(),
    uptimeS: Math.round((clock.monotonicMs() - startedAtMs) / 1000),
    loadAverage: loadavg()[0] ?? 0,
  });
}
