import type { DeviceRow, PanelDevice } from '@anteroom/shared/panel/devices.ts';
import { expect, it } from 'vitest';
import { createDeviceFixtures } from '../testing/device-fixtures.ts';
import { countStandings, isStale, lastHeardAt, standingOf } from './evidence.ts';

const now = new Date('2026-03-03T02:00:00Z');
const fixtures = createDeviceFixtures(now);
const deviceOf = (kind: PanelDevice['kind']): PanelDevice => {
  const found = fixtures.devices.find((device) => device.kind === kind);
  if (!found) throw new Error(`the fixtures have no ${kind}`);
  return found;
};
const display = deviceOf('display');
const heard = (secondsAgo: number) =>
  ({ value: 'on', observedAt: new Date(now.getTime() - secondsAgo * 1000).toISOString(), source: 'answer' }) as const;
const row = (reading: DeviceRow['reading'], kind: DeviceRow['property']['kind'] = 'power'): DeviceRow => ({
  ...{ property: { kind, of: null }, reading, wish: null, choice: null },
});
const fault = (kind: NonNullable<PanelDevice['fault']>['kind']) => ({ kind, detail: '', since: now.toISOString() });

it.each([
  ['twice the asking interval old is still evidence', { askEveryMs: 15_000 }, 30, false],
  ['older than that is none', { askEveryMs: 15_000 }, 30.001, true],
  ['of a device that is not connected is none, however young', { askEveryMs: 15_000, isConnected: false }, 1, true],
  ['of a device that tells each change stands while it is connected', { askEveryMs: null }, 86_400, false],
  ['and falls with the connection', { askEveryMs: null, isConnected: false }, 1, true],
])('a reading %s', (_what, change, secondsAgo, expected) => {
  expect(isStale({ ...display, ...change }, heard(secondsAgo), now)).toBe(expected);
});

it.each<[string, Partial<PanelDevice>, ReturnType<typeof standingOf>]>([
  ['with one fresh reading works', { rows: [row(null), row(heard(3))] }, 'works'],
  ['with old readings only is not known to work', { rows: [row(heard(31))] }, 'unknown'],
  ['that has told nothing is not known to work', { rows: [row(null)] }, 'unknown'],
  ['that is not connected is silent', { isConnected: false }, 'silent'],
  ['that does not answer is silent', { fault: fault('no_answer') }, 'silent'],
  ['with a closed line is silent', { fault: fault('not_connected') }, 'silent'],
  ['that refused a step is impaired, though it answers', { fault: fault('refused') }, 'impaired'],
  ['that says something is wrong is impaired', { rows: [row({ ...heard(3), value: 'fan' }, 'ailments')] }, 'impaired'],
  ['that says nothing is wrong works', { rows: [row({ ...heard(3), value: '' }, 'ailments')] }, 'works'],
])('a device %s', (_what, change, expected) => {
  expect(standingOf({ ...display, ...change }, now)).toBe(expected);
});

it('counts who needs somebody apart from whom nobody has heard of', () => {
  expect(countStandings(fixtures, now)).toEqual({ trouble: 2, unknown: 1 });
});

it('was last heard with its newest reading', () => {
  expect(lastHeardAt({ ...display, rows: [row(heard(9)), row(heard(2)), row(null)] })).toBe(heard(2).observedAt);
  expect(lastHeardAt({ ...display, rows: [row(null)] })).toBeUndefined();
});
