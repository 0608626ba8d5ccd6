import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { type Authority, holds } from '@anteroom/shared/identity/roles.ts';
import type { AccountId, DepartmentId, RoomId } from '@anteroom/shared/ids.ts';
import type { MeetingResource } from '@anteroom/shared/meeting/fields.ts';

export type Planner = Authority & { accountId: AccountId };
/** The cloud room that a meeting is wanted in. */
export type WantedRoom = {
  id: RoomId;
  name: string;
  assigneeAccountId: AccountId | null;
  assigneeName: string | null;
  assigneeDepartmentId: DepartmentId | null;
};
/** The departments that an administrator manages, with everything below; null for the whole organization. */
export type ManagedDepartments = ReadonlySet<string> | null;
export type RightToPlan =
  | { ok: true; organizerAccountId: AccountId }
  | { ok: false; code: ErrorCode; values: Record<string, string> };

const refused = (code: ErrorCode, values: Record<string, string> = {}): RightToPlan => ({ ok: false, code, values });

/**
 * Who may plan a meeting with which resource (domain.md, 1 and 2), and whose meeting it is then. Somebody without an
 * organization has free meetings; everybody else their organization's concurrency, and the cloud room that was assigned
 * to them. Administrators of meetings plan in any room whose cloud-room administrator is of a department that they manage,
 * and in that person's name; a room that is nobody's is the whole organization's.
 */
export function rightToPlan(
  who: Planner,
  managed: ManagedDepartments,
  resource: MeetingResource,
  room: WantedRoom | null,
): RightToPlan {
  const own: RightToPlan = { ok: true, organizerAccountId: who.accountId };
  if (who.role === 'personal') return resource.kind === 'free' ? own : refused('concurrency_not_here');
  if (who.role === 'fieldEngineer') return refused('forbidden');
  if (resource.kind === 'free') return refused('free_meeting_not_here');
  if (resource.kind === 'concurrency') return own;
  if (room === null) return refused('not_found');
  if (room.assigneeAccountId === who.accountId) return own;
  if (!managesMeetingsOf(who, managed, room.assigneeDepartmentId))
    return room.assigneeName === null
      ? refused('room_unassigned', { room: room.name })
      : refused('room_not_yours', { room: room.name, holder: room.assigneeName });
  return { ok: true, organizerAccountId: room.assigneeAccountId ?? who.accountId };
}

/**
 * Who changes, cancels, extends and ends a meeting: whose it is, and administrators of meetings who manage the department
 * of whose it is.
 */
export function mayManage(
  who: Planner,
  managed: ManagedDepartments,
  meeting: { organizerAccountId: AccountId; organizerDepartmentId: DepartmentId | null },
): boolean {
  if (meeting.organizerAccountId === who.accountId) return true;
  return managesMeetingsOf(who, managed, meeting.organizerDepartmentId);
}

/** Whoever is in no department is managed by those who manage the whole organization. */
function managesMeetingsOf(who: Planner, managed: ManagedDepartments, departmentId: DepartmentId | null): boolean {
  if (!holds(who, 'meetings')) return false;
  return managed === null || (departmentId !== null && managed.has(departmentId));
}
