import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Providers belong to the installation's configuration: identities name their issuer. The tables of 0004, which nothing
 * ever wrote to, go. An order remembers the billing identity that it was placed with.
 */
export async function up(db: Kysely<Database>): Promise<void> {
  for (const table of ['identity_flows', 'linked_identities', 'identity_providers'])
    await db.schema.dropTable(table).execute();
  await db.schema
    .createTable('linked_identities')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('account_kind', 'text', (c) => c.notNull())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('linked_at', 'text', (c) => c.notNull())
    // An identity opens one account of a kind; an account has at most one identity of an issuer.
    .addUniqueConstraint('linked_identities_subject', ['issuer', 'subject', 'account_kind'])
    .addUniqueConstraint('linked_identities_account', ['account_id', 'issuer'])
    .execute();
  await db.schema
    .createTable('identity_flows')
    .addColumn('state_hash', 'text', (c) => c.primaryKey())
    .addColumn('browser_hash', 'text', (c) => c.notNull())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.references('accounts.id').onDelete('cascade'))
    .addColumn('nonce', 'text', (c) => c.notNull())
    .addColumn('code_verifier', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  for (const column of ['billing_issuer', 'billing_subject', 'billing_label'])
    await db.schema.alterTable('orders').addColumn(column, 'text').execute();
}
