import { z } from 'zod';
import { accountId, sessionId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { language } from '../text.ts';
import { givenName, timeZone } from './page.ts';
import { route } from './route.ts';
import { codeSent, newPassword, oneTimeCode, session } from './sessions.ts';

export const emailAddress = z.email().max(254);

export const account = z.object({
  id: accountId,
  kind: z.enum(['standard', 'console']),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language,
  /** The personal meeting ID; null for a console account, which never meets. */
  personalNumber: z.string().nullable(),
  hasPassword: z.boolean(),
});
export type Account = z.infer<typeof account>;

/** How somebody proved who they are when a session was opened. */
export const signInWay = z.enum(['password', 'code', 'link', 'identity', 'registration', 'reset']);
export type SignInWay = z.infer<typeof signInWay>;

/** One place where the account is signed in. */
export const openSession = z.object({
  id: sessionId,
  userAgent: z.string(),
  /** Null where it was not kept: sessions of before. */
  signedInBy: signInWay.nullable(),
  createdAt: instant,
  /** To the minute. */
  seenAt: instant,
  isCurrent: z.boolean(),
});
export type OpenSession = z.infer<typeof openSession>;

/** A phone number as people write it, with its country code: blanks, hyphens and brackets are fine. */
const writtenPhone = z.string().trim().min(5).max(40);

/** What the program that calls is used on. A default administrator deletes no account on a phone: it is for the console. */
const clientSize = z.enum(['computer', 'phone']);

/** A person joins: code → terms → name and password. */
export const registrationRoutes = {
  sendCode: route({
    method: 'POST',
    path: '/registration/code',
    access: 'public',
    summary: 'Send a code to the phone of somebody who registers',
    body: z.strictObject({ phone: writtenPhone, language }),
    success: codeSent,
  }),
  confirm: route({
    method: 'POST',
    path: '/registration/confirm',
    access: 'public',
    summary: 'Exchange the code for a proof of the phone, good for 30 minutes',
    body: z.strictObject({ phone: writtenPhone, code: oneTimeCode }),
    success: { status: 200, body: z.object({ proof: z.string() }) },
  }),
  register: route({
    method: 'POST',
    path: '/registration',
    access: 'public',
    summary: 'Make the account, and sign it in',
    body: z.strictObject({
      phone: writtenPhone,
      proof: z.string().min(1).max(128),
      name: givenName,
      password: newPassword,
      acceptsTerms: z.literal(true),
      timeZone,
      language,
    }),
    success: { status: 201, body: session },
  }),
};

/** What people do with their own account. */
export const accountRoutes = {
  get: route({
    method: 'GET',
    path: '/account',
    access: 'signedIn',
    summary: 'The own account',
    success: { status: 200, body: account },
  }),
  update: route({
    method: 'PATCH',
    path: '/account',
    access: 'signedIn',
    summary: 'Change name or language',
    body: z.strictObject({ name: givenName, language }).partial(),
    success: { status: 200, body: account },
  }),
  sendEmailCode: route({
    method: 'POST',
    path: '/account/email-code',
    access: 'signedIn',
    summary: 'Send a code to a new e-mail address',
    body: z.strictObject({ email: emailAddress }),
    success: codeSent,
  }),
  setEmail: route({
    method: 'POST',
    path: '/account/email',
    access: 'signedIn',
    summary: 'Take the e-mail address that the code came to',
    body: z.strictObject({ email: emailAddress, code: oneTimeCode }),
    success: { status: 200, body: account },
  }),
  changePassword: route({
    method: 'POST',
    path: '/account/password',
    access: 'signedIn',
    summary: 'Change the password; every other session is signed out',
    body: z.strictObject({ current: z.string().min(1).max(256), next: newPassword }),
    success: { status: 204, body: null },
  }),
  listSessions: route({
    method: 'GET',
    path: '/account/sessions',
    access: 'signedIn',
    summary: 'Where the account is signed in',
    success: { status: 200, body: z.object({ items: z.array(openSession) }) },
  }),
  endSession: route({
    method: 'DELETE',
    path: '/account/sessions/:sessionId',
    access: 'signedIn',
    summary: 'Sign out one session of the own account',
    params: z.strictObject({ sessionId }),
    success: { status: 204, body: null },
  }),
  endOtherSessions: route({
    method: 'POST',
    path: '/account/sessions/end-others',
    access: 'signedIn',
    summary: 'Sign out every other session of the own account',
    success: { status: 204, body: null },
  }),
  sendDeletionCode: route({
    method: 'POST',
    path: '/account/deletion-code',
    access: 'signedIn',
    summary: 'Send the code that confirms a deletion',
    body: z.strictObject({ client: clientSize }),
    success: codeSent,
  }),
  remove: route({
    method: 'POST',
    path: '/account/delete',
    access: 'signedIn',
    summary: 'Delete the own account; every session of it is signed out at once',
    body: z.strictObject({ code: oneTimeCode, client: clientSize }),
    success: { status: 204, body: null },
  }),
};
