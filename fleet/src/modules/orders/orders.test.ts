import { type Order, order } from '@anteroom/shared/api/orders.ts';
import { room } from '@anteroom/shared/api/rooms.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readOperatorKey } from '../../testing/route-calls/resources.ts';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let operatorKey: string;
beforeAll(async () => {
  test = await startTestFleet();
  operatorKey = await readOperatorKey(test);
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  org = await test.createOrganization('Buyer', []);
});

const inDays = (days: number) => new Date(test.clock.now().getTime() + days * 86_400_000).toISOString();
const rooms = (quantity: number, capacity: number) => ({ kind: 'room', quantity, capacity });

async function place(fields: Record<string, unknown> = {}): Promise<Order> {
  const body = { plan: 'flex', lines: [rooms(1, 10)], endAt: inDays(30), ...fields };
  return order.parse(await test.expectOk(org.administrator, 'POST', '/orders', body));
}
const pay = (id: string) => test.expectOk(null, 'POST', `/operator/orders/${id}/paid`, { operatorKey });
const createRoom = (name: string, capacity: number) =>
  test.call(org.administrator, 'POST', '/rooms', { body: { name, capacity } });
const entitlements = () => test.fleet.services.orders.entitlements(test.fleet.db, { orgId: org.id }, test.clock.now());

describe('an order', () => {
  it('gives nothing until the operator has marked it paid', async () => {
    const placed = await place();
    expect(placed).toMatchObject({ state: 'pending', paidAt: null, plan: 'flex' });
    expect(codeOf(await createRoom('Atlas', 10))).toBe('room_quota_used');
    await pay(placed.id);
    expect((await createRoom('Atlas', 10)).status).toBe(201);
    const paid = order.parse(await test.expectOk(org.administrator, 'GET', `/orders/${placed.id}`));
    expect(paid).toMatchObject({ state: 'paid', lines: [{ quantity: 1, roomsMade: 1 }] });
  });

  it('is paid or cancelled once', async () => {
    const { id } = await place();
    await pay(id);
    expect(codeOf(await test.call(org.administrator, 'POST', `/orders/${id}/cancel`))).toBe('order_not_pending');
    const again = { body: { operatorKey } };
    expect(codeOf(await test.call(null, 'POST', `/operator/orders/${id}/paid`, again))).toBe('order_not_pending');
  });

  it('shows in the list of its organization and of the operator, until it is paid', async () => {
    const { id, reference } = await place();
    const list = z.object({ items: z.array(order) });
    expect(list.parse(await test.expectOk(org.administrator, 'GET', '/orders')).items.map((each) => each.id)).toEqual([
      id,
    ]);
    const pending = async () =>
      list.parse(await test.expectOk(null, 'POST', '/operator/orders', { operatorKey })).items.map((each) => each.id);
    expect(await pending()).toContain(id);
    expect(reference).toBe(id.slice(-8).toUpperCase());
    await pay(id);
    expect(await pending()).not.toContain(id);
  });

  it.each([
    ['that ends before it starts', { startAt: '2030-01-02T00:00:00.000Z', endAt: '2030-01-01T00:00:00.000Z' }],
    ['that is over', { startAt: '2020-01-01T00:00:00.000Z', endAt: '2020-02-01T00:00:00.000Z' }],
    ['of six years', { endAt: '2099-01-01T00:00:00.000Z' }],
  ])('%s is refused', async (_what, times) => {
    const body = { plan: 'flex', lines: [rooms(1, 10)], ...times };
    expect(codeOf(await test.call(org.administrator, 'POST', '/orders', { body }))).toBe('order_time_invalid');
  });

  it.each([
    ['the free plan', { plan: 'free' }],
    ['more parties than the plan allows', { lines: [rooms(1, 101)] }],
  ])('of %s is refused', async (_what, fields) => {
    const body = { plan: 'flex', lines: [rooms(1, 10)], endAt: inDays(1), ...fields };
    expect(codeOf(await test.call(org.administrator, 'POST', '/orders', { body }))).toBe('order_line_unavailable');
  });
});

describe('the operator', () => {
  it('is known by the key in the data folder, and guessing it is throttled', async () => {
    const wrong = { body: { operatorKey: 'guess' } };
    for (let i = 0; i < 10; i++)
      expect(codeOf(await test.call(null, 'POST', '/operator/orders', wrong))).toBe('operator_key_wrong');
    expect(codeOf(await test.call(null, 'POST', '/operator/orders', wrong))).toBe('rate_limited');
    await test.clock.advance(60_000);
  });
});

describe('resources of an order', () => {
  it('are there from its start to its end', async () => {
    const lines = [{ kind: 'concurrency', quantity: 20 }];
    const { id } = await place({ plan: 'flagship', lines, startAt: inDays(1), endAt: inDays(3) });
    await pay(id);
    expect(await entitlements()).toMatchObject({ plan: 'free', concurrency: 0 });
    test.clock.jumpTo(new Date(inDays(2)));
    expect(await entitlements()).toMatchObject({ plan: 'flagship', concurrency: 20 });
    const scope = { orgId: org.id };
    expect(await test.fleet.services.orders.hasUnexpiredPaid(test.fleet.db, scope)).toBe(true);
    test.clock.jumpTo(new Date(inDays(2)));
    expect(await entitlements()).toMatchObject({ plan: 'free', concurrency: 0 });
    expect(await test.fleet.services.orders.hasUnexpiredPaid(test.fleet.db, scope)).toBe(false);
  });

  it('pass from an order to the one that continues it', async () => {
    const first = await place({ endAt: inDays(2) });
    await pay(first.id);
    const made = room.parse((await createRoom('Atlas', 10)).body);
    expect(made.validUntil).toBe(first.endAt);
    const second = await place({ startAt: first.endAt, endAt: inDays(4) });
    await pay(second.id);
    const read = async () => room.parse(await test.expectOk(org.administrator, 'GET', `/rooms/${made.id}`));
    expect((await read()).validUntil).toBe(second.endAt);
    test.clock.jumpTo(new Date(inDays(5)));
    expect((await read()).validUntil).toBeNull();
  });

  it('are cloud rooms of so many parties, and no more of them', async () => {
    await pay((await place({ lines: [rooms(2, 10), rooms(1, 50)] })).id);
    expect((await createRoom('One', 8)).status).toBe(201);
    expect(room.parse((await createRoom('Two', 25)).body)).toMatchObject({ capacity: 25, orderedCapacity: 50 });
    expect(codeOf(await createRoom('Three', 11))).toBe('room_quota_used');
    const { id } = room.parse((await createRoom('Four', 10)).body);
    const grown = await test.call(org.administrator, 'PATCH', `/rooms/${id}`, { body: { capacity: 11 } });
    expect(codeOf(grown)).toBe('room_over_order');
  });
});
