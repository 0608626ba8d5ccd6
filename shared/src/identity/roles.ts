import { z } from 'zod';

/** What an administrator may be given, for the whole organization or for named departments. */
export const permissions = ['users', 'rooms', 'terminals', 'meetings', 'billing', 'settings', 'audit'] as const;
export const permission = z.enum(permissions);
export const permissionList = z.array(permission);
export type Permission = z.infer<typeof permission>;

/**
 * What an account is in its organization. Everybody who belongs to no organization is `personal`: the only one in a
 * tenant of their own. An organization has exactly one default administrator.
 */
export const roles = ['personal', 'member', 'fieldEngineer', 'administrator', 'defaultAdministrator'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Role and permissions as a decision needs them. Only administrators hold permissions. */
export type Authority = { role: Role; permissions: readonly Permission[] };

export function isAdministrator({ role }: Pick<Authority, 'role'>): boolean {
  return role === 'administrator' || role === 'defaultAdministrator';
}

/** The default administrator may do everything; an administrator what was given. */
export function holds({ role, permissions }: Authority, wanted: Permission): boolean {
  return role === 'defaultAdministrator' || (role === 'administrator' && permissions.includes(wanted));
}
