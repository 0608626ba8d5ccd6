import { newId } from '@anteroom/shared/ids.ts';
import { expect, test } from 'vitest';
import { afterGone, afterSign, afterSilence } from './presence.ts';

const [first, second, third] = [newId('connection'), newId('connection'), newId('connection')];

test('a sign of life brings a terminal online, three missed heartbeats take it offline', () => {
  const online = afterSign(undefined, first, 1_000);
  expect(online.isOnline).toBe(true);
  expect(afterSilence(online, 4_000, 1_000)).toBe(online);
  expect(afterSilence(online, 4_001, 1_000).isOnline).toBe(false);
  expect(afterSign(afterSilence(online, 5_000, 1_000), first, 6_000)).toMatchObject({ isOnline: true, seenMs: 6_000 });
});

test('what an earlier connection says late changes nothing', () => {
  const presence = afterSign(afterSign(afterSign(undefined, first, 0), second, 10), third, 20);
  expect(presence.connectionId).toBe(third);
  expect(afterSign(presence, first, 30)).toBe(presence);
  expect(afterSign(presence, second, 30)).toBe(presence);
  expect(afterGone(presence, second)).toBe(presence);
});

test('the will of the present connection is believed until it says something again', () => {
  const online = afterSign(undefined, first, 0);
  const gone = afterGone(online, first);
  expect(gone.isOnline).toBe(false);
  expect(afterSign(gone, first, 10).isOnline).toBe(true);
});
