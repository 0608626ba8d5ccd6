import type { AccountId, TerminalId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { AttendeeRow } from '../../db/tables/meetings.ts';

/** Somebody whom messages reach. The language is null for who has no account: the organizer's is used. */
export type Recipient = { name: string; email: string | null; phone: string | null; language: Language | null };

/** Somebody invited, by the name that they have now. */
export type AttendeeNow = AttendeeRow & { shownName: string };

const rowsPerInsert = 500;

export function createAttendeeRepository(db: FleetDatabase) {
  return {
    async list(scope: OrgScope, listId: AttendeeRow['listId']): Promise<AttendeeNow[]> {
      const rows = await db
        .selectFrom('attendees')
        .leftJoin('accounts', 'accounts.id', 'attendees.accountId')
        .leftJoin('terminals', 'terminals.id', 'attendees.terminalId')
        .selectAll('attendees')
        .select(['accounts.name as accountName', 'terminals.name as terminalName'])
        .where('attendees.orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .orderBy('position')
        .execute();
      return rows.map(({ accountName, terminalName, ...row }) => ({
        ...row,
        shownName: accountName ?? terminalName ?? row.name,
      }));
    },
    async listRows(scope: OrgScope, listId: AttendeeRow['listId']): Promise<AttendeeRow[]> {
      return await db
        .selectFrom('attendees')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .orderBy('position')
        .execute();
    },
    /** Replaces the whole list. */
    async put(scope: OrgScope, listId: AttendeeRow['listId'], rows: readonly AttendeeRow[]): Promise<void> {
      await db.deleteFrom('attendees').where('orgId', '=', scope.orgId).where('listId', '=', listId).execute();
      for (let start = 0; start < rows.length; start += rowsPerInsert)
        await db
          .insertInto('attendees')
          .values(rows.slice(start, start + rowsPerInsert))
          .execute();
    },
    /** People, contacts and typed numbers of a list; terminals have their desired document. */
    async listRecipients(scope: OrgScope, listId: AttendeeRow['listId']): Promise<Recipient[]> {
      const rows = await db
        .selectFrom('attendees')
        .leftJoin('accounts', 'accounts.id', 'attendees.accountId')
        .select(['attendees.name', 'attendees.email', 'attendees.phone'])
        .select([
          'accounts.name as accountName',
          'accounts.email as accountEmail',
          'accounts.phone as accountPhone',
          'accounts.language',
        ])
        .where('attendees.orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .where('attendees.kind', 'in', ['person', 'contact', 'number'])
        .orderBy('position')
        .execute();
      return rows.map(({ name, email, phone, accountName, accountEmail, accountPhone, language }) => ({
        name: accountName ?? name,
        email: accountEmail ?? email,
        phone: accountPhone ?? phone,
        language,
      }));
    },
    async findOrganizer(id: AccountId): Promise<{ name: string; email: string | null; language: Language }> {
      return await db
        .selectFrom('accounts')
        .select(['name', 'email', 'language'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    },
    async isInvited(scope: OrgScope, listId: AttendeeRow['listId'], accountId: AccountId): Promise<boolean> {
      const row = await db
        .selectFrom('attendees')
        .select('position')
        .where('orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .where('accountId', '=', accountId)
        .executeTakeFirst();
      return row !== undefined;
    },
    async namesOfPeople(scope: OrgScope, ids: readonly AccountId[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .select(['accounts.id', 'accounts.name'])
        .where('memberships.orgId', '=', scope.orgId)
        .where('accounts.id', 'in', ids)
        .execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async namesOfTerminals(scope: OrgScope, ids: readonly TerminalId[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('terminals')
        .select(['id', 'name'])
        .where('orgId', '=', scope.orgId)
        .where('retiredAt', 'is', null)
        .where('id', 'in', ids)
        .execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}
