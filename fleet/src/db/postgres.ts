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
/** How long a statement waits for a row that another transaction holds. */
const lockWaitMs = 10_000;
/** A process that hangs in the middle of a transaction, or that lost its network, lets go of its rows after this. */
const idleInTransactionMs = 30_000;

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const invalidPassword = ['28P01', '28000'];
const noSuchDatabase = '3D000';
const createdb = 'createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8';

export async function openPostgres(url: Secret): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: 'anteroom',
    max: mostConnections,
    connectionTimeoutMillis: connectWithinMs,
    lock_timeout: lockWaitMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    types: { getTypeParser: chooseParser },
  });
  // A connection that breaks while nobody uses it has left the pool already; the next statement opens another, and fails
  // by itself when the server is away.
  pool.on('error', () => undefined);
  try {
    await check(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}

async function check(pool: pg.Pool): Promise<void> {
  // A client that does not connect: it reads the URL, and the PG… variables, as those of the pool do.
  const { host, port, user, database } = new pg.Client(pool.options);
  const server = host.startsWith('/') ? `PostgreSQL at ${host}` : `PostgreSQL at ${host}:${port}`;
  const { rows } = await pool
    .query<{ encoding: string; isByCodePoint: boolean }>(readNature)
    .catch((cause: { code?: string; message?: string }) => {
      const { code = '', message = '' } = cause;
      if (invalidPassword.includes(code))
        throw new DatabaseFault(`${server} does not let ${user} in: correct user and password (${message})`, { cause });
      if (code === noSuchDatabase)
        throw new DatabaseFault(`${server} has no database ${database}: make it with ${createdb} ${database}`, {
          cause,
        });
      const reason = [code, message].filter((part) => part !== '').join(': ');
      throw new DatabaseFault(`${server} cannot be used: start it, or correct its address (${reason})`, { cause });
    });
  const [nature] = rows;
  if (nature?.encoding !== 'UTF8' || !nature.isByCodePoint)
    throw new DatabaseFault(
      `database ${database} at ${server} does not keep text in UTF8, sorted by code point: make another with ` +
        `${createdb} NAME`,
    );
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
