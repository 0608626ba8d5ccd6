import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**', '.node/**', '.setup/**'];
// These start servers, browsers and media processes: on two cores they would only steal time from each other.
const system = ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'];

// The same tests on the other database; without rules, which know no database, and what is about SQLite alone.
const onPostgres = {
  include: ['fleet/src/*.test.ts', 'fleet/src/{db,link,modules,enrolment,plugins}/**/*.test.ts'],
  exclude: [
    'fleet/src/{config,limiter,server}.test.ts',
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
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          env,
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...never, ...system, ...postgresOnly],
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
          name: 'system',
          environment: 'node',
          env,
          include: system,
          exclude: never,
          pool: 'forks',
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
