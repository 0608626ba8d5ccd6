import { mayCall, type RouteAccess } from '@anteroom/shared/api/access.ts';
import type { Authority } from '@anteroom/shared/identity/roles.ts';

/** Who may enter each place of the console: its first page asks the fleet for what is of that access. */
export const placeAccess = {
  '/': 'staff',
  '/spaces': 'staff',
  '/terminals': 'engineering',
  '/claim': 'engineering',
  '/meetings': 'meetings',
  '/my-meetings': 'signedIn',
  '/cloud-rooms': 'staff',
  '/resources': 'administrator',
  '/people': 'member',
  '/organization': 'signedIn',
  '/outbox': 'settings',
  '/audit': 'audit',
} as const satisfies Record<string, RouteAccess>;

/** Pages of one meeting are for whoever plans it or is invited, unlike the list of all. */
const places = Object.entries(placeAccess).map(([start, access]) => ({
  ...{ start, access, hasPagesBelow: start !== '/' && start !== '/meetings' },
}));

/** Whether `path` is of a place that this account may not enter. */
export function isClosedTo(who: Authority, path: string): boolean {
  return places.some(
    ({ start, access, hasPagesBelow }) =>
      !mayCall(access, who) && (path === start || (hasPagesBelow && path.startsWith(`${start}/`))),
  );
}
