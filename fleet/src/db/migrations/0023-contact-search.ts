import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** External contacts are found by company, phone and e-mail address too, compared as names are. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .alterTable('contacts')
    .addColumn('search_key', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  const contacts = await db.selectFrom('contacts').select(['id', 'name', 'company', 'phone', 'email']).execute();
  // SQLite knows no case but that of ASCII.
  for (const { id, name, company, phone, email } of contacts) {
    const searchKey = `${name} ${company} ${phone ?? ''} ${email ?? ''}`.normalize('NFKC').toLowerCase();
    await db.updateTable('contacts').set({ searchKey }).where('id', '=', id).execute();
  }
}
