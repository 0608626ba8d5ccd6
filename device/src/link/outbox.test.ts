import { newId } from '@anteroom/shared/ids.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, test } from 'vitest';
import { reconnectAfterMs } from './backoff.ts';
import { createLedger } from './ledger.ts';
import { createOutbox } from './outbox.ts';

function setUp(count: number) {
  const clock = createManualClock();
  const ledger = createLedger();
  const ids = Array.from({ length: count }, () => newId('message'));
  for (const messageId of ids) {
    const event = { messageId, kind: 'left' as const, detail: {}, at: '2026-01-05T09:00:00.000Z' };
    ledger.apply({ op: 'event', event });
  }
  const sent: string[] = [];
  const outbox = createOutbox({
    ledger,
    clock,
    send: ({ messageId }) => sent.push(messageId),
    resend: { firstMs: 1_000, atMostMs: 3_000 },
  });
  return { clock, ledger, ids, sent, outbox };
}

test('what is not acknowledged is sent again, later each time', async () => {
  const { clock, sent, outbox } = setUp(1);
  const waits: (number | null)[] = [];
  for (let n = 0; n < 4; n++) {
    const wait = outbox.sendDue();
    waits.push(wait);
    await clock.advance(wait ?? 0);
  }
  expect(waits).toEqual([1_000, 2_000, 3_000, 3_000]);
  expect(sent).toHaveLength(4);
});

test('what is settled is not sent again, and nothing is left to wait for', async () => {
  const { clock, ledger, ids, sent, outbox } = setUp(1);
  outbox.sendDue();
  ledger.apply({ op: 'settled', messageIds: ids });
  await clock.advance(10_000);
  expect(outbox.sendDue()).toBeNull();
  expect(sent).toHaveLength(1);
});

test('at most a hundred are on their way, oldest first, and the next follow as these are settled', () => {
  const { ledger, ids, sent, outbox } = setUp(150);
  outbox.sendDue();
  expect(sent).toEqual(ids.slice(0, 100));
  ledger.apply({ op: 'settled', messageIds: ids.slice(10, 40) });
  outbox.sendDue();
  expect(sent.slice(100)).toEqual(ids.slice(100, 130));
});

test('a new connection sends everything at once', () => {
  const { ids, sent, outbox } = setUp(3);
  outbox.sendDue();
  outbox.reset();
  outbox.sendDue();
  expect(sent).toEqual([...ids, ...ids]);
});

test('waits before connecting again double up to a limit, with up to half of them left to chance', () => {
  const wait = (attempt: number, random: number) =>
    reconnectAfterMs(attempt, { firstMs: 200, atMostMs: 2_500, random });
  expect([1, 2, 3, 4, 5, 60].map((attempt) => wait(attempt, 0))).toEqual([200, 400, 800, 1_600, 2_500, 2_500]);
  expect(wait(60, 1)).toBe(1_250);
});
