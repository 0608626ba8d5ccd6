import type { TerminalId } from '@anteroom/shared/ids.ts';
import type { EventMessage } from '@anteroom/shared/protocol/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetConfig } from './config.ts';
import type { FleetDatabase } from './db/database.ts';
import type { Authority, ServerCredentials } from './enrolment/authority.ts';
import type { WatchedRegistry } from './enrolment/registry.ts';
import { type BrokerTls, createBroker } from './link/broker.ts';
import { createProcessHolder } from './link/lease.ts';
import { defaultLinkTiming, type Link } from './link/link.ts';
import { createLink } from './link/service.ts';
import { ringTold } from './modules/rings/service.ts';
import type { Services } from './services.ts';

export type LinkRole = {
  link: Link;
  /** Takes new server credentials for the connections to come. */
  setCredentials(credentials: ServerCredentials): void;
};

/** The link role: the embedded broker, and what is said through it. It competes for the lease from now on. */
export function startLink(
  config: FleetConfig,
  deps: {
    db: FleetDatabase;
    clock: Clock;
    log: Logger;
    authority: Authority;
    registry: WatchedRegistry;
    services: Services;
  },
): LinkRole {
  const { db, clock, log, authority, registry, services } = deps;
  const engine = createBroker({
    ...{ tls: toBrokerTls(authority.serverCredentials()), host: config.host, port: config.ports.mqtt },
    ...{ registry, clock, log },
  });
  const changed = new Set<TerminalId>();
  let isTelling = false;
  const link = createLink({
    ...{ db, engine, clock, log, holder: createProcessHolder() },
    timing: { ...defaultLinkTiming, heartbeatEveryMs: config.heartbeatEveryMs },
    onChange(change) {
      tellConsoles(change.terminalId);
      if (change.kind === 'event') followRing(change.terminalId, change.event);
    },
  });
  registry.onRevoked(({ thumbprint }) => link.disconnectCertificate(thumbprint));
  link.start();
  return { link, setCredentials: (credentials) => engine.useTls(toBrokerTls(credentials)) };

  /** What a terminal tells of a ring; one whose telling is lost ends as missed by itself. */
  function followRing(terminalId: TerminalId, event: Pick<EventMessage, 'kind' | 'detail'>): void {
    const told = ringTold(event);
    if (told === null) return;
    services.rings
      .followTerminal(terminalId, told)
      .catch((error: unknown) => log.error({ err: error, terminalId }, 'what became of a ring was not stored'));
  }

  /** While one telling runs, what else changes is gathered for the next. */
  function tellConsoles(terminalId: TerminalId): void {
    changed.add(terminalId);
    if (isTelling) return;
    isTelling = true;
    tellGathered()
      .catch((error: unknown) => log.warn({ err: error }, 'changes could not be told'))
      .finally(() => {
        isTelling = false;
      });
  }

  async function tellGathered(): Promise<void> {
    while (changed.size > 0) {
      const terminals = [...changed];
      changed.clear();
      const scopes = await Promise.all(terminals.map((id) => registry.scopeOf(id)));
      for (const orgId of new Set(scopes.map((scope) => scope?.orgId)))
        if (orgId !== undefined) await services.changes.mark(db, { orgId }, 'terminals');
      services.changes.poke();
    }
  }
}

function toBrokerTls({ key: keyPem, cert: certificatePem, ca: clientCaPem }: ServerCredentials): BrokerTls {
  return { keyPem, certificatePem, clientCaPem };
}
