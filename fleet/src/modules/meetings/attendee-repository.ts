import type { AccountId, ContactId, DepartmentId, TerminalId } from '@anteroom/shared/ids.ts';
import type { AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { departmentsOf, listDepartmentPeople, listPeopleBelow } from '../../db/invited.ts';
import type { SeatRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { AttendeeRow } from '../../db/tables/meetings.ts';
import type { Directory } from './attendees.ts';

/** Somebody whom messages reach. The language is null for who has no account: the organizer's is used. */
export type Recipient = { name: string; email: string | null; phone: string | null; language: Language | null };

/** Somebody invited, by the name that they have now. */
export type AttendeeNow = AttendeeRow & { shownName: string };

/** Rows of one statement. */
const rowsAtOnce = 500;

export function createAttendeeRepository(db: FleetDatabase) {
  return {
    async list(scope: OrgScope, listId: AttendeeRow['listId']): Promise<AttendeeNow[]> {
      const rows = await db
        .selectFrom('attendees')
        .leftJoin('accounts', 'accounts.id', 'attendees.accountId')
        .leftJoin('terminals', (join) =>
          join.onRef('terminals.orgId', '=', 'attendees.orgId').onRef('terminals.id', '=', 'attendees.terminalId'),
        )
        .leftJoin('departments', (join) =>
          join
            .onRef('departments.orgId', '=', 'attendees.orgId')
            .onRef('departments.id', '=', 'attendees.departmentId'),
        )
        .leftJoin('contacts', (join) =>
          join.onRef('contacts.orgId', '=', 'attendees.orgId').onRef('contacts.id', '=', 'attendees.contactId'),
        )
        .selectAll('attendees')
        .select(['accounts.name as accountName', 'terminals.name as terminalName'])
        .select(['departments.name as departmentName', 'contacts.name as contactName'])
        .where('attendees.orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .orderBy('position')
        .execute();
      return rows.map(({ accountName, terminalName, departmentName, contactName, ...row }) => ({
        ...row,
        shownName: accountName ?? terminalName ?? departmentName ?? contactName ?? row.name,
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
      for (let start = 0; start < rows.length; start += rowsAtOnce)
        await db
          .insertInto('attendees')
          .values(rows.slice(start, start + rowsAtOnce))
          .execute();
    },
    /** Everybody with an account: by name, and through departments. */
    async listPeople(scope: OrgScope, listId: AttendeeRow['listId']): Promise<AccountId[]> {
      const rows = await db
        .selectFrom('attendees')
        .select('accountId')
        .where('orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .execute();
      const byName = rows.flatMap(({ accountId }) => accountId ?? []);
      return [...new Set([...byName, ...(await listDepartmentPeople(db, scope, listId))])];
    },
    /** People, also those of departments, contacts and typed numbers; terminals have their desired document. */
    async listRecipients(scope: OrgScope, listId: AttendeeRow['listId']): Promise<Recipient[]> {
      const rows = await db
        .selectFrom('attendees')
        .leftJoin('accounts', 'accounts.id', 'attendees.accountId')
        .leftJoin('contacts', (join) =>
          join.onRef('contacts.orgId', '=', 'attendees.orgId').onRef('contacts.id', '=', 'attendees.contactId'),
        )
        .select(['attendees.accountId', 'attendees.name', 'attendees.email', 'attendees.phone'])
        .select(['contacts.name as contactName', 'contacts.email as contactEmail', 'contacts.phone as contactPhone'])
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
      const byName = rows.map(({ accountId: _id, contactName, contactEmail, contactPhone, ...row }) => ({
        name: row.accountName ?? contactName ?? row.name,
        email: row.accountEmail ?? contactEmail ?? row.email,
        phone: row.accountPhone ?? contactPhone ?? row.phone,
        language: row.language,
      }));
      const known = new Set(rows.map(({ accountId }) => accountId));
      const others = (await listDepartmentPeople(db, scope, listId)).filter((id) => !known.has(id));
      return [...byName, ...(await readAccounts(db, others))];
    },
    async findOrganizer(
      id: AccountId,
    ): Promise<{ name: string; email: string | null; phone: string | null; language: Language }> {
      return await db
        .selectFrom('accounts')
        .select(['name', 'email', 'phone', 'language'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    },
    /** By name, or in a department that is invited. */
    async isInvited(scope: OrgScope, listId: AttendeeRow['listId'], accountId: AccountId): Promise<boolean> {
      const row = await db
        .selectFrom('attendees')
        .select('position')
        .where('orgId', '=', scope.orgId)
        .where('listId', '=', listId)
        .where((eb) => eb.or([eb('accountId', '=', accountId), eb('departmentId', 'in', departmentsOf(accountId))]))
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
    async namesOfDepartments(scope: OrgScope, ids: readonly DepartmentId[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('departments')
        .select(['id', 'name'])
        .where('orgId', '=', scope.orgId)
        .where('id', 'in', ids)
        .execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async findContacts(scope: OrgScope, ids: readonly ContactId[]): Promise<Directory['contacts']> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('contacts')
        .select(['id', 'name', 'phone', 'email'])
        .where('orgId', '=', scope.orgId)
        .where('id', 'in', ids)
        .execute();
      return new Map(rows.map(({ id, ...contact }) => [id, contact]));
    },
  };
}

/** Everybody with a client or a terminal whom these name, unless they sit in the meeting; who calls is no callee. */
export async function whomToRing(
  db: FleetDatabase,
  { orgId, accountId: callerId }: OrgScope & { accountId: AccountId | null },
  seats: readonly Pick<SeatRow, 'accountId' | 'terminalId'>[],
  callees: readonly AttendeeRequest[],
): Promise<{ accountIds: AccountId[]; terminalIds: TerminalId[] }> {
  const departmentIds = callees.flatMap((one) => (one.kind === 'department' ? [one.departmentId] : []));
  const people = callees.flatMap((one) => (one.kind === 'person' ? [one.accountId] : []));
  const terminals = callees.flatMap((one) => (one.kind === 'terminal' ? [one.terminalId] : []));
  const inside = new Set<string | null>(seats.flatMap(({ accountId, terminalId }) => [accountId, terminalId]));
  const below = (await listPeopleBelow(db, { orgId }, departmentIds)).filter((id) => id !== callerId);
  return {
    accountIds: [...new Set([...people, ...below])].filter((id) => !inside.has(id)),
    terminalIds: [...new Set(terminals)].filter((id) => !inside.has(id)),
  };
}

/** In the order of the ids. */
async function readAccounts(db: FleetDatabase, ids: readonly AccountId[]): Promise<Recipient[]> {
  const found = new Map<AccountId, Recipient>();
  for (let start = 0; start < ids.length; start += rowsAtOnce) {
    const rows = await db
      .selectFrom('accounts')
      .select(['id', 'name', 'email', 'phone', 'language'])
      .where('id', 'in', ids.slice(start, start + rowsAtOnce))
      .execute();
    for (const { id, ...account } of rows) found.set(id, account);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
