import { z } from 'zod';
import { identityUse, providerId, providerName } from '../identity/provider.ts';
import { linkedIdentityId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { route } from './route.ts';
import { session } from './sessions.ts';

/** An OpenID Connect provider, as people meet it. */
export const identityProvider = z.object({ id: providerId, name: providerName, uses: z.array(identityUse) });
export type IdentityProviderWords = z.infer<typeof identityProvider>;

/** Somebody's identity at a provider, linked to an account. */
export const linkedIdentity = z.object({
  id: linkedIdentityId,
  /** Null when the installation no longer has the provider: then the identity is good for nothing but to be unlinked. */
  provider: identityProvider.nullable(),
  issuer: z.string(),
  /** How the provider shows the person: an e-mail address, a name. */
  label: z.string(),
  linkedAt: instant,
});
export type LinkedIdentity = z.infer<typeof linkedIdentity>;

/** Where the browser goes now: a page of the provider. */
const begun = { status: 200, body: z.object({ url: z.url() }) } as const;
/** The password proves that whoever sits before an open session is its owner. */
const password = z.string().min(1).max(256);

/** The redirect URI of every provider: a page of the console, below the public address. */
export const identityAnswerPath = '/identity';

export const identityRoutes = {
  listProviders: route({
    method: 'GET',
    path: '/identity-providers',
    access: 'public',
    summary: 'OpenID Connect providers of this installation; none for most',
    success: { status: 200, body: z.object({ items: z.array(identityProvider) }) },
  }),
  beginSignIn: route({
    method: 'POST',
    path: '/session/identity',
    access: 'public',
    summary: 'Begin to sign in with an identity: the address of the provider’s page, for this browser, for 10 minutes',
    body: z.strictObject({ providerId }),
    success: begun,
  }),
  finish: route({
    method: 'POST',
    path: '/identity-answer',
    access: 'public',
    summary: 'Finish what this browser began, with the query that the provider sent it back with',
    body: z.strictObject({ answer: z.string().max(4096) }),
    success: {
      status: 200,
      body: z.discriminatedUnion('did', [
        z.object({ did: z.literal('signIn'), session }),
        z.object({ did: z.literal('link'), identity: linkedIdentity }),
      ]),
    },
  }),
  list: route({
    method: 'GET',
    path: '/account/identities',
    access: 'signedIn',
    summary: 'Identities that are linked to the own account',
    success: { status: 200, body: z.object({ items: z.array(linkedIdentity) }) },
  }),
  beginLink: route({
    method: 'POST',
    path: '/account/identities',
    access: 'signedIn',
    summary: 'Begin to link an identity to the own account: the address of the provider’s page, for this browser',
    body: z.strictObject({ providerId, password }),
    success: begun,
  }),
  unlink: route({
    method: 'POST',
    path: '/account/identities/:identityId/unlink',
    access: 'signedIn',
    summary: 'Unlink an identity from the own account',
    params: z.strictObject({ identityId: linkedIdentityId }),
    body: z.strictObject({ password }),
    success: { status: 204, body: null },
  }),
};
