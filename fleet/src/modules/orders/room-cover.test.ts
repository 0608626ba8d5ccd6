import type { RoomId } from '@anteroom/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import { type BoundRoom, coveredUntil, lineFor, type RoomStock, spareLine } from './room-cover.ts';
import { entitlementsAt, type PaidLine } from './rules.ts';

const line = (id: string, fields: Partial<PaidLine>): PaidLine => ({
  ...{ id: `lin_${id}`, orgId: 'org_1', orderId: 'ord_1', kind: 'room', quantity: 1, capacity: 10, plan: 'flex' },
  ...{ startAt: '2026-01-01T00:00:00.000Z', endAt: '2026-02-01T00:00:00.000Z' },
  ...fields,
});
const room = (id: RoomId, orderLineId: PaidLine['id'] | null, capacity = 10): BoundRoom => ({
  ...{ id, capacity, orderLineId },
});
const january = line('a', {});
const february = line('b', { startAt: '2026-02-01T00:00:00.000Z', endAt: '2026-03-01T00:00:00.000Z' });
const at = (day: string) => new Date(`2026-${day}T12:00:00.000Z`);
const atlas = room('room_1', january.id);

describe('a cloud room', () => {
  const stock: RoomStock = { lines: [january, february], rooms: [atlas] };

  it('is covered by its own order, and by the one that continues it', () => {
    expect(lineFor(atlas, stock, at('01-15'))).toBe(january);
    expect(lineFor(atlas, stock, at('02-15'))).toBe(february);
    expect(coveredUntil(atlas, stock, at('01-15'))).toBe(february.endAt);
  });

  it('expires with the last order that covers it', () => {
    expect(lineFor(atlas, stock, at('03-01'))).toBeUndefined();
    expect(coveredUntil(atlas, stock, at('03-01'))).toBeNull();
  });

  it('does not take what another room is made of', () => {
    const stuck: RoomStock = { lines: [january, february], rooms: [atlas, room('room_2', february.id)] };
    expect(coveredUntil(atlas, stuck, at('01-15'))).toBe(january.endAt);
  });

  it('needs an order for as many parties', () => {
    const large = room('room_1', january.id, 25);
    expect(lineFor(large, { lines: [february], rooms: [large] }, at('02-15'))).toBeUndefined();
  });
});

it('takes the smallest ordered room that is large enough, and of equal ones the one that lasts', () => {
  const longer = line('c', { capacity: 20, endAt: '2026-06-01T00:00:00.000Z' });
  const lines = [line('d', { capacity: 50 }), line('e', { capacity: 20 }), longer];
  expect(spareLine(lines, [], 15)).toBe(longer);
  expect(spareLine(lines, [room('room_1', longer.id)], 15)?.id).toBe('lin_e');
  expect(spareLine(lines, [], 51)).toBeUndefined();
});

describe('what an organization has', () => {
  const planOf = () => ({ terminals: 2 });
  const lines = [
    line('p', { kind: 'concurrency', quantity: 50, capacity: null }),
    line('q', { kind: 'concurrency', quantity: 30, capacity: null, plan: 'flagship' }),
    line('r', { kind: 'terminals', quantity: 7, capacity: null }),
    { ...february, plan: 'flex' as const },
  ];

  it('adds up over orders, with the largest plan', () => {
    expect(entitlementsAt(lines, at('01-15'), planOf)).toEqual({ plan: 'flagship', concurrency: 80, terminals: 9 });
  });

  it('is there from the start of an order until before its end', () => {
    const first = new Date(january.startAt);
    const last = new Date(january.endAt);
    expect(entitlementsAt(lines, first, planOf).concurrency).toBe(80);
    expect(entitlementsAt(lines, new Date(first.getTime() - 1), planOf).concurrency).toBe(0);
    expect(entitlementsAt(lines, new Date(last.getTime() - 1), planOf).concurrency).toBe(80);
    expect(entitlementsAt(lines, last, planOf)).toEqual({ plan: 'flex', concurrency: 0, terminals: 2 });
  });

  it('is the free plan without an order', () => {
    expect(entitlementsAt([], at('01-15'), planOf)).toEqual({ plan: 'free', concurrency: 0, terminals: 2 });
  });
});
