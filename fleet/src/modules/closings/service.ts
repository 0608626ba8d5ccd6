import { setImmediate } from 'node:timers/promises';
import { closingDays } from '@anteroom/shared/api/closing.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { AccountId, MeetingId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ClosingRow } from '../../db/tables/closings.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { CodesService } from '../codes/service.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { NoticesService, NoticeTemplateName } from '../notices/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { PeopleService } from '../people/service.ts';
import type { Actor, SessionsService } from '../sessions/service.ts';
import type { TerminalsService } from '../terminals/service.ts';
import { blankOrganization, purgeBatch } from './purge.ts';
import { createClosingRepository, type NamedClosing } from './repository.ts';
import { remindersDue } from './rules.ts';

export type ClosingState = { hasPaidOrder: boolean; request: NamedClosing | null };
export type ClosingOutcome = { outcome: 'dissolved' } | { outcome: 'requested'; effectiveAt: string };

/**
 * How an organization ends. It is dissolved at once, or, while a paid order runs, thirty days after it asked for that.
 * Then nobody belongs to it any more, and its data is purged: nothing stays but the audit entry that it happened.
 */
export interface ClosingsService {
  get(actor: Actor): Promise<ClosingState>;
  sendCode(actor: Actor, address: string): Promise<{ expiresAt: string }>;
  dissolve(actor: Actor, code: string): Promise<ClosingOutcome>;
  withdraw(actor: Actor): Promise<void>;
  /** Reminds, dissolves and purges what is due, in batches; whatever a crash left is gone on with. */
  runDue(options: { signal: AbortSignal }): Promise<void>;
}

const closingMs = closingDays * 86_400_000;
/** By then every process has ended the terminals' connections, and open browsers have shown why they were signed out. */
export const purgeAfterMs = 10 * 60_000;

export function createClosingsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  audit: AuditService;
  changes: ChangesService;
  codes: CodesService;
  meetings: MeetingsService;
  notices: NoticesService;
  orders: OrdersService;
  people: PeopleService;
  sessions: SessionsService;
  terminals: TerminalsService;
  /** Tells this process's doors and signalling; called after the commit. */
  onDissolved: (ended: readonly MeetingId[]) => Promise<void>;
}): ClosingsService {
  const { db, clock, accounts, audit, changes, codes, meetings, notices, orders, people, sessions, terminals } = deps;

  async function tellAdministrators(
    tx: FleetDatabase,
    closing: ClosingRow & { orgName: string },
    template: NoticeTemplateName,
  ) {
    const values = { organization: closing.orgName, date: closing.effectiveAt.slice(0, 10) };
    await notices.tellAdministrators(tx, closing, { template, values });
  }

  /** Everything that anybody notices, in one transaction: signed out, terminals back to pairing, meetings over. */
  async function endEverything(
    tx: FleetDatabase,
    scope: OrgScope,
    { by, at }: { by: AccountId | null; at: string },
  ): Promise<MeetingId[]> {
    const ended = await meetings.endAll(tx, scope, at);
    await terminals.revokeAll(tx, scope);
    await createClosingRepository(tx).removeInvitations(scope.orgId);
    await sessions.endOrganization(tx, scope, 'removed_from_organization');
    const act = { actor: by, action: 'organization.dissolved' as const, subjectId: scope.orgId, detail: {} };
    await audit.append(tx, scope, act);
    return ended;
  }

  /** False when nobody is left. */
  const releaseSome = async (scope: OrgScope): Promise<boolean> =>
    (await db.transaction().execute((tx) => people.releaseSome(tx, scope))) > 0;

  /** Who is invited is told before anybody is let go: departments would be empty by then, and accounts deleted. */
  async function releaseMembers(scope: OrgScope, at: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await meetings.tellEnded(scope, at))) await setImmediate();
    while (!signal.aborted && (await releaseSome(scope))) await setImmediate();
  }

  async function remind(closing: ClosingRow & { orgName: string }): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, closing);
      const current = await createClosingRepository(tx).find(closing);
      if (!current) return;
      const due = remindersDue(current, clock.now());
      if (due <= current.remindersSent) return;
      await tellAdministrators(tx, closing, 'organization.closingSoon');
      await createClosingRepository(tx).update(closing, { remindersSent: due });
    });
  }

  async function dissolveRequested(closing: ClosingRow): Promise<void> {
    const ended = await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, closing);
      const current = await createClosingRepository(tx).find(closing);
      // Withdrawn, or dissolved by another process, a moment ago.
      if (!current || current.dissolvedAt !== null) return [];
      const at = clock.now().toISOString();
      await createClosingRepository(tx).update(closing, { dissolvedAt: at });
      return await endEverything(tx, closing, { by: null, at });
    });
    await deps.onDissolved(ended);
  }

  async function purge(closing: ClosingRow, signal: AbortSignal): Promise<void> {
    // What was cancelled is told before it is forgotten; a message that cannot leave is given up after a day.
    if (await createClosingRepository(db).hasMessagesToSend(closing)) return;
    while (await purgeBatch(db, closing.orgId)) {
      if (signal.aborted) return;
      await setImmediate();
    }
    await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, closing);
      if (!(await createClosingRepository(tx).find(closing))) return;
      await createClosingRepository(tx).remove(closing);
      await blankOrganization(tx, closing.orgId);
      const act = { actor: null, action: 'organization.purged' as const, subjectId: closing.orgId, detail: {} };
      await audit.append(tx, closing, act);
    });
  }

  return {
    async get(actor) {
      const request = (await createClosingRepository(db).find(actor)) ?? null;
      return { hasPaidOrder: await orders.hasUnexpiredPaid(db, actor), request };
    },
    async sendCode(actor, address) {
      const recipient = await accounts.recipientOf(actor.accountId);
      const { language } = actor;
      return await db
        .transaction()
        .execute((tx) => codes.send(tx, { purpose: 'dissolve', recipient, address, scope: actor, language }));
    },
    async dissolve(actor, code) {
      await codes.consume({ purpose: 'dissolve', recipient: await accounts.recipientOf(actor.accountId) }, code);
      const { orgId, accountId } = actor;
      const { outcome, ended, at } = await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        // The role of now: it may have been handed over meanwhile.
        const { role, orgId: present, orgName } = await sessions.actorOf(accountId, tx);
        if (role !== 'defaultAdministrator' || present !== orgId) throw new ProblemError('forbidden');
        const repository = createClosingRepository(tx);
        if (await repository.find(actor)) throw new ProblemError('closing_requested');
        const now = clock.now();
        const requestedAt = now.toISOString();
        const closing = { orgId, requestedAt, requestedBy: accountId, remindersSent: 0, effectiveAt: requestedAt };
        if (!(await orders.hasUnexpiredPaid(tx, actor))) {
          await repository.insert({ ...closing, dissolvedAt: requestedAt });
          const ended = await endEverything(tx, actor, { by: accountId, at: requestedAt });
          return { outcome: { outcome: 'dissolved' as const }, ended, at: requestedAt };
        }
        const effectiveAt = new Date(now.getTime() + closingMs).toISOString();
        const request = { ...closing, effectiveAt, dissolvedAt: null };
        await repository.insert(request);
        await tellAdministrators(tx, { ...request, orgName }, 'organization.closing');
        const act = { actor: accountId, action: 'organization.closingRequested' as const, subjectId: orgId };
        await audit.append(tx, actor, { ...act, detail: { effectiveAt } });
        await changes.mark(tx, actor, 'people');
        return { outcome: { outcome: 'requested' as const, effectiveAt }, ended: null, at: requestedAt };
      });
      if (ended !== null) {
        await deps.onDissolved(ended);
        // A small organization's people need not wait for the next look.
        if (!(await meetings.tellEnded(actor, at))) await releaseSome(actor);
      }
      return outcome;
    },
    async withdraw(actor) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const request = await createClosingRepository(tx).find(actor);
        if (!request || request.dissolvedAt !== null) throw new ProblemError('closing_not_requested');
        await createClosingRepository(tx).remove(actor);
        const { accountId, orgId, orgName } = actor;
        await tellAdministrators(tx, { ...request, orgName }, 'organization.closingWithdrawn');
        const act = { actor: accountId, action: 'organization.closingWithdrawn' as const, subjectId: orgId };
        await audit.append(tx, actor, { ...act, detail: {} });
        await changes.mark(tx, actor, 'people');
      });
    },
    async runDue({ signal }) {
      await createClosingRepository(db).removeForgotten(clock.now().toISOString());
      for (const closing of await createClosingRepository(db).listAll()) {
        if (signal.aborted) return;
        const now = clock.now();
        if (closing.dissolvedAt === null && closing.effectiveAt > now.toISOString()) {
          await remind(closing);
          continue;
        }
        if (closing.dissolvedAt === null) await dissolveRequested(closing);
        // Withdrawn a moment ago, or dissolved by another process at an instant of its own.
        const dissolved = await createClosingRepository(db).find(closing);
        if (!dissolved || dissolved.dissolvedAt === null) continue;
        await releaseMembers(closing, dissolved.dissolvedAt, signal);
        if (signal.aborted) return;
        if (Date.parse(dissolved.dissolvedAt) + purgeAfterMs <= now.getTime()) await purge(closing, signal);
      }
    },
  };
}
