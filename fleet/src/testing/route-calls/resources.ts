import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { order } from '@anteroom/shared/api/orders.ts';
import type { Organization, TestFleet } from '../test-fleet.ts';

type Calls = Record<string, { path: string; body?: unknown }>;

/** Calls of plans, orders and what comes of them, that succeed for the own administrator. */
export async function prepareResourceCalls(test: TestFleet, { id, administrator }: Organization): Promise<Calls> {
  const endAt = new Date(test.clock.now().getTime() + 30 * 86_400_000).toISOString();
  const body = { plan: 'flex', lines: [{ kind: 'concurrency', quantity: 10 }], endAt };
  const place = async () => order.parse(await test.expectOk(administrator, 'POST', '/orders', body)).id;
  const [kept, dropped, bought] = [await place(), await place(), await place()];
  const roomId = await test.createRoom(administrator, 'Juniper');
  const now = test.clock.now().toISOString();
  const operatorKey = await readOperatorKey(test);
  const assignee = await test.createPerson(id, { name: 'Assignee', kind: 'standard', role: 'member' });
  return {
    'plans.list': { path: '/plans' },
    'orders.list': { path: '/orders' },
    'orders.create': { path: '/orders', body },
    'orders.get': { path: `/orders/${kept}` },
    'orders.cancel': { path: `/orders/${dropped}/cancel` },
    'operator.listPending': { path: '/operator/orders', body: { operatorKey } },
    'operator.markPaid': { path: `/operator/orders/${bought}/paid`, body: { operatorKey } },
    'rooms.listOwn': { path: '/my/rooms' },
    'rooms.assign': { path: `/rooms/${roomId}/assign`, body: { accountId: assignee.actor.accountId } },
    'rooms.listComing': { path: `/rooms/${roomId}/coming-meetings` },
    'rooms.listAssignable': { path: '/assignable-people' },
    'resources.get': { path: '/resources' },
    'resources.listHolders': { path: `/resources/holders?resource=concurrency` },
    'resources.getUsage': { path: `/resources/usage?resource=${roomId}&from=${now}&to=${endAt}` },
    'resources.forecast': {
      path: `/resources/forecast?resource=concurrency&startAt=${now}&durationMinutes=30&parties=4`,
    },
  };
}

export async function readOperatorKey({ dataDir }: TestFleet): Promise<string> {
  return (await readFile(join(dataDir, 'keys', 'operator-key'), 'utf8')).trim();
}
