import { createHash } from 'node:crypto';
import { meeting } from '@anteroom/shared/api/meetings.ts';
import { organization } from '@anteroom/shared/api/organizations.ts';
import { contact, department, person } from '@anteroom/shared/api/people.ts';
import { room } from '@anteroom/shared/api/rooms.ts';
import { space } from '@anteroom/shared/api/spaces.ts';
import { terminal } from '@anteroom/shared/api/terminals.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { z } from 'zod';

const named = z.object({ id: z.string() }).nullable();

/** Of what two people can edit, the fields that an edit changes: a terminal's heartbeat is no edit. */
const editableParts: Readonly<Record<string, z.ZodType>> = {
  meetings: meeting.pick({
    subject: true,
    description: true,
    media: true,
    startAt: true,
    endAt: true,
    timeZone: true,
    attendees: true,
    admissionScope: true,
    waitingRoom: true,
    guestPassword: true,
    notices: true,
    options: true,
    recurrence: true,
  }),
  spaces: space.pick({ name: true, site: true, floor: true, capacity: true, timeZone: true }),
  rooms: room.pick({ name: true, capacity: true, guestPassword: true }),
  departments: department.pick({ name: true, parentId: true, sortNumber: true }),
  contacts: contact.pick({ name: true, company: true, phone: true, email: true, remark: true }),
  people: person.pick({
    department: true,
    position: true,
    sortNumber: true,
    remark: true,
    role: true,
    permissions: true,
    managedDepartments: true,
    sites: true,
  }),
  organization: organization.pick({
    name: true,
    industry: true,
    size: true,
    country: true,
    timeZone: true,
    settings: true,
  }),
  terminals: terminal.pick({ name: true }).extend({ space: named, room: named }),
};

/** The entity tag (RFC 9110 §8.8.3) of one thing of this noun; null for nouns that are not edited. */
export function etagOf(noun: string, body: unknown): string | null {
  const part = editableParts[noun]?.safeParse(body);
  if (!part?.success) return null;
  return `"${createHash('sha256').update(JSON.stringify(part.data)).digest('base64url').slice(0, 22)}"`;
}

/** Refuses an edit of something that is not any more as the editor saw it (RFC 9110 §13.1.1). */
export function checkIfMatch(header: string, present: string | null): void {
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.includes('*') && (present === null || !tags.includes(present))) throw new ProblemError('conflict');
}
