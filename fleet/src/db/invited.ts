import type { AccountId, DepartmentId, RoomId } from '@anteroom/shared/ids.ts';
import { type RawBuilder, sql } from 'kysely';
import type { FleetDatabase } from './database.ts';
import type { OrgScope } from './scope.ts';
import type { AttendeeRow } from './tables/meetings.ts';

/**
 * Who is invited, as SQL. A department on a list of attendees stands for whoever is in it, or in a department below it,
 * at the moment of asking: nobody is copied, so who joins a department later is invited too, and who leaves it is not
 * any more.
 */
type ListId = AttendeeRow['listId'];

/** The department of an account and those above it, to stand behind `in`. */
export function departmentsOf(accountId: AccountId | RoomId): RawBuilder<DepartmentId> {
  return sql<DepartmentId>`(
    with recursive above (org_id, id) as (
      select org_id, department_id from memberships where account_id = ${accountId} and department_id is not null
      union
      select above.org_id, departments.parent_id from above
        join departments on departments.org_id = above.org_id and departments.id = above.id
        where departments.parent_id is not null
    )
    select id from above
  )`;
}

/** `below`: every department that a list names, and those below it. */
function departmentsOfLists({ orgId }: OrgScope, listIds: readonly ListId[]) {
  return sql`below (list_id, id) as (
    select list_id, department_id from attendees
      where org_id = ${orgId} and list_id in (${sql.join(listIds)}) and department_id is not null
    union
    select below.list_id, departments.id from below
      join departments on departments.org_id = ${orgId} and departments.parent_id = below.id
  )`;
}

/** Consoles' accounts meet nobody. */
function peopleOfDepartments({ orgId }: OrgScope) {
  return sql`select below.list_id, memberships.account_id from below
    join memberships on memberships.org_id = ${orgId} and memberships.department_id = below.id
    join accounts on accounts.id = memberships.account_id and accounts.kind = 'standard'`;
}

/** The accounts that a list invites through departments, each once, by name. */
export async function listDepartmentPeople(db: FleetDatabase, scope: OrgScope, listId: ListId): Promise<AccountId[]> {
  const { rows } = await sql<{ accountId: AccountId }>`
    with recursive ${departmentsOfLists(scope, [listId])},
    people (list_id, account_id) as (${peopleOfDepartments(scope)})
    select distinct people.account_id, accounts.name_key from people
      join accounts on accounts.id = people.account_id
      order by accounts.name_key, people.account_id`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** Everybody in these departments and those below them who can meet, each once. */
export async function listPeopleBelow(
  db: FleetDatabase,
  { orgId }: OrgScope,
  departmentIds: readonly DepartmentId[],
): Promise<AccountId[]> {
  if (departmentIds.length === 0) return [];
  const { rows } = await sql<{ accountId: AccountId }>`
    with recursive below (id) as (
      select id from departments where org_id = ${orgId} and id in (${sql.join(departmentIds)})
      union
      select departments.id from below
        join departments on departments.org_id = ${orgId} and departments.parent_id = below.id
    )
    select account_id from memberships
      join accounts on accounts.id = memberships.account_id and accounts.kind = 'standard'
      where org_id = ${orgId} and department_id in (select id from below)
      order by account_id`.execute(db);
  return rows.map(({ accountId }) => accountId);
}

/** How many each list of attendees expects, with the organizers of its meetings and everybody counted once. */
export async function countParties(
  db: FleetDatabase,
  scope: OrgScope,
  listIds: readonly ListId[],
): Promise<Map<ListId, number>> {
  if (listIds.length === 0) return new Map();
  const { rows } = await sql<{ listId: ListId; parties: number }>`
    with recursive ${departmentsOfLists(scope, listIds)},
    parties (list_id, party) as (
      ${peopleOfDepartments(scope)}
      union
      select list_id, coalesce(account_id, terminal_id, contact_id, phone) from attendees
        where org_id = ${scope.orgId} and list_id in (${sql.join(listIds)}) and department_id is null
      union
      select attendees_id, organizer_account_id from meetings
        where org_id = ${scope.orgId} and attendees_id in (${sql.join(listIds)})
    )
    select list_id, count(*) as parties from parties group by list_id`.execute(db);
  return new Map(rows.map(({ listId, parties }) => [listId, Number(parties)]));
}
