import { join, resolve } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type ApiDeps, createApp } from './app.ts';
import type { FleetConfig } from './config.ts';
import type { FleetDatabase } from './db/database.ts';
import type { Authority } from './enrolment/authority.ts';
import { createTerminalListener, type TerminalListener } from './enrolment/listener.ts';
import type { WatchedRegistry } from './enrolment/registry.ts';
import type { Link } from './link/link.ts';
import { createMetrics } from './plugins/health.ts';
import { createIdempotency } from './plugins/idempotency.ts';
import { registerLinkMetrics, registerSignallingMetrics } from './plugins/role-metrics.ts';
import type { Services } from './services.ts';
import type { SignallingService } from './signalling/ports.ts';

/** The two HTTP listeners: browsers' and terminals'. */
export interface Listeners extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly terminals: TerminalListener;
  readonly ports: { http: number; terminal: number };
}

export type ListenersDeps = {
  db: FleetDatabase;
  clock: Clock;
  log: Logger;
  authority: Authority;
  registry: WatchedRegistry;
  services: Services;
  publicUrl: () => string;
  mqttUrl: () => string;
  /** Null while this process does not signal. */
  signalling: () => SignallingService | null;
  /** Null in a process without the link role. */
  link: Link | null;
  /** What keeps this process from doing its work; null when nothing does. */
  findLack: () => string | null;
};

const browserPrograms = resolve(import.meta.dirname, '..');
const sites = {
  consoleDir: join(browserPrograms, 'console', 'dist'),
  clientDir: join(browserPrograms, 'client', 'dist'),
};

export async function startListeners(config: FleetConfig, deps: ListenersDeps): Promise<Listeners> {
  const { host, ports, roles, rateLimitPerMinute, trustedProxy } = config;
  const { db, clock, log, authority, registry, services, publicUrl, mqttUrl, signalling } = deps;
  await using starting = new AsyncDisposableStack();
  const terminals = starting.use(
    createTerminalListener({
      ...{ authority, registry, clock, publicUrl, mqttUrl, signalling },
      pairings: services.pairings,
      log: log.child({ component: 'enrolment' }),
    }),
  );
  const app = await createApp({
    ...{ publicUrl, signalling, rateLimitPerMinute, trustedProxy },
    api: describeApi(deps),
    sites: roles.has('api') ? sites : null,
    readiness: async () => {
      await db.selectFrom('systemValues').select('key').limit(1).execute();
      return deps.findLack();
    },
    metrics: describeRoles(deps),
    log: log.child({ component: 'http' }),
  });
  starting.defer(() => app.close());
  const { port: terminal } = await terminals.listen({ host, port: ports.terminal });
  await app.listen({ host, port: ports.http });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the browsers’ listener has no TCP port');
  const running = starting.move();
  return {
    app,
    terminals,
    ports: { http: address.port, terminal },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function describeRoles({ link, signalling }: ListenersDeps): Registry {
  const metrics = createMetrics();
  const service = signalling();
  if (link) registerLinkMetrics(metrics, link);
  if (service) registerSignallingMetrics(metrics, service);
  return metrics;
}

function describeApi({ db, clock, services, publicUrl, link }: ListenersDeps): ApiDeps {
  const { handlers, changes, sessions, live } = services;
  return {
    ...{ handlers, changes, sessions, live, publicUrl },
    idempotency: createIdempotency({ db, clock }),
    afterWrite: () => {
      changes.poke();
      link?.poke();
    },
  };
}
