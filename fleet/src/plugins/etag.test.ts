import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let paths: { path: string; edit: Record<string, unknown> }[];

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
  const admin = org.administrator;
  const spaceId = await test.createSpace(admin, 'Boardroom');
  const roomId = await test.createRoom(admin, 'Atlas');
  const terminal = await test.pairTerminal(admin, { name: 'One', spaceId, roomId });
  const make = async (path: string, body: unknown) =>
    // Every created thing of the contract has an id.
    ((await test.expectOk(admin, 'POST', path, body)) as { id: string }).id;
  const departmentId = await make('/departments', { name: 'Sales', parentId: null });
  const contactId = await make('/contacts', { name: 'Mara', company: '', phone: null, email: null, remark: '' });
  paths = [
    { path: `/spaces/${spaceId}`, edit: { floor: '9' } },
    { path: `/rooms/${roomId}`, edit: { capacity: 99 } },
    { path: `/terminals/${terminal.id}`, edit: { name: 'First' } },
    { path: `/departments/${departmentId}`, edit: { sortNumber: 2 } },
    { path: `/contacts/${contactId}`, edit: { company: 'Hinges' } },
    { path: '/organization', edit: { settings: { invitationDays: 3 } } },
  ];
});
afterAll(() => test[Symbol.asyncDispose]());

const patch = (path: string, body: unknown, tag: string) =>
  test.call(org.administrator, 'PATCH', path, { body, headers: { 'if-match': tag } });

describe('If-Match', () => {
  it.each([0, 1, 2, 3, 4, 5])('lets one of two editors change what both saw (%#)', async (index) => {
    const { path = '', edit = {} } = paths[index] ?? {};
    const seen = String((await test.call(org.administrator, 'GET', path)).headers.etag);
    expect(seen).toMatch(/^"[\w-]{22}"$/);
    const first = await patch(path, edit, seen);
    expect(first.status).toBe(200);
    const second = await patch(path, edit, seen);
    expect([second.status, codeOf(second)]).toEqual([412, 'conflict']);
    expect((await patch(path, edit, String(first.headers.etag))).status).toBe(200);
    expect((await patch(path, edit, '*')).status).toBe(200);
  });

  it('changes nothing when it refuses', async () => {
    const { path = '' } = paths[1] ?? {};
    await patch(path, { name: 'Stolen' }, '"made-up"');
    expect(await test.expectOk(org.administrator, 'GET', path)).toMatchObject({ name: 'Atlas' });
  });
});
