import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';
import { expect, test } from 'vitest';
import { healthOf } from './health.ts';

const now = new Date('2026-01-05T09:00:00Z');
const device = (kind: Peripheral['kind'], state: Peripheral['state'], ageS: number): Peripheral => ({
  kind,
  name: kind,
  state,
  observedAt: new Date(now.getTime() - ageS * 1000).toISOString(),
});

test('all is working only with recent evidence for every device', () => {
  expect(healthOf({ peripherals: [device('camera', 'working', 3), device('display', 'working', 80)] }, now)).toEqual({
    faults: [],
    rest: 'working',
    observedAt: new Date(now.getTime() - 80_000),
  });
  const { rest } = healthOf({ peripherals: [device('camera', 'working', 3), device('display', 'working', 91)] }, now);
  expect(rest).toBe('worked');
});

test('a device of unknown state is not called working', () => {
  expect(healthOf({ peripherals: [device('display', 'unknown', 1)] }, now).rest).toBe('unknown');
});

test('what failed comes before what is missing', () => {
  const { faults } = healthOf(
    { peripherals: [device('camera', 'missing', 1), device('microphone', 'failed', 1)] },
    now,
  );
  expect(faults.map(({ kind }) => kind)).toEqual(['microphone', 'camera']);
});

test('a terminal without devices says so instead of claiming health', () => {
  expect(healthOf({ peripherals: [] }, now)).toEqual({ faults: [], rest: 'none', observedAt: null });
});
