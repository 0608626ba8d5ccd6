import type { AuditEntry } from '@anteroom/shared/api/audit.ts';
import { type AccountId, accountId, newId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { z } from 'zod';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { Page } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import { accountActions } from './account-actions.ts';
import { controlActions } from './control-actions.ts';
import { peopleActions } from './people-actions.ts';
import { type AuditRequest, createAuditRepository, type NamedAuditRow } from './repository.ts';
import { resourceActions } from './resource-actions.ts';
import { type ChainVerdict, checkChain, firstPreviousHash, hashOf } from './rules.ts';

export const auditActions = [
  'session.signedIn',
  'session.signedOut',
  'space.created',
  'space.updated',
  'space.removed',
  'room.created',
  'room.updated',
  'terminal.claimed',
  'terminal.updated',
  'terminal.revoked',
  'terminal.certificateRenewed',
  'terminal.commandSent',
  'calendarFeed.created',
  'calendarFeed.removed',
  'meeting.created',
  'meeting.updated',
  'meeting.extended',
  'meeting.cancelled',
  'meeting.ended',
  'meeting.transferred',
  'meeting.rung',
  'meeting.ringWithdrawn',
  ...controlActions,
  ...accountActions,
  ...peopleActions,
  ...resourceActions,
] as const;
export type AuditAction = (typeof auditActions)[number];
export type ControlAuditAction = (typeof controlActions)[number];

export type AuditAct = {
  /** Null for what the fleet did by itself. */
  actor: AccountId | null;
  action: AuditAction;
  subjectId: string | null;
  detail: Record<string, string | number | boolean | null>;
};

/** The append-only, hash-chained trail of administrative acts, one chain per organization. */
export interface AuditService {
  /** Call it in the transaction of the act: either both are kept or neither. */
  append(tx: FleetDatabase, scope: OrgScope, act: AuditAct): Promise<void>;
  verify(scope: OrgScope): Promise<ChainVerdict>;
  list(scope: OrgScope, request: AuditRequest): Promise<Page<AuditEntry>>;
}

export function createAuditService({ db, clock }: { db: FleetDatabase; clock: Clock }): AuditService {
  return {
    async append(tx, scope, { actor, action, subjectId, detail }) {
      // One entry follows the other, whoever writes them.
      await lockOrganization(tx, scope);
      const repository = createAuditRepository(tx);
      const last = await repository.last(scope);
      const now = clock.now();
      const entry = {
        orgId: scope.orgId,
        seq: (last?.seq ?? 0) + 1,
        id: newId('audit', now),
        at: now.toISOString(),
        actorKind: actor === null ? ('system' as const) : ('account' as const),
        actorId: actor,
        action,
        subjectId,
        detail: JSON.stringify(detail),
        previousHash: last?.hash ?? firstPreviousHash,
      };
      await repository.insert({ ...entry, hash: hashOf(entry) });
    },
    async list(scope, request) {
      const repository = createAuditRepository(db);
      const page = await repository.page(scope, request);
      const names = await repository.namesOf(
        scope,
        page.items.flatMap(({ subjectId }) => subjectId ?? []),
      );
      return { ...page, items: page.items.map((row) => toEntry(row, names)) };
    },
    async verify(scope) {
      return checkChain(await createAuditRepository(db).list(scope));
    },
  };
}

const detailOf = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

function toEntry(row: NamedAuditRow, names: ReadonlyMap<string, string>): AuditEntry {
  const { seq, at, actorId, actorName, action, subjectId } = row;
  const detail = detailOf.parse(JSON.parse(row.detail));
  const called = detail.name ?? detail.subject;
  const subjectName = names.get(subjectId ?? '') ?? (typeof called === 'string' ? called : null);
  const actor = actorId === null ? null : { id: accountId.parse(actorId), name: actorName || null };
  return { seq, at, actor, action, subjectId, subjectName, detail };
}
