import type { OrganizationId, TerminalId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../db/database.ts';
import type { CertificateRegistry } from '../link/certificate-registry.ts';

/**
 * The one answer to whether a certificate is good, for every door of the terminals, and the news of revocations. The
 * database is the authority, so a revocation by another process is seen too, at the next poll.
 */
export interface WatchedRegistry extends CertificateRegistry, AsyncDisposable {
  /** Calls `listener` for every certificate that is revoked from now on. */
  onRevoked(listener: (revoked: { terminalId: TerminalId; thumbprint: string }) => void): void;
  /** Looks at once; to be called after the commit of a revocation. Resolves when every listener was called. */
  poke(): Promise<void>;
  scopeOf(terminalId: TerminalId): Promise<{ orgId: OrganizationId } | undefined>;
}

const pollEveryMs = 500;
/** Commits become visible a little after the instant that they bear, and clocks of processes differ a little. */
const overlapMs = 10_000;

/** Whether the certificate was of a terminal whose organization was purged. */
export async function isForgotten(db: FleetDatabase, thumbprint: string): Promise<boolean> {
  const row = await db
    .selectFrom('forgottenCertificates')
    .select('thumbprint')
    .where('thumbprint', '=', thumbprint)
    .executeTakeFirst();
  return row !== undefined;
}

export function createRegistry(deps: { db: FleetDatabase; clock: Clock; log: Logger }): WatchedRegistry {
  const { db, clock, log } = deps;
  const listeners = new Set<(revoked: { terminalId: TerminalId; thumbprint: string }) => void>();
  const stop = new AbortController();
  let seenUntil = clock.now();
  let told = new Set<string>();

  async function look(): Promise<void> {
    const from = new Date(seenUntil.getTime() - overlapMs).toISOString();
    const lookedAt = clock.now();
    const revoked = await db
      .selectFrom('certificates')
      .select(['thumbprint', 'terminalId'])
      .where('revokedAt', '>=', from)
      .execute();
    for (const certificate of revoked)
      if (!told.has(certificate.thumbprint)) for (const listener of listeners) listener(certificate);
    told = new Set(revoked.map(({ thumbprint }) => thumbprint));
    seenUntil = lookedAt;
  }

  async function poll(): Promise<void> {
    while (!stop.signal.aborted) {
      await clock.sleep(pollEveryMs, { signal: stop.signal }).catch(() => {}); // aborted: the condition ends the loop
      if (stop.signal.aborted) return;
      await look().catch((error: unknown) => log.warn({ err: error }, 'revocations could not be read, trying again'));
    }
  }
  const polling = poll();

  return {
    async standing(thumbprint) {
      const row = await db
        .selectFrom('certificates')
        .select(['terminalId', 'revokedAt', 'notAfter'])
        .where('thumbprint', '=', thumbprint)
        .executeTakeFirst();
      if (!row && (await isForgotten(db, thumbprint))) return { ok: false, reason: 'revoked' };
      // One that has ended lets nobody in either, and renews at an address that asks for proof instead.
      if (!row || new Date(row.notAfter) <= clock.now()) return { ok: false, reason: 'unknown' };
      return row.revokedAt === null ? { ok: true, terminalId: row.terminalId } : { ok: false, reason: 'revoked' };
    },
    onRevoked: (listener) => void listeners.add(listener),
    poke: look,
    scopeOf: (terminalId) => db.selectFrom('terminals').select('orgId').where('id', '=', terminalId).executeTakeFirst(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await polling;
    },
  };
}
