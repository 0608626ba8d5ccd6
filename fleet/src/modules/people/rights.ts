import type { MembershipRow } from '../../db/schema.ts';
import type { Actor } from '../sessions/service.ts';

type Placed = Pick<MembershipRow, 'departmentId' | 'role'>;

/**
 * Whether the actor may change or remove this person: with the permission `users`, within the managed departments, and
 * never somebody of a higher role. Nobody manages the default administrator.
 */
export function mayManage(actor: Actor, managed: ReadonlySet<string> | null, person: Placed): boolean {
  if (person.role === 'defaultAdministrator') return false;
  if (actor.role === 'defaultAdministrator') return true;
  if (actor.role !== 'administrator' || !actor.permissions.includes('users')) return false;
  // Administrators are made and unmade by the default administrator alone.
  if (person.role === 'administrator') return false;
  return managed === null || (person.departmentId !== null && managed.has(person.departmentId));
}
