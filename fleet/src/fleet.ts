import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { type FleetConfig, urlHost } from './config.ts';
import { type FleetDatabase, openDatabase } from './db/database.ts';
import { openGateways } from './delivery/gateways.ts';
import { createDemoLink, type DemoLogin, readDemoOrganization, seedDemo } from './demo.ts';
import { type Authority, createAuthority, type ServerCredentials } from './enrolment/authority.ts';
import { signalPath } from './enrolment/listener.ts';
import { createRegistry } from './enrolment/registry.ts';
import type { Link } from './link/link.ts';
import { startLink } from './link-role.ts';
import { startListeners } from './listeners.ts';
import type { MediaNode } from './media-nodes/media-node.ts';
import { carryNotices } from './modules/notices/courier.ts';
import type { Passwords } from './passwords.ts';
import { createServices, type Services } from './services.ts';
import type { SignallingService } from './signalling/ports.ts';
import { createSignallingService } from './signalling/service.ts';
import { keepClosings, keepCredentialsFresh, keepSeats } from './upkeep.ts';

/** Where a running fleet is found. URLs of roles that this process does not have are absent. */
export type FleetReady = {
  httpUrl?: string;
  consoleUrl?: string;
  terminalUrl?: string;
  mqttUrl?: string;
  caFile: string;
  ports: { http?: number; terminal?: number; mqtt?: number };
  demo?: DemoLogin;
};

export interface Fleet extends AsyncDisposable {
  readonly ready: FleetReady;
  readonly services: Services;
  readonly db: FleetDatabase;
  readonly authority: Authority;
  /** The browsers' listener; null in a process with the link role only. */
  readonly app: FastifyInstance | null;
}

export type FleetDeps = {
  clock: Clock;
  log: Logger;
  passwords: Passwords;
  /** The media server of the signal role. */
  startMedia: (config: FleetConfig, deps: { clock: Clock; log: Logger }) => Promise<MediaNode>;
};

const leadWithinMs = 20_000;

/** Starts what this process's roles need, in the order of who needs whom; disposing stops it in the reverse order. */
export async function createFleet(
  config: FleetConfig,
  { clock, log, passwords, startMedia }: FleetDeps,
): Promise<Fleet> {
  const { roles, dataDir, ports } = config;
  const named = (component: string) => log.child({ component });
  await using starting = new AsyncDisposableStack();
  const stop = new AbortController();

  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const db = await openDatabase(
    config.databaseUrl === null ? { file: join(dataDir, 'fleet.sqlite') } : { url: config.databaseUrl },
  );
  starting.defer(() => db.destroy());
  const authority = await createAuthority({ dataDir, names: namesOf(config), clock });
  const registry = starting.use(createRegistry({ db, clock, log: named('registry') }));

  const ready: FleetReady = { caFile: authority.caFile, ports: {} };
  const terminalUrl = (scheme: string, port: number) => `${scheme}://${urlHost(config.terminalHost)}:${port}`;
  const publicUrl = () => config.publicUrl ?? ready.httpUrl ?? `http://${urlHost(config.terminalHost)}:${ports.http}`;
  const mqttUrl = () => ready.mqttUrl ?? terminalUrl('mqtts', ports.mqtt);
  const signallingUrl = () =>
    config.signallingUrl ?? `${terminalUrl('wss', ready.ports.terminal ?? ports.terminal)}${signalPath}`;
  let signalling: SignallingService | null = null;
  let app: FastifyInstance | null = null;

  const gateways = starting.use(openGateways(config, clock));
  const services = await createServices({
    ...{ db, clock, log, dataDir, passwords, authority, registry, publicUrl, signallingUrl, gateways },
    demoOrgId: async () => (config.seedsDemo ? await readDemoOrganization(db) : null),
    heartbeatEveryMs: config.heartbeatEveryMs,
    pairingsPerMinute: config.pairingsPerMinute,
    codesPerHourAndAddress: config.codesPerHourAndAddress,
    identityProviders: config.identityProviders,
    signalling: () => signalling,
  });
  starting.use(services.changes);

  let mediaNode: MediaNode | null = null;
  if (roles.has('signal')) {
    mediaNode = starting.use(await startMedia(config, { clock, log: named('janus') }));
    const { admission, hosting, calling, whiteboards } = services;
    signalling = createSignallingService({
      ...{ admission, hosting, calling, boardStore: whiteboards, mediaNode, clock },
      log: named('signalling'),
    });
  }

  /** What presents the server's certificate to terminals. */
  const doors: { setCredentials(credentials: ServerCredentials): void }[] = [];
  let link: Link | null = null;
  if (roles.has('link')) {
    const role = startLink(config, { db, clock, log: named('link'), authority, registry, services });
    link = starting.use(role.link);
    doors.push(role);
    const leading = await link.untilLeading({ signal: AbortSignal.timeout(leadWithinMs) });
    ready.ports.mqtt = leading.port;
    ready.mqttUrl = terminalUrl('mqtts', leading.port);
  }

  if (roles.has('api') || roles.has('signal')) {
    const listeners = starting.use(
      await startListeners(config, {
        ...{ db, clock, log, authority, registry, services, publicUrl, mqttUrl },
        signalling: () => signalling,
        link,
        findLack: () => {
          if (mediaNode && mediaNode.link() === null) return 'the media server';
          return link && !link.isLeading() ? 'the link lease' : null;
        },
      }),
    );
    app = listeners.app;
    Object.assign(ready.ports, listeners.ports);
    ready.terminalUrl = terminalUrl('https', listeners.ports.terminal);
    ready.httpUrl = `http://${urlHost(config.terminalHost)}:${listeners.ports.http}`;
    // Before the listeners close: they wait for their WebSockets.
    starting.defer(() => signalling?.close());
    doors.push(listeners.terminals);
    background(keepSeats({ services, signalling: () => signalling, clock, log: named('seats'), signal: stop.signal }));
  }

  background(
    keepCredentialsFresh({
      ...{ authority, clock, log: named('credentials'), signal: stop.signal },
      onRenewed: (credentials) => {
        for (const door of doors) door.setCredentials(credentials);
      },
    }),
  );

  if (roles.has('api')) {
    if (config.seedsDemo) {
      ready.demo = await seedDemo({ db, dataDir, services, clock });
      ready.consoleUrl = await createDemoLink({ db, services, publicUrl: publicUrl() });
    } else {
      ready.consoleUrl = `${publicUrl()}/`;
    }
    // Addresses may have changed since the documents were composed, and a crash may have come between.
    await services.desired.refreshAll();
    background(services.desired.followClock({ signal: stop.signal }));
    background(keepClosings({ services, clock, log: named('closings'), signal: stop.signal }));
    background(carryNotices({ db, gateways, clock, log: named('notices'), signal: stop.signal }));
  }
  /** Runs until `stop`; stopping waits for it. */
  function background(task: Promise<void>): void {
    starting.defer(async () => {
      stop.abort();
      await task;
    });
  }

  const running = starting.move();
  return { ready, services, db, authority, app, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function namesOf(config: FleetConfig): string[] {
  const names = [config.terminalHost, config.host];
  if (config.signallingUrl !== null) names.push(new URL(config.signallingUrl).hostname.replace(/^\[|\]$/g, ''));
  return names.filter((name) => name !== '0.0.0.0' && name !== '::');
}
