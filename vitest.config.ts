import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**', '.node/**', '.setup/**'];
// These start servers, browsers and media processes: on two cores they would only steal time from each other.
const system = ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...never, ...system],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 10_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'system',
          environment: 'node',
          include: system,
          exclude: never,
          pool: 'forks',
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
