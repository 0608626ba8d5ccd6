import { assertNever } from '../assert-never.ts';
import { type Authority, holds, isAdministrator, type Permission } from '../identity/roles.ts';

/**
 * Who may call a route:
 * - `public`: anybody, signed in or not; `signedIn`: every account;
 * - `personal`: only somebody without an organization; `member`: everybody of an organization but field
 *   engineers, who have no access to people and meetings;
 * - a permission: the default administrator, and administrators who hold it;
 * - `administrator`: every administrator; `staff`: field engineers too;
 * - `engineering`: field engineers, and administrators with the permission `terminals`;
 * - `defaultAdministrator`: that one account.
 * A route says who may knock; its service narrows what they see there (management scope, sites, own things).
 */
export type RouteAccess =
  | 'public'
  | 'signedIn'
  | 'personal'
  | 'member'
  | 'administrator'
  | 'staff'
  | 'engineering'
  | 'defaultAdministrator'
  | Permission;

/** Whether a signed-in account may call a route. The console draws by the same answer that the fleet gives. */
export function mayCall(access: RouteAccess, who: Authority): boolean {
  switch (access) {
    case 'public':
    case 'signedIn':
      return true;
    case 'personal':
      return who.role === 'personal';
    case 'member':
      return who.role !== 'personal' && who.role !== 'fieldEngineer';
    case 'administrator':
      return isAdministrator(who);
    case 'staff':
      return isAdministrator(who) || who.role === 'fieldEngineer';
    case 'engineering':
      return who.role === 'fieldEngineer' || holds(who, 'terminals');
    case 'defaultAdministrator':
      return who.role === 'defaultAdministrator';
    case 'users':
    case 'rooms':
    case 'terminals':
    case 'meetings':
    case 'billing':
    case 'settings':
    case 'audit':
      return holds(who, access);
    default:
      return assertNever(access);
  }
}
