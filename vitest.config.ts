import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './scripts/lib/slow-first.ts';

const never = ['**/node_modules/**', '**/dist/**', '.node/**', '.setup/**'];
/** Whole programs and browsers; none of their limits is near what a loaded machine takes. */
const rigs = [
  'tests/e2e/pages/**/*.test.ts',
  'tests/e2e/{check,room-devices}.test.ts',
  'tests/e2e/console-*.test.ts',
  'tests/faults/{import,link-*,revocation,whiteboard,wrong-clock}.test.ts',
];
/** Media in real time: beside anything else, frames would come late. */
const media = ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'];

// The same tests on the other database; without rules, which know no database, and what is about SQLite alone.
const onPostgres = {
  include: ['fleet/src/*.test.ts', 'fleet/src/{db,link,modules,enrolment,plugins}/**/*.test.ts'],
  exclude: [
    'fleet/src/{config,identity-providers,limiter,passwords,server,table-file}.test.ts',
    'fleet/src/db/sqlite.test.ts',
    'fleet/src/link/{intake,packet-limit,permissions,presence}.test.ts',
    'fleet/src/modules/**/{rules,room-cover,catalogue,recurrence,calendar}.test.ts',
    'fleet/src/plugins/{documentation,etag,language,sites,role-metrics}.test.ts',
  ],
};
const postgresOnly = ['fleet/src/db/postgres.test.ts'];

// No module of ours has state (tests/architecture holds that), so the files of a worker load each module once: loading
// took a third of the time.
const isolate = false;

/** Fleets that come and go leave much that is soon of no use: with more room for it, collecting it takes half the time. */
const execArgv = ['--min-semi-space-size=32', '--max-semi-space-size=64'];

/** Every commit of a fleet waits for its disk; a folder in memory, where there is one with room, does not. */
const memory = '/dev/shm';
const roomNeeded = 4e9;
const hasRoom = () => {
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > roomNeeded;
};
const env = existsSync(memory) && hasRoom() ? { TMPDIR: memory } : {};

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          env,
          execArgv,
          globalSetup: 'fleet/src/testing/sqlite-original.ts',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...never, ...media, ...postgresOnly],
          pool: 'forks',
          isolate,
          maxWorkers: 2,
          testTimeout: 10_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'postgres',
          environment: 'node',
          env,
          execArgv,
          globalSetup: 'fleet/src/testing/postgres-cluster.ts',
          include: onPostgres.include,
          exclude: [...never, ...onPostgres.exclude],
          pool: 'forks',
          isolate,
          maxWorkers: 2,
          testTimeout: 10_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'rigs',
          environment: 'node',
          env,
          execArgv,
          include: rigs,
          exclude: never,
          pool: 'forks',
          isolate,
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'media',
          environment: 'node',
          env,
          include: media,
          exclude: [...never, ...rigs],
          pool: 'forks',
          isolate,
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
