import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { Attendee, AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { AttendeeRow } from '../../db/tables/meetings.ts';
import type { AttendeeNow } from './attendee-repository.ts';

/** Names of what a request's attendees may be, by id: what is not among them does not exist for this organization. */
export type Directory = {
  people: ReadonlyMap<string, string>;
  terminals: ReadonlyMap<string, string>;
  departments: ReadonlyMap<string, string>;
  contacts: ReadonlyMap<string, Pick<AttendeeRow, 'name' | 'phone' | 'email'>>;
};

type Named = Pick<AttendeeRow, 'kind' | 'name'> & Partial<Omit<AttendeeRow, 'orgId' | 'listId' | 'position'>>;

/**
 * The rows of a list, each invited once, or the id of the first that nobody knows. Who was on the list before and is gone
 * since does not stand in the way of a change: an external contact stays as it was invited, anybody else is left out.
 */
export function toAttendeeRows(
  scope: OrgScope,
  listId: AttendeeRow['listId'],
  requests: readonly AttendeeRequest[],
  directory: Directory,
  before: readonly AttendeeRow[],
): { ok: true; rows: AttendeeRow[] } | { ok: false; unknownId: string } {
  const known = new Map(before.map((row) => [idOfRow(row), row]));
  const byId = new Map<string, Named>();
  for (const request of requests) {
    const id = idOf(request);
    const was = known.get(id);
    const named = nameOf(request, directory) ?? (was?.kind === 'contact' ? was : null);
    if (!named && !was) return { ok: false, unknownId: id };
    if (named && !byId.has(id)) byId.set(id, named);
  }
  const rows = [...byId.values()].map((named, position) => ({
    ...{ accountId: null, departmentId: null, terminalId: null, contactId: null, phone: null, email: null },
    ...{ ...named, listId, orgId: scope.orgId, position },
  }));
  return { ok: true, rows };
}

export function idOf(request: AttendeeRequest): string {
  switch (request.kind) {
    case 'person':
      return request.accountId;
    case 'department':
      return request.departmentId;
    case 'terminal':
      return request.terminalId;
    case 'contact':
      return request.contactId;
    default:
      return request.phone;
  }
}

export const idOfRow = (row: AttendeeRow): string =>
  row.accountId ?? row.departmentId ?? row.terminalId ?? row.contactId ?? row.phone ?? '';

function nameOf(request: AttendeeRequest, { people, terminals, departments, contacts }: Directory): Named | null {
  switch (request.kind) {
    case 'person': {
      const name = people.get(request.accountId);
      return name === undefined ? null : { kind: 'person', name, accountId: request.accountId };
    }
    case 'terminal': {
      const name = terminals.get(request.terminalId);
      return name === undefined ? null : { kind: 'terminal', name, terminalId: request.terminalId };
    }
    case 'department': {
      const name = departments.get(request.departmentId);
      return name === undefined ? null : { kind: 'department', name, departmentId: request.departmentId };
    }
    case 'contact': {
      const contact = contacts.get(request.contactId);
      return contact ? { kind: 'contact', ...contact, contactId: request.contactId } : null;
    }
    case 'number':
      return { kind: 'number', name: request.name, phone: request.phone };
    default:
      return assertNever(request);
  }
}

/** A row as the request that would make it again. */
export function toRequest(row: AttendeeRow): AttendeeRequest {
  if (row.accountId !== null) return { kind: 'person', accountId: row.accountId };
  if (row.departmentId !== null) return { kind: 'department', departmentId: row.departmentId };
  if (row.terminalId !== null) return { kind: 'terminal', terminalId: row.terminalId };
  if (row.contactId !== null) return { kind: 'contact', contactId: row.contactId };
  return { kind: 'number', phone: row.phone ?? '', name: row.name };
}

export function toAttendee(row: AttendeeNow): Attendee {
  return { kind: row.kind, id: idOfRow(row), name: row.shownName };
}
