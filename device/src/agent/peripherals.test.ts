import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, test } from 'vitest';
import { createPeripherals } from './peripherals.ts';

test('a device that is seen again is younger, and no change', async () => {
  const clock = createManualClock(new Date('2026-01-05T09:00:00.000Z'));
  const heard: string[] = [];
  const peripherals = createPeripherals({
    serverNow: () => clock.now(),
    onChange: ({ state }) => void heard.push(state),
    onSeenAgain: () => void heard.push('again'),
  });
  peripherals.observe({ kind: 'camera', name: 'Rally', state: 'working' });
  await clock.advance(30_000);
  peripherals.observe({ kind: 'camera', name: 'Rally', state: 'working' });
  expect(peripherals.list()).toMatchObject([{ state: 'working', observedAt: '2026-01-05T09:00:30.000Z' }]);
  peripherals.observe({ kind: 'camera', name: 'Rally', state: 'missing' });
  expect(heard).toEqual(['working', 'again', 'missing']);
});
