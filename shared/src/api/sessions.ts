import { z } from 'zod';
import { permission, role } from '../identity/roles.ts';
import { accountId, organizationId } from '../ids.ts';
import { language } from '../text.ts';
import { route } from './route.ts';

export const session = z.object({
  account: z.object({ id: accountId, name: z.string(), language }),
  organization: z.object({ id: organizationId, name: z.string(), timeZone: z.string() }),
  role,
  permissions: z.array(permission),
});
export type Session = z.infer<typeof session>;

export const sessionRoutes = {
  signIn: route({
    method: 'POST',
    path: '/session',
    access: 'public',
    summary: 'Sign in with phone or e-mail and password',
    body: z.strictObject({ login: z.string().trim().min(1).max(254), password: z.string().min(1).max(256) }),
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
