import type { DepartmentId } from '@anteroom/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const place = { position: '', sortNumber: 0, remark: '' };

async function department(by: Person, name: string, parentId: string | null = null): Promise<DepartmentId> {
  // A department of the contract.
  return ((await test.expectOk(by, 'POST', '/departments', { name, parentId })) as { id: DepartmentId }).id;
}

describe('a department of another organization', () => {
  let theirs: DepartmentId;
  beforeEach(async () => {
    const other = await test.createOrganization('Other');
    theirs = await department(other.administrator, 'Their sales');
  });

  it.each([
    ['changed', 'PATCH', (id) => `/departments/${id}`, () => ({ sortNumber: 1 })],
    ['removed', 'DELETE', (id) => `/departments/${id}`, () => undefined],
    ['built under', 'POST', () => '/departments', (parentId) => ({ name: 'Below', parentId })],
    ['searched', 'GET', (id) => `/people?departmentId=${id}`, () => undefined],
    [
      'invited into',
      'POST',
      () => '/invitations',
      (departmentId) => ({ name: 'Ola', recipient: '+4790000008', language: 'en', ...place, departmentId }),
    ],
    [
      'joined by somebody who is added',
      'POST',
      () => '/people',
      (departmentId) => ({
        ...{ kind: 'standard', name: 'Ola', phone: '+4790000009', email: null, language: 'en' },
        ...{ ...place, departmentId },
      }),
    ],
  ] satisfies [string, 'GET' | 'POST' | 'PATCH' | 'DELETE', (id: string) => string, (id: string) => unknown][])(
    'is not %s',
    async (_act, method, pathOf, bodyOf) => {
      const body = bodyOf(theirs);
      expect(codeOf(await test.call(own.administrator, method, pathOf(theirs), { body }))).toBe('not_found');
    },
  );

  it('is joined by nobody, moved under nothing, managed by no administrator and invited to no meeting', async () => {
    const { accountId } = own.member.actor;
    const by = own.administrator;
    const ours = await department(by, 'Our sales');
    const codes = [
      await test.call(by, 'PATCH', `/people/${accountId}`, { body: { departmentId: theirs } }),
      await test.call(by, 'PATCH', `/departments/${ours}`, { body: { parentId: theirs } }),
      await test.call(by, 'POST', `/people/${accountId}/role`, {
        body: { role: 'administrator', permissions: ['users'], managedDepartments: [theirs] },
      }),
    ].map(codeOf);
    expect(codes).toEqual(['not_found', 'not_found', 'not_found']);
    const roomId = await test.createRoom(by, 'Atlas');
    await expect(
      test.createMeeting(by, roomId, { attendees: [{ kind: 'department', departmentId: theirs }] }),
    ).rejects.toThrow('attendee_unknown');
  });

  it('does not show its name, even where its id stands', async () => {
    const { accountId } = own.member.actor;
    const placed = { departmentId: theirs };
    await test.fleet.db.updateTable('memberships').set(placed).where('accountId', '=', accountId).execute();
    const invited = { name: 'Ola', recipient: '+4790000008', language: 'en', ...place, departmentId: null };
    await test.expectOk(own.administrator, 'POST', '/invitations', invited);
    await test.fleet.db.updateTable('invitations').set(placed).execute();
    for (const path of ['/people?search=member', `/people/${accountId}`, '/invitations'])
      expect(JSON.stringify(await test.expectOk(own.administrator, 'GET', path))).not.toContain('Their sales');
  });
});

describe('a name that stands beside another of its kind', () => {
  it.each(['moved', 'left behind by the one above it'])('is named when a department is %s', async (way) => {
    const by = own.administrator;
    await department(by, 'Design');
    const sales = await department(by, 'Sales');
    const inner = await department(by, 'design', sales);
    const answer =
      way === 'moved'
        ? await test.call(by, 'PATCH', `/departments/${inner}`, { body: { parentId: null } })
        : await test.call(by, 'DELETE', `/departments/${sales}`);
    expect(answer.body).toMatchObject({ code: 'name_taken', detail: expect.stringContaining('design') });
    expect((await test.fleet.services.departments.list(by.actor)).map(({ name }) => name)).toHaveLength(3);
  });
});

describe('an administrator of named departments', () => {
  let inside: DepartmentId;
  let manager: Person;
  beforeEach(async () => {
    inside = await department(own.administrator, 'Inside');
    await department(own.administrator, 'Below', inside);
    await department(own.administrator, 'Outside');
    manager = await test.createPerson(own.id, {
      ...{ name: 'Manager', role: 'administrator', permissions: ['users'] },
      managedDepartments: [inside],
    });
  });

  it('is told which of them may be changed', async () => {
    expect(await test.expectOk(manager, 'GET', '/departments')).toMatchObject({
      items: [
        { name: 'Below', mayManage: true },
        { name: 'Inside', mayManage: true },
        { name: 'Outside', mayManage: false },
      ],
      mayManageAll: false,
    });
    expect(await test.expectOk(own.member, 'GET', '/departments')).toMatchObject({
      items: [{ mayManage: false }, { mayManage: false }, { mayManage: false }],
      mayManageAll: false,
    });
    expect(await test.expectOk(own.administrator, 'GET', '/departments')).toMatchObject({ mayManageAll: true });
  });

  it('makes none at the top, and moves none there', async () => {
    const body = { parentId: null };
    const made = await test.call(manager, 'POST', '/departments', { body: { ...body, name: 'Top' } });
    const [below] = await test.fleet.services.departments.list(own.administrator.actor);
    expect(below?.name).toBe('Below');
    const moved = await test.call(manager, 'PATCH', `/departments/${below?.id}`, { body });
    expect([made, moved].map(codeOf)).toEqual(['outside_departments', 'outside_departments']);
  });

  it('reads the invitations into them, and no others', async () => {
    const departments = await test.fleet.services.departments.list(own.administrator.actor);
    for (const [index, { id, name }] of departments.entries())
      await test.expectOk(own.administrator, 'POST', '/invitations', {
        ...{ name: `To ${name}`, recipient: `+479000000${index}`, language: 'en', ...place, departmentId: id },
      });
    const read = async (by: Person) => {
      // A page of the contract.
      const page = (await test.expectOk(by, 'GET', '/invitations')) as { items: { name: string }[]; total: number };
      return [page.total, page.items.map(({ name }) => name).sort()];
    };
    expect(await read(manager)).toEqual([2, ['To Below', 'To Inside']]);
    expect(await read(own.administrator)).toEqual([3, ['To Below', 'To Inside', 'To Outside']]);
  });

  it('changes no external contacts, which are of the whole organization', async () => {
    const contact = { name: 'Mara', company: '', phone: null, email: 'mara@hinges.test', remark: '' };
    // A contact of the contract.
    const { id } = (await test.expectOk(own.administrator, 'POST', '/contacts', contact)) as { id: string };
    const answers = [
      await test.call(manager, 'POST', '/contacts', { body: contact }),
      await test.call(manager, 'PATCH', `/contacts/${id}`, { body: { company: 'Hinges' } }),
      await test.call(manager, 'DELETE', `/contacts/${id}`),
    ];
    expect(answers.map(codeOf)).toEqual(Array(3).fill('outside_departments'));
    expect(await test.expectOk(manager, 'GET', '/contacts')).toMatchObject({ total: 1 });
  });
});
