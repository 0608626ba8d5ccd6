import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** People: notices that reach them, one-time codes that prove who they are, sessions that they can look through. */
export async function up(db: Kysely<Database>): Promise<void> {
  await createNotices(db);
  await createCodes(db);
  await createIdentities(db);
  await extendAccounts(db);
  await extendSessions(db);
}

async function createNotices(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('notices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.references('organizations.id'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('template', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('attachments', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('give_up_at', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text')
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('fault', 'text')
    .execute();
  await db.schema.createIndex('notices_by_due').on('notices').column('due_at').execute();
  await db.schema.createIndex('notices_by_org').on('notices').columns(['org_id', 'id']).execute();
}

async function createCodes(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('one_time_codes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('tries_left', 'integer', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .addColumn('proof_hash', 'text')
    .execute();
  await db.schema
    .createIndex('one_time_codes_by_recipient')
    .on('one_time_codes')
    .columns(['recipient', 'created_at'])
    .execute();
  await db.schema
    .createIndex('one_time_codes_by_address')
    .on('one_time_codes')
    .columns(['address', 'created_at'])
    .execute();
}

async function createIdentities(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('identity_providers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sign_on_name', 'text', (c) => c.notNull().unique())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('client_secret', 'text', (c) => c.notNull())
    .addColumn('uses', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('identity_providers_scoped', ['org_id', 'id'])
    .execute();
  await db.schema
    .createTable('linked_identities')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('provider_id', 'text', (c) => c.notNull().references('identity_providers.id').onDelete('cascade'))
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('linked_at', 'text', (c) => c.notNull())
    // An identity opens one account; an account has at most one identity of a provider.
    .addUniqueConstraint('linked_identities_subject', ['provider_id', 'subject'])
    .addUniqueConstraint('linked_identities_account', ['account_id', 'provider_id'])
    .execute();
  await db.schema
    .createTable('identity_flows')
    .addColumn('state_hash', 'text', (c) => c.primaryKey())
    .addColumn('provider_id', 'text', (c) => c.notNull().references('identity_providers.id').onDelete('cascade'))
    .addColumn('account_id', 'text', (c) => c.references('accounts.id').onDelete('cascade'))
    .addColumn('nonce', 'text', (c) => c.notNull())
    .addColumn('code_verifier', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
}

async function extendAccounts(db: Kysely<Database>): Promise<void> {
  for (const column of ['personal_number', 'terms_accepted_at', 'deleted_at'])
    await db.schema.alterTable('accounts').addColumn(column, 'text').execute();
  await db.schema
    .alterTable('accounts')
    .addColumn('name_key', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`update accounts set name_key = lower(name)`.execute(db);
  await db.schema
    .alterTable('one_time_links')
    .addColumn('purpose', 'text', (c) => c.notNull().defaultTo('signIn'))
    .execute();
}

/** Sessions get a name of their own by which people can end them. Nobody could name the old ones, so they end here. */
async function extendSessions(db: Kysely<Database>): Promise<void> {
  await sql`delete from sessions`.execute(db);
  for (const column of ['id', 'user_agent', 'seen_at'])
    await db.schema
      .alterTable('sessions')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  for (const column of ['ended_at', 'end_reason'])
    await db.schema.alterTable('sessions').addColumn(column, 'text').execute();
  await db.schema.createIndex('sessions_by_account').on('sessions').column('account_id').execute();
}
