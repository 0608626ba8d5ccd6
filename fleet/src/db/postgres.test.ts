import { randomUUID } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { asSecret } from '../config-secret.ts';
import { askServer, withDatabase } from '../testing/test-database.ts';
import { openDatabase } from './database.ts';

/** What an administrator is told whose PostgreSQL cannot be used. */
const original = inject('postgresUrl') ?? '';

async function faultOf(url: string): Promise<string> {
  const fault = await openDatabase({ url: asSecret(url) }).then(
    async (db) => {
      await db.destroy();
      return 'it opens';
    },
    (error: Error) => `${error.name}: ${error.message}`,
  );
  expect(fault).not.toContain(new URL(url).password);
  return fault;
}

it('that it cannot be reached', async () => {
  expect(await faultOf('postgres://anteroom:secret@127.0.0.1:1/fleet')).toMatch(
    /^DatabaseFault: PostgreSQL at 127.0.0.1:1 cannot be used: start it, or correct its address \(ECONNREFUSED/,
  );
});

it('that user and password do not fit', async () => {
  const url = new URL(original);
  url.password = 'wrong-password';
  expect(await faultOf(url.href)).toContain('does not let anteroom in: correct user and password');
});

it('that there is no such database', async () => {
  expect(await faultOf(withDatabase(original, 'nowhere'))).toContain(
    'has no database nowhere: make it with createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 nowhere',
  );
});

it.each([
  ['another encoding', `encoding 'LATIN1' locale 'C'`],
  ['the rules of a language', `encoding 'UTF8' locale_provider icu icu_locale 'en' locale 'C.UTF-8'`],
])('that text has %s', async (_what, options) => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await askServer(original, `create database ${name} template template0 ${options}`);
  const fault = await faultOf(withDatabase(original, name));
  await askServer(original, `drop database ${name}`);
  expect(fault).toContain('does not keep text in UTF8, sorted by code point: make another with createdb');
});
