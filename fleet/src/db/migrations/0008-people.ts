import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Departments, where people stand in them, external contacts, invitations, and what an organization decides. */
export async function up(db: Kysely<Database>): Promise<void> {
  for (const column of ['industry', 'size', 'country'])
    await db.schema
      .alterTable('organizations')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  await db.schema
    .alterTable('organizations')
    .addColumn('settings', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute();
  await createDepartments(db);
  await extendMemberships(db);
  await createContacts(db);
  await createInvitations(db);
}

async function createDepartments(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('departments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('parent_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('sort_number', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('departments_scoped', ['org_id', 'id'])
    .addForeignKeyConstraint('departments_parent', ['org_id', 'parent_id'], 'departments', ['org_id', 'id'])
    .execute();
  // Two departments of one name side by side could not be told apart; at the top there is no parent to compare.
  await sql`
    create unique index departments_name on departments (org_id, coalesce(parent_id, ''), name_key)`.execute(db);
}

async function extendMemberships(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('memberships').addColumn('department_id', 'text').execute();
  for (const column of ['position', 'remark', 'name_key', 'search_key'])
    await db.schema
      .alterTable('memberships')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  await db.schema
    .alterTable('memberships')
    .addColumn('sort_number', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`
    update memberships set
      name_key = (select name_key from accounts where id = account_id),
      search_key = (select name_key || ' ' || coalesce(phone, '') || ' ' || coalesce(email, '')
        from accounts where id = account_id)`.execute(db);
  // The directory reads in this order, and a search scans what it needs without leaving the index.
  await db.schema
    .createIndex('memberships_by_name')
    .on('memberships')
    .columns(['org_id', 'name_key', 'account_id', 'search_key'])
    .execute();
  await db.schema
    .createIndex('memberships_by_department')
    .on('memberships')
    .columns(['org_id', 'department_id', 'name_key', 'account_id'])
    .execute();
}

async function createContacts(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('contacts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('company', 'text', (c) => c.notNull())
    .addColumn('phone', 'text')
    .addColumn('email', 'text')
    .addColumn('remark', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('contacts_scoped', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('contacts_by_name').on('contacts').columns(['org_id', 'name_key', 'id']).execute();
}

async function createInvitations(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('invitations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('phone', 'text', (c) => c.notNull())
    .addColumn('department_id', 'text')
    .addColumn('position', 'text', (c) => c.notNull())
    .addColumn('sort_number', 'integer', (c) => c.notNull())
    .addColumn('remark', 'text', (c) => c.notNull())
    .addColumn('inviter_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('accepted_by', 'text', (c) => c.references('accounts.id'))
    .addColumn('accepted_at', 'text')
    .addColumn('joined_at', 'text')
    .addColumn('withdrawn_at', 'text')
    .addColumn('declined_at', 'text')
    .execute();
  await db.schema.createIndex('invitations_by_org').on('invitations').columns(['org_id', 'id']).execute();
}
