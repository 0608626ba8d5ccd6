import { z } from 'zod';

/** Why a session ended that its reader did not end there and then; every client of theirs says it in words. */
export const sessionEnd = z.enum([
  'account_deleted',
  'password_changed',
  'removed_from_organization',
  'signed_out_elsewhere',
]);
export type SessionEnd = z.infer<typeof sessionEnd>;
