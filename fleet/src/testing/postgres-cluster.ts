import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { asSecret } from '../config-secret.ts';
import { openDatabase } from '../db/database.ts';
import { countColumns } from './test-database.ts';

/**
 * A PostgreSQL of the test run's own: a cluster in a temporary folder that listens on a socket there and nowhere else,
 * with one database of the newest schema, of which test fleets get copies. Nothing of it outlives the run.
 */

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the database that is copied; absent where tests run on SQLite. */
    postgresUrl: string | undefined;
    postgresColumns: number | undefined;
    /** Names databases that tests were done with and emptied. */
    postgresUsedFolder: string | undefined;
  }
}

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root; Debian's package makes this user. */
const systemUser = 'postgres';
const role = 'anteroom';
const password = 'only-for-this-run';
const original = 'original';
const startWithinMs = 30_000;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = await findPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-postgres-'));
  const cluster = join(folder, 'cluster');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, Number((await run('id', ['-u', systemUser])).stdout), 0);
  const user = isRoot ? [`--reuid=${systemUser}`, `--regid=${systemUser}`, '--clear-groups'] : [];

  const usedFolder = join(folder, 'used');
  await mkdir(usedFolder);
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  await run('setpriv', [
    ...user,
    ...[join(programs, 'initdb'), `--pgdata=${cluster}`, '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    ...[`--username=${role}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
  ]);
  const log = await open(join(folder, 'log'), 'w');
  const server = spawn(
    'setpriv',
    [
      ...user,
      // The signal to stop reaches it also when this process is killed.
      ...['--pdeathsig=INT', join(programs, 'postgres'), '-D', cluster, '-k', folder],
      ...['-c', 'listen_addresses=', '-c', 'max_connections=300'],
      // These data need not outlive a power cut.
      ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
    ],
    { stdio: ['ignore', log.fd, log.fd] },
  );
  await log.close();
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null && server.kill('SIGINT')) await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  };

  const urlOf = (database: string) => `postgres://${role}:${password}@${encodeURIComponent(folder)}/${database}`;
  try {
    await makeOriginal(urlOf('postgres'), server);
    const db = await openDatabase({ url: asSecret(urlOf(original)) });
    await db.destroy();
    project.provide('postgresColumns', await countColumns(urlOf(original)));
  } catch (cause) {
    const said = await readFile(join(folder, 'log'), 'utf8');
    await stop();
    throw new Error(`PostgreSQL for the tests did not start; it said:\n${said}`, { cause });
  }
  project.provide('postgresUsedFolder', usedFolder);
  project.provide('postgresUrl', urlOf(original));
  return stop;
}

/** The newest PostgreSQL of this machine. */
async function findPrograms(): Promise<string> {
  const versions = await readdir(debianFolder).catch(() => []);
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error(`${debianFolder} has no PostgreSQL: run sh scripts/setup --for-tests`);
  return join(debianFolder, newest, 'bin');
}

/** Makes the database that is copied, as soon as the server lets us in. */
async function makeOriginal(url: string, server: ChildProcess): Promise<void> {
  const untilMs = performance.now() + startWithinMs;
  for (;;) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.query(`create database ${original}`);
      return;
    } catch (error) {
      if (server.exitCode !== null || performance.now() > untilMs) throw error;
      await sleep(50);
    } finally {
      await client.end();
    }
  }
}
