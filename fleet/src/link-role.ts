import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetConfig } from './config.ts';
import type { FleetDatabase } from './db/database.ts';
import type { Authority } from './enrolment/authority.ts';
import type { WatchedRegistry } from './enrolment/registry.ts';
import { createBroker } from './link/broker.ts';
import { createProcessHolder } from './link/lease.ts';
import { defaultLinkTiming, type Link, type LinkChange } from './link/link.ts';
import { createLink } from './link/service.ts';
import type { Services } from './services.ts';

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
