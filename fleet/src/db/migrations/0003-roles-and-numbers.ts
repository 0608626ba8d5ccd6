import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Roles with permissions and management scope, tenants of personal users, and one register of all numbers. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .alterTable('organizations')
    .addColumn('kind', 'text', (c) => c.notNull().defaultTo('company'))
    .execute();
  for (const column of ['permissions', 'sites'])
    await db.schema
      .alterTable('memberships')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo('[]'))
      .execute();
  await db.schema.alterTable('memberships').addColumn('managed_departments', 'text').execute();
  await giveRoles(db);
  await registerNumbers(db);
}

/** There was one kind of administrator, who might do everything: the first of an organization becomes its default one. */
async function giveRoles(db: Kysely<Database>): Promise<void> {
  await sql`
    update memberships set permissions = '["users","rooms","terminals","meetings","billing","settings","audit"]'
    where role = 'administrator'`.execute(db);
  await sql`
    update memberships set role = 'defaultAdministrator', permissions = '[]'
    where role = 'administrator' and account_id = (
      select min(first.account_id) from memberships as first
      where first.org_id = memberships.org_id and first.role = 'administrator')`.execute(db);
  await sql`
    create unique index memberships_one_default on memberships (org_id)
    where role = 'defaultAdministrator'`.execute(db);
}

async function registerNumbers(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('numbers')
    .addColumn('number', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('owner_id', 'text', (c) => c.notNull().unique())
    .execute();
  await sql`insert into numbers (number, org_id, owner_id) select number, org_id, id from rooms`.execute(db);
  await sql`insert into numbers (number, org_id, owner_id) select number, org_id, id from meetings`.execute(db);
}
