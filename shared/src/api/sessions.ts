import { z } from 'zod';
import { permission, role } from '../identity/roles.ts';
import { accountId, departmentId, organizationId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { language } from '../text.ts';
import { route } from './route.ts';

export const session = z.object({
  account: z.object({ id: accountId, name: z.string(), language }),
  organization: z.object({ id: organizationId, name: z.string(), timeZone: z.string() }),
  role,
  permissions: z.array(permission),
  /** An administrator's management scope: the departments, with those below; null for the whole organization. */
  managedDepartments: z.array(departmentId).nullable(),
});
export type Session = z.infer<typeof session>;

/** Ten characters or more: length counts, not kinds of characters (NIST SP 800-63B, 3.1.1.2). */
export const newPassword = z.string().min(10).max(256);
export const oneTimeCode = z.string().regex(/^\d{6}$/, 'expected six digits');
/** The same answer whether or not anybody has this number or address. */
export const codeSent = { status: 202, body: z.object({ expiresAt: instant }) } as const;

/** Phone number or e-mail address, as people write it. */
const login = z.string().trim().min(1).max(254);

export const sessionRoutes = {
  signIn: route({
    method: 'POST',
    path: '/session',
    access: 'public',
    summary: 'Sign in with phone or e-mail and password',
    body: z.strictObject({ login, password: z.string().min(1).max(256) }),
    success: { status: 200, body: session },
  }),
  signInByLink: route({
    method: 'POST',
    path: '/session/link',
    access: 'public',
    summary: 'Sign in with the token of a one-time link',
    body: z.strictObject({ token: z.string().min(1).max(128) }),
    success: { status: 200, body: session },
  }),
  sendCode: route({
    method: 'POST',
    path: '/session/code-request',
    access: 'public',
    summary: 'Send a code to sign in with',
    body: z.strictObject({ login, language }),
    success: codeSent,
  }),
  signInByCode: route({
    method: 'POST',
    path: '/session/code',
    access: 'public',
    summary: 'Sign in with phone or e-mail and a code',
    body: z.strictObject({ login, code: oneTimeCode }),
    success: { status: 200, body: session },
  }),
  sendResetCode: route({
    method: 'POST',
    path: '/session/reset-request',
    access: 'public',
    summary: 'Send a code to set a new password with',
    body: z.strictObject({ login, language }),
    success: codeSent,
  }),
  resetPassword: route({
    method: 'POST',
    path: '/session/reset',
    access: 'public',
    summary: 'Set a new password with a code, and sign in; every other session is signed out',
    body: z.strictObject({ login, code: oneTimeCode, password: newPassword }),
    success: { status: 200, body: session },
  }),
  setPassword: route({
    method: 'POST',
    path: '/session/set-password',
    access: 'public',
    summary: 'Set the first password with the link that an administrator’s invitation brought, and sign in',
    body: z.strictObject({ token: z.string().min(1).max(128), password: z.string().min(10).max(256) }),
    success: { status: 200, body: session },
  }),
  current: route({
    method: 'GET',
    path: '/session',
    access: 'signedIn',
    summary: 'Who is signed in',
    success: { status: 200, body: session },
  }),
  signOut: route({
    method: 'DELETE',
    path: '/session',
    access: 'signedIn',
    summary: 'Sign out',
    success: { status: 204, body: null },
  }),
};
