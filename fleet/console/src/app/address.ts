import { invitationState } from '@anteroom/shared/api/invitations.ts';
import { sessionEnd } from '@anteroom/shared/identity/session-end.ts';
import { departmentId } from '@anteroom/shared/ids.ts';
import { z } from 'zod';

/**
 * The address bar as plain strings. The router's own codec reads values as JSON, which would turn a pairing code such as
 * `34679E34` into a number.
 */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') query.set(name, value);
    if (typeof value === 'number') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** Where a list stands: search words, the cursor of its page, and the number of its first row. */
export const listSearch = z.object({
  q: z.string().max(100).optional().catch(undefined),
  cursor: z.string().max(256).optional().catch(undefined),
  from: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type ListSearch = z.infer<typeof listSearch>;

/** People of one department and those below it. */
export const peopleSearch = listSearch.extend({ department: departmentId.optional().catch(undefined) });
/** Invitations of which something has become. */
export const invitationsSearch = listSearch.extend({ state: invitationState.optional().catch(undefined) });
/** Where a new department is to stand. */
export const newDepartmentSearch = z.object({ under: departmentId.optional().catch(undefined) });
export const meetingsSearch = listSearch.extend({ when: z.enum(['upcoming', 'past']).optional().catch(undefined) });
export const myMeetingsSearch = listSearch.extend({
  when: z.enum(['upcoming', 'live', 'past']).optional().catch(undefined),
});
/** Whom the control of a meeting shows. */
export const controlSearch = z.object({
  q: z.string().max(100).optional().catch(undefined),
  show: z.enum(['hands', 'muted', 'rooms', 'guests']).optional().catch(undefined),
});
export type ControlSearch = z.infer<typeof controlSearch>;
export const claimSearch = z.object({
  code: z.string().max(32).optional().catch(undefined),
  terminal: z.string().max(64).optional().catch(undefined),
});
/**
 * `next` is where to go once signed in: a path of this console, never another site. Browsers leave tabs and line ends out
 * of an address, so that `/<tab>/site` would be one.
 */
export const entrySearch = z.object({
  next: z
    .string()
    .regex(/^\/(?![/\\])[^\t\r\n]*$/)
    .optional()
    .catch(undefined),
});
export const signInSearch = entrySearch.extend({
  /** Why the session before ended. */
  why: sessionEnd.optional().catch(undefined),
  by: z.enum(['password', 'code']).optional().catch(undefined),
});
export const auditSearch = listSearch.extend({
  action: z.string().max(64).optional().catch(undefined),
  since: z.iso.date().optional().catch(undefined),
  until: z.iso.date().optional().catch(undefined),
});
/** The one-time link may also come as `/?token=…`. */
export const rootSearch = z.object({ token: z.string().min(1).max(128).optional().catch(undefined) });
/** Which of a terminal's dialogs is open. */
export const terminalSearch = z.object({ do: z.enum(['change', 'revoke']).optional().catch(undefined) });
