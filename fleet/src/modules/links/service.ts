import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockName } from '../../db/locks.ts';
import type { OrgScope } from '../../db/scope.ts';
import { createLinkMessageRepository } from './repository.ts';
import { type Allowance, byOrganization, longestWindowMs, toRecipient, waitUnder } from './rules.ts';

/**
 * How many messages with links people get from organizations: invitations, and links to set a password. Whoever has an
 * account decides whom they reach, so that what a stranger gets is counted in the database, for all organizations.
 * What an import sends is not counted: each of its rows makes an account, and a number has one.
 */
export interface LinksService {
  /** Counts one message in the transaction that sends it, or throws that it has to wait and for how long. */
  count(tx: FleetDatabase, scope: OrgScope, recipient: string): Promise<void>;
}

export function createLinksService({ clock }: { clock: Clock }): LinksService {
  function check(allowances: readonly Allowance[], sentAt: readonly string[], code: ErrorCode, recipient: string) {
    const waitMs = waitUnder(allowances, sentAt, clock.now());
    if (waitMs === 0) return;
    const perDay = allowances.at(-1)?.count ?? 0;
    const minutes = Math.ceil(waitMs / 60_000);
    throw new ProblemError(code, { recipient, perDay, minutes, retryAfterS: Math.ceil(waitMs / 1000) });
  }

  return {
    async count(tx, scope, recipient) {
      await lockName(tx, 'links');
      const repository = createLinkMessageRepository(tx);
      const now = clock.now();
      const since = new Date(now.getTime() - longestWindowMs).toISOString();
      check(toRecipient, await repository.listSent({ recipient }, since), 'links_to_person_limited', recipient);
      check(byOrganization, await repository.listSent(scope, since), 'links_of_organization_limited', recipient);
      await repository.removeBefore(since);
      await repository.insert({ orgId: scope.orgId, recipient, sentAt: now.toISOString() });
    },
  };
}
