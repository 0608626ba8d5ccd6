import { expect, it } from 'vitest';
import { type Authority, type Permission, roles } from '../identity/roles.ts';
import { mayCall, type RouteAccess } from './access.ts';

const as = (role: Authority['role'], ...permissions: Permission[]): Authority => ({ role, permissions });

it.each<[RouteAccess, readonly Authority['role'][]]>([
  ['public', roles],
  ['signedIn', roles],
  ['personal', ['personal']],
  ['member', ['member', 'administrator', 'defaultAdministrator']],
  ['administrator', ['administrator', 'defaultAdministrator']],
  ['staff', ['fieldEngineer', 'administrator', 'defaultAdministrator']],
  ['engineering', ['fieldEngineer', 'defaultAdministrator']],
  ['users', ['defaultAdministrator']],
  ['defaultAdministrator', ['defaultAdministrator']],
])('%s is for %j without any permission', (access, expected) => {
  expect(roles.filter((role) => mayCall(access, as(role)))).toEqual(roles.filter((role) => expected.includes(role)));
});

it('gives an administrator what was given, and nothing else', () => {
  const administrator = as('administrator', 'rooms', 'terminals');
  expect(mayCall('rooms', administrator)).toBe(true);
  expect(mayCall('engineering', administrator)).toBe(true);
  expect(mayCall('billing', administrator)).toBe(false);
});

it('gives a member nothing for a permission that is not theirs to hold', () => {
  expect(mayCall('rooms', as('member', 'rooms'))).toBe(false);
});
