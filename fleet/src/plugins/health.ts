import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Whether this process does its work; null when it does, else what is missing. */
export type Readiness = () => Promise<string | null>;

/** /healthz: the process answers. /readyz: it can do its work. /metrics: Prometheus text. */
export function registerHealth(app: FastifyInstance, deps: { readiness: Readiness; metrics: Registry }): void {
  const { readiness, metrics } = deps;
  const requests = new Counter({
    name: 'anteroom_http_requests_total',
    help: 'HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [metrics],
  });
  const durations = new Histogram({
    name: 'anteroom_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [metrics],
  });

  app.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none' };
    requests.inc({ ...labels, status: reply.statusCode });
    durations.observe(labels, reply.elapsedTime / 1000);
    done();
  });
  app.get('/healthz', { schema: { hide: true } }, () => Promise.resolve({ status: 'alive' }));
  app.get('/readyz', { schema: { hide: true } }, async (request) => {
    const missing = await readiness();
    if (missing === null) return { status: 'ready' };
    request.log.warn({ missing }, 'not ready');
    throw new ProblemError('not_ready');
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}

export function createMetrics(): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics, prefix: 'anteroom_' });
  return metrics;
}
