import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { expect, it } from 'vitest';
import { arrangeTiles, galleryOf, smallRowsOf } from './layout.ts';

const person = (name: string, minute: number) =>
  someone(name, { joinedAt: `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z` });
const own = person('You', 0);

it('shows everybody else in the order in which they joined', () => {
  const late = person('Late', 9);
  const early = person('Early', 1);
  const { shown } = arrangeTiles([late, own, early], own.participantId, new Map(), null);
  expect(shown.map((entry) => entry.name)).toEqual(['Early', 'Late']);
});

it('prefers those whose media arrives, and counts who has no tile', () => {
  const crowd = Array.from({ length: 12 }, (_unused, n) => person(`P${n}`, n + 1));
  const last = crowd[11];
  if (!last) throw new Error('no crowd');
  const remotes = new Map([[last.participantId, 1]]);
  const { shown, hiddenCount } = arrangeTiles([own, ...crowd], own.participantId, remotes, null);
  expect(shown).toHaveLength(9);
  expect(shown.at(-1)).toBe(last);
  expect(hiddenCount).toBe(3);
});

it('shows large whom a host shows to everybody, wherever they are in the order, but not oneself', () => {
  const crowd = Array.from({ length: 12 }, (_unused, n) => person(`P${n}`, n + 1));
  const last = crowd[11];
  if (!last) throw new Error('no crowd');
  const arranged = arrangeTiles([own, ...crowd], own.participantId, new Map(), last.participantId);
  expect(arranged.large).toBe(last);
  expect(arranged.shown[0]).toBe(last);
  expect(arranged.shown).toHaveLength(9);
  expect(arranged.hiddenCount).toBe(3);
  expect(arrangeTiles([own, ...crowd], own.participantId, new Map(), own.participantId).large).toBeNull();
});

it('stands the others below a large one in rows of six, on a phone of four', () => {
  expect(smallRowsOf(2)).toEqual({ rows: 1, rowsOnPhone: 1 });
  expect(smallRowsOf(10)).toEqual({ rows: 2, rowsOnPhone: 3 });
});

it.each([
  [1, 1, 1, 1, 1],
  [2, 1, 1, 1, 2],
  [3, 2, 2, 1, 3],
  [5, 3, 2, 2, 3],
  [10, 4, 3, 2, 5],
])('stands %i tiles in %i × %i, on a phone in %i × %i', (count, columns, rows, columnsOnPhone, rowsOnPhone) => {
  expect(galleryOf(count)).toEqual({ columns, rows, columnsOnPhone, rowsOnPhone });
});
