import type { Permission } from '@anteroom/shared/identity/roles.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import { type ManagedDepartments, mayManage, rightToPlan } from './rights.ts';

const [own, theirs, sales, support] = [newId('account'), newId('account'), newId('department'), newId('department')];
const administrator = (...permissions: Permission[]) => ({
  accountId: own,
  role: 'administrator' as const,
  permissions,
});
const member = { accountId: own, role: 'member' as const, permissions: [] };
const scope: ManagedDepartments = new Set([sales]);

describe('the management scope (domain.md 1) of the permission for meetings', () => {
  it.each([
    ['a meeting of a managed department', administrator('meetings'), scope, theirs, sales, true],
    ['a meeting of another department', administrator('meetings'), scope, theirs, support, false],
    ['a meeting of somebody in no department', administrator('meetings'), scope, theirs, null, false],
    ['an own meeting, wherever they are', administrator('meetings'), scope, own, support, true],
    ['any meeting, for the whole organization', administrator('meetings'), null, theirs, null, true],
    ['nobody else’s meeting without the permission', administrator('users'), scope, theirs, sales, false],
    ['nobody else’s meeting as a member', member, null, theirs, sales, false],
  ])('decides about %s', (_what, who, managed, organizerAccountId, organizerDepartmentId, isManaged) => {
    expect(mayManage(who, managed, { organizerAccountId, organizerDepartmentId })).toBe(isManaged);
  });

  const held = { id: newId('room'), name: 'Atlas', assigneeAccountId: theirs, assigneeName: 'Ola' };
  const nobodys = { ...held, assigneeAccountId: null, assigneeName: null, assigneeDepartmentId: null };
  it.each([
    ['of a managed department', { ...held, assigneeDepartmentId: sales }, { ok: true, organizerAccountId: theirs }],
    ['of another department', { ...held, assigneeDepartmentId: support }, { ok: false, code: 'room_not_yours' }],
    ['of nobody', nobodys, { ok: false, code: 'room_unassigned' }],
  ])('decides about planning in a cloud room %s', (_whose, room, right) => {
    const resource = { kind: 'room' as const, roomId: room.id };
    expect(rightToPlan(administrator('meetings'), scope, resource, room)).toMatchObject(right);
  });
});
