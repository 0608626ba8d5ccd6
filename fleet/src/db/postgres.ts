import pg from 'pg';
import type { Secret } from '../config-secret.ts';

/**
 * The pool of connections to a PostgreSQL database. Whatever keeps a fleet from working there is found when it is opened
 * and said with what to do about it, never later by rows in another order than SQLite's.
 */

/** A database that cannot be used as it is. The message is for whoever runs the fleet, and says what to do. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
}

const mostConnections = 20;
const connectWithinMs = 10_000;
/** How long a call waits while every connection is busy: in a rush into one meeting all of them want the same row. */
const queueWithinMs = 60_000;
/** How long a statement waits for a row that another transaction holds. */
const lockWaitMs = 30_000;
/** A process that hangs in the middle of a transaction, or that lost its network, lets go of its rows after this. */
const idleInTransactionMs = 60_000;

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const invalidPassword = ['28P01', '28000'];
const noSuchDatabase = '3D000';
const createdb = 'createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8';

export async function openPostgres(url: Secret): Promise<pg.Pool> {
  const connection = {
    connectionString: url.reveal(),
    application_name: 'anteroom',
    lock_timeout: lockWaitMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
  };
  await check(new pg.Client({ ...connection, connectionTimeoutMillis: connectWithinMs }));
  const pool = new pg.Pool({
    ...connection,
    max: mostConnections,
    connectionTimeoutMillis: queueWithinMs,
    types: { getTypeParser: chooseParser },
  });
  // A connection that breaks while nobody uses it has left the pool already; the next statement opens another, and fails
  // by itself when the server is away.
  pool.on('error', () => undefined);
  return pool;
}

async function check(client: pg.Client): Promise<void> {
  const { host, port, database } = client;
  const server = host.startsWith('/') ? `PostgreSQL at ${host}` : `PostgreSQL at ${host}:${port}`;
  try {
    await client.connect();
    const { rows } = await client.query<{ encoding: string; isByCodePoint: boolean }>(readNature);
    if (rows[0]?.encoding === 'UTF8' && rows[0].isByCodePoint) return;
  } catch (cause) {
    throw new DatabaseFault(`${server} ${explain(cause, client)}`, { cause });
  } finally {
    await client.end();
  }
  throw new DatabaseFault(
    `database ${database} at ${server} does not keep text in UTF8, sorted by code point: make another with ` +
      `${createdb} NAME`,
  );
}

function explain(error: unknown, { user, database }: pg.Client): string {
  // Errors of pg and of Node's sockets bear a code; the one for several addresses has no message.
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (invalidPassword.includes(code)) return `does not let ${user} in: correct user and password (${message})`;
  if (code === noSuchDatabase) return `has no database ${database}: make it with ${createdb} ${database}`;
  const reason = [code, message].filter((part) => part !== '').join(': ');
  return `cannot be used: start it, or correct its address (${reason})`;
}

// Cursors and instants are compared as text, by the bytes of their UTF-8: a language's rules put a before B, and pass
// over blanks and hyphens.
const readNature = `
  select pg_encoding_to_char(encoding) as encoding,
    'B' < 'a' and 'a z' < 'a-b' as "isByCodePoint"
  from pg_database where datname = current_database()`;

const int8 = 20;
const numeric = 1700;

/** Counts and sums come as numbers, as SQLite gives them. */
function chooseParser(oid: number, format?: 'text' | 'binary') {
  return oid === int8 || oid === numeric ? toSafeNumber : pg.types.getTypeParser(oid, format);
}

function toSafeNumber(text: string): number {
  const value = Number(text);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new RangeError(`${text} is too large for a number`);
  return value;
}
