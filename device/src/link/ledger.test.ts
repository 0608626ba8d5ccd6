import { type CommandId, type MessageId, newId } from '@anteroom/shared/ids.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLedger, type LedgerRecord } from './ledger.ts';

const deadlineAt = '2026-01-05T09:01:00.000Z';
const at = '2026-01-05T09:00:00.000Z';
const afterDeadline = new Date('2026-01-05T10:00:00.000Z');
const commandIds = Array.from({ length: 6 }, () => newId('command'));
const messageIds = Array.from({ length: 6 }, () => newId('message'));

const started = (commandId: CommandId): LedgerRecord => ({ op: 'started', commandId, deadlineAt });
const finished = (commandId: CommandId, messageId: MessageId): LedgerRecord => ({
  op: 'finished',
  commandId,
  deadlineAt,
  outcome: { messageId, result: 'done', detail: '', finishedAt: at },
  isSettled: false,
});
const event = (messageId: MessageId): LedgerRecord => ({
  op: 'event',
  event: { messageId, kind: 'left', detail: {}, at },
});
const settled = (...ids: MessageId[]): LedgerRecord => ({ op: 'settled', messageIds: ids });

function ledgerOf(records: readonly LedgerRecord[]) {
  const ledger = createLedger();
  for (const record of records) ledger.apply(record);
  return ledger;
}

const shown = (ledger: ReturnType<typeof createLedger>) => ({
  commands: commandIds.map((id) => ledger.command(id)),
  pending: [...ledger.pending()].map(({ messageId }) => messageId).sort(),
  unfinished: ledger.unfinished(),
  size: ledger.size(),
});

const record = fc.nat(5).chain((index) => {
  const commandId = commandIds[index] ?? newId('command');
  const messageId = messageIds[index] ?? newId('message');
  return fc.constantFrom(started(commandId), finished(commandId, messageId), settled(messageId));
});

test('the records of a ledger add up to the same ledger', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 30 }), (records) => {
      const ledger = ledgerOf(records);
      expect(shown(ledgerOf(ledger.records()))).toEqual(shown(ledger));
    }),
  );
});

test('a command that was started and not finished is unfinished, and its first outcome stays', () => {
  const [id = newId('command')] = commandIds;
  const [first = newId('message'), second = newId('message')] = messageIds;
  expect(ledgerOf([started(id)]).unfinished()).toEqual([{ commandId: id, deadlineAt }]);
  const ledger = ledgerOf([started(id), finished(id, first), finished(id, second), started(id)]);
  expect(ledger.unfinished()).toEqual([]);
  expect([...ledger.pending()].map(({ messageId }) => messageId)).toEqual([first]);
});

test('settled messages wait no more, their commands are remembered', () => {
  const [id = newId('command')] = commandIds;
  const [outcome = newId('message'), other = newId('message')] = messageIds;
  const ledger = ledgerOf([started(id), finished(id, outcome), event(other), settled(outcome, other)]);
  expect([...ledger.pending()]).toEqual([]);
  expect(ledger.command(id)).toMatchObject({ state: 'finished', isSettled: true });
});

test('only commands that are settled, old in number and past their deadline are forgotten', () => {
  const many = Array.from({ length: 2_500 }, (_, index) => ({
    commandId: newId('command'),
    messageId: newId('message'),
    isSettled: index !== 3,
  }));
  const records = many.flatMap(({ commandId, messageId, isSettled }) => [
    started(commandId),
    finished(commandId, messageId),
    ...(isSettled ? [settled(messageId)] : []),
  ]);
  const ledger = ledgerOf(records);
  ledger.forgetPast(new Date(at));
  expect(ledger.size()).toBe(2_500);
  ledger.forgetPast(afterDeadline);
  expect(ledger.size()).toBe(2_000);
  const known = many.map(({ commandId }) => ledger.command(commandId) !== undefined);
  expect(known.slice(0, 5)).toEqual([false, false, false, true, false]);
  expect(known.slice(-1_999).every(Boolean)).toBe(true);
});

test('events past the limit give the oldest event up, never an outcome', () => {
  const [id = newId('command')] = commandIds;
  const events = Array.from({ length: 2_000 }, () => newId('message'));
  const ledger = ledgerOf([finished(id, messageIds[0] ?? newId('message')), ...events.map(event)]);
  expect(ledger.eventToGiveUp()).toBe(events[0]);
  ledger.apply(settled(events[0] ?? newId('message')));
  expect(ledger.eventToGiveUp()).toBeNull();
});
