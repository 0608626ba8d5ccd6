import { z } from 'zod';
import { accountId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { page, pageQuery } from './page.ts';
import { route } from './route.ts';

/** Who did what, when. Entries are never changed. */
export const auditEntry = z.object({
  /** 1, 2, 3 … without gaps. */
  seq: z.int(),
  at: instant,
  /** Null for what the fleet did by itself; the name is null when the account was deleted. */
  actor: z.object({ id: accountId, name: z.string().nullable() }).nullable(),
  action: z.string(),
  subjectId: z.string().nullable(),
  /** What the subject is called now, or was called in the act; null when neither is known. */
  subjectName: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Whether the chain of hashes is whole; else the first entry that does not fit, and why. */
export const auditVerdict = z.union([
  z.object({ ok: z.literal(true), entries: z.int() }),
  z.object({ ok: z.literal(false), seq: z.int(), fault: z.string() }),
]);

export const auditRoutes = {
  list: route({
    method: 'GET',
    path: '/audit',
    access: 'audit',
    summary: 'The audit trail, the newest first; `search` is part of an actor’s name',
    query: pageQuery.extend({
      /** The beginning of an action: `room.` or `room.created`. */
      action: z
        .string()
        .regex(/^[\w.]{1,64}$/)
        .optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
    success: { status: 200, body: page(auditEntry) },
  }),
  verify: route({
    method: 'GET',
    path: '/audit/verification',
    access: 'audit',
    summary: 'Whether no entry was changed, removed or moved',
    success: { status: 200, body: auditVerdict },
  }),
};
