import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { ConfigError, type FleetConfig, urlHost } from './config.ts';
import { type FleetDatabase, openDatabase } from './db/database.ts';
import { createDemoLink, type DemoLogin, seedDemo } from './demo.ts';
import { type Authority, createAuthority } from './enrolment/authority.ts';
import { createTerminalListener, signalPath } from './enrolment/listener.ts';
import { createRegistry, type WatchedRegistry } from './enrolment/registry.ts';
import { createBroker } from './link/broker.ts';
import { createProcessHolder } from './link/lease.ts';
import { defaultLinkTiming, type Link, type LinkChange } from './link/link.ts';
import { createLink } from './link/service.ts';
import { createJanusProcess, defaultJanusExecutable } from './media-nodes/janus-process.ts';
import type { MediaNode } from './media-nodes/media-node.ts';
import { createMetrics } from './plugins/health.ts';
import { createIdempotency } from './plugins/idempotency.ts';
import { createServices, type Services } from './services.ts';
import type { SignallingService } from './signalling/ports.ts';
import { createSignallingService } from './signalling/service.ts';

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

export type FleetDeps = { clock: Clock; log: Logger };

const browserPrograms = resolve(import.meta.dirname, '..');
const upkeepEveryMs = 2_000;
const leadWithinMs = 20_000;

/** Starts what this process's roles need, in the order of who needs whom; disposing stops it in the reverse order. */
export async function createFleet(config: FleetConfig, { clock, log }: FleetDeps): Promise<Fleet> {
  const { roles, dataDir, host, ports } = config;
  const named = (component: string) => log.child({ component });
  await using starting = new AsyncDisposableStack();
  const stop = new AbortController();

  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const db = await openDatabase({ file: join(dataDir, 'fleet.sqlite') });
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

  const services = await createServices({
    ...{ db, clock, log, dataDir, authority, registry, publicUrl, signallingUrl },
    heartbeatEveryMs: config.heartbeatEveryMs,
    onMeetingEnded: (id) => signalling?.endMeeting(id, 'meeting_ended'),
  });
  starting.use(services.changes);

  let mediaNode: MediaNode | null = null;
  if (roles.has('signal')) {
    mediaNode = starting.use(await startMediaNode(config, { clock, log: named('janus') }));
    const { admission } = services;
    signalling = createSignallingService({ admission, mediaNode, clock, log: named('signalling') });
  }

  let link: Link | null = null;
  if (roles.has('link')) {
    link = starting.use(startLink(config, { db, clock, log: named('link'), authority, registry, services }));
    const leading = await link.untilLeading({ signal: AbortSignal.timeout(leadWithinMs) });
    ready.ports.mqtt = leading.port;
    ready.mqttUrl = terminalUrl('mqtts', leading.port);
  }

  if (roles.has('api') || roles.has('signal')) {
    const listener = starting.use(
      createTerminalListener({
        ...{ authority, registry, clock, publicUrl, mqttUrl, log: named('enrolment') },
        pairings: services.pairings,
        signalling: () => signalling,
      }),
    );
    const browsers = await createApp({
      api: roles.has('api')
        ? {
            handlers: services.handlers,
            changes: services.changes,
            sessions: services.sessions,
            idempotency: createIdempotency({ db, clock }),
            afterWrite: () => services.changes.poke(),
            publicUrl,
            sites: {
              consoleDir: join(browserPrograms, 'console', 'dist'),
              clientDir: join(browserPrograms, 'client', 'dist'),
            },
          }
        : null,
      publicUrl,
      signalling: () => signalling,
      readiness: async () => {
        await db.selectFrom('systemValues').select('key').limit(1).execute();
        if (mediaNode && mediaNode.link() === null) return 'the media server';
        return link && !link.isLeading() ? 'the link lease' : null;
      },
      metrics: createMetrics(),
      rateLimitPerMinute: config.rateLimitPerMinute,
      log: named('http'),
    });
    starting.defer(() => browsers.close());
    app = browsers;
    ready.ports.terminal = (await listener.listen({ host, port: ports.terminal })).port;
    ready.terminalUrl = terminalUrl('https', ready.ports.terminal);
    await browsers.listen({ host, port: ports.http });
    const address = browsers.server.address();
    if (address === null || typeof address === 'string') throw new Error('the browsers’ listener has no TCP port');
    ready.ports.http = address.port;
    ready.httpUrl = `http://${urlHost(config.terminalHost)}:${address.port}`;
    background(keepCredentialsFresh(authority, listener, clock, stop.signal));
    // Before the listeners close: they wait for their WebSockets.
    starting.defer(() => signalling?.close());
  }

  if (roles.has('api')) {
    if (config.seedsDemo) {
      ready.demo = await seedDemo({ db, dataDir, services });
      ready.consoleUrl = await createDemoLink({ db, services, publicUrl: publicUrl() });
    } else {
      ready.consoleUrl = `${publicUrl()}/`;
    }
    // Addresses may have changed since the documents were composed, and a crash may have come between.
    await services.desired.refreshAll();
    background(services.desired.followClock({ signal: stop.signal }));
  }
  background(keepSeats());

  async function keepSeats(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        for (const id of await services.meetings.closeOver()) signalling?.endMeeting(id, 'meeting_ended');
        await services.seats.releaseExpired();
        await endLeftBehind();
      } catch (error) {
        log.warn({ err: error }, 'seats could not be kept, trying again');
      }
      await clock.sleep(upkeepEveryMs, { signal: stop.signal }).catch(() => {}); // aborted: the condition ends the loop
    }
  }

  /** Meetings that another process ended while people are in them here. */
  async function endLeftBehind(): Promise<void> {
    const live = signalling?.liveMeetings().map(({ meetingId }) => meetingId) ?? [];
    for (const id of await services.meetings.listOver(live)) signalling?.endMeeting(id, 'meeting_ended');
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

async function startMediaNode(config: FleetConfig, { clock, log }: FleetDeps): Promise<MediaNode> {
  const { dataDir, mediaAddress: address, rtpPorts } = config;
  if (address === null)
    throw new ConfigError(
      'This machine has only loopback addresses, which the media server cannot use. Add one (ip link add anteroom0 type dummy; ip addr add 10.213.0.1/32 dev anteroom0; ip link set anteroom0 up) or run without the signal role: --roles api,link',
    );
  return await createJanusProcess({ dataDir, address, rtpPorts, executable: defaultJanusExecutable, clock, log });
}

function startLink(
  config: FleetConfig,
  deps: FleetDeps & { db: FleetDatabase; authority: Authority; registry: WatchedRegistry; services: Services },
): Link {
  const { db, clock, log, authority, registry, services } = deps;
  const { key: keyPem, cert: certificatePem, ca: clientCaPem } = authority.serverCredentials();
  const engine = createBroker({
    ...{ tls: { keyPem, certificatePem, clientCaPem }, host: config.host, port: config.ports.mqtt },
    ...{ registry, clock, log },
  });
  const link = createLink({
    ...{ db, engine, clock, log, holder: createProcessHolder() },
    timing: { ...defaultLinkTiming, heartbeatEveryMs: config.heartbeatEveryMs },
    onChange: (change) => tellConsoles(change),
  });
  registry.onRevoked(({ thumbprint }) => link.disconnectCertificate(thumbprint));
  link.start();
  return link;

  function tellConsoles({ terminalId }: LinkChange): void {
    (async () => {
      const scope = await registry.scopeOf(terminalId);
      if (!scope) return;
      await services.changes.mark(db, scope, 'terminals');
      services.changes.poke();
    })().catch((error: unknown) => log.warn({ err: error, terminalId }, 'change could not be told'));
  }
}

/** Terminals find this machine under addresses that may change while it runs. */
async function keepCredentialsFresh(
  authority: Authority,
  listener: { setCredentials(credentials: ReturnType<Authority['serverCredentials']>): void },
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const checkEveryMs = 60_000;
  while (!signal.aborted) {
    await clock.sleep(checkEveryMs, { signal }).catch(() => {}); // aborted: the condition ends the loop
    if (signal.aborted) return;
    const { isChanged } = await authority.refreshServerCredentials();
    if (isChanged) listener.setCredentials(authority.serverCredentials());
  }
}
