import { expect, test } from 'vitest';
import { idPrefixes, meetingId, newId, terminalId } from './ids.ts';

test('a new id is accepted by its own schema and by no other', () => {
  const id = newId('terminal');
  expect(terminalId.safeParse(id).success).toBe(true);
  expect(meetingId.safeParse(id).success).toBe(false);
});

test('ids sort by the instant they were made at', () => {
  const instants = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z', '2031-07-09T12:00:00.000Z'];
  const ids = instants.map((at) => newId('message', new Date(at)));
  expect([...ids].sort()).toEqual(ids);
});

test('an id holds the version and variant bits of a UUIDv7', () => {
  const hex = newId('room').slice(idPrefixes.room.length + 1);
  expect(hex[12]).toBe('7');
  expect('89ab').toContain(hex[16]);
});

test('many ids of one millisecond differ', () => {
  const at = new Date();
  expect(new Set(Array.from({ length: 10_000 }, () => newId('command', at))).size).toBe(10_000);
});

test.each(['term_', 'term_xyz', 'term_0123456789abcdef0123456789abcdeF', '', 'org_0123456789abcdef0123456789abcdef'])(
  '%j is no terminal id',
  (value) => {
    expect(terminalId.safeParse(value).success).toBe(false);
  },
);
