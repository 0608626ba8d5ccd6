import { createHash } from 'node:crypto';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Configuration } from 'openid-client';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { IdentityProvider } from '../../identity-providers.ts';

/**
 * One OpenID Connect provider, spoken to by the authorization code flow with PKCE. What it says is checked by
 * openid-client: issuer, audience, signature, times, nonce. Whose browser comes back is not known here.
 */
export interface Issuer {
  readonly provider: IdentityProvider;
  /** The provider's page where the person says who they are. */
  addressFor(flow: Flow & { redirectUri: string; language: Language }): Promise<URL>;
  /** Who it is, by the address that the provider sent the browser back to. */
  identify(answer: URL, flow: Flow, language: Language): Promise<ExternalIdentity>;
}

export type Flow = { state: string; nonce: string; codeVerifier: string };
export type ExternalIdentity = { subject: string; label: string };

/** A provider that takes longer is said to be out of reach. */
export const answerWithinMs = 10_000;
/** Providers change their addresses and keys rarely, and announce it. */
const metadataLifeMs = 60 * 60_000;
const labelLength = 120;

export function createIssuer(
  provider: IdentityProvider,
  deps: { clock: Clock; log: Logger; answerWithinMs: number },
): Issuer {
  const { clock, log } = deps;
  let known: { configuration: Promise<Configuration>; atMs: number } | null = null;

  /** Asked for when somebody first wants it: a fleet starts without its providers, and their library is loaded then, too. */
  function configuration(): Promise<Configuration> {
    if (known && clock.monotonicMs() - known.atMs < metadataLifeMs) return known.configuration;
    const asking = { configuration: discover(provider, deps.answerWithinMs), atMs: clock.monotonicMs() };
    known = asking;
    // Whoever waits for it gets the error; the next one asks again.
    asking.configuration.catch(() => {
      if (known === asking) known = null;
    });
    return asking.configuration;
  }

  function problemOf(error: unknown, language: Language): ProblemError {
    const fault = readFault(error);
    const values = { provider: provider.name[language] };
    if (fault.error === 'access_denied') return new ProblemError('identity_denied', values, { cause: error });
    // Neither tokens nor what they say of a person: the causes of these errors hold both.
    log.warn({ provider: provider.id, ...fault }, 'identity provider failed');
    return new ProblemError(fault.isOutOfReach ? 'identity_provider_failed' : 'identity_answer_invalid', values, {
      cause: error,
    });
  }

  return {
    provider,
    async addressFor({ redirectUri, language, state, nonce, codeVerifier }) {
      try {
        const [{ buildAuthorizationUrl }, configured] = await Promise.all([import('openid-client'), configuration()]);
        return buildAuthorizationUrl(configured, {
          ...{ redirect_uri: redirectUri, scope: 'openid profile email', state, nonce },
          ...{ code_challenge: challengeOf(codeVerifier), code_challenge_method: 'S256', ui_locales: language },
        });
      } catch (error) {
        throw problemOf(error, language);
      }
    },
    async identify(answer, { state, nonce, codeVerifier }, language) {
      try {
        const [{ authorizationCodeGrant, fetchUserInfo }, configured] = await Promise.all([
          import('openid-client'),
          configuration(),
        ]);
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
        const tokens = await authorizationCodeGrant(configured, answer, checks);
        const claims = tokens.claims();
        if (!claims) throw new Error('an answer without an ID token');
        const label = labelOf(claims);
        if (label !== null || configured.serverMetadata().userinfo_endpoint === undefined)
          return { subject: claims.sub, label: label ?? claims.sub };
        // OpenID Connect Core 1.0, section 5.4: with a code, the claims of a scope are there and not in the ID token.
        const more = await fetchUserInfo(configured, tokens.access_token, claims.sub);
        return { subject: claims.sub, label: labelOf(more) ?? claims.sub };
      } catch (error) {
        throw problemOf(error, language);
      }
    },
  };
}

async function discover(provider: IdentityProvider, withinMs: number): Promise<Configuration> {
  const client = await import('openid-client');
  const secret = provider.clientSecret.reveal();
  const authentication =
    provider.clientAuthentication === 'client_secret_post'
      ? client.ClientSecretPost(secret)
      : client.ClientSecretBasic(secret);
  const issuer = new URL(provider.issuer);
  return await client.discovery(issuer, provider.clientId, undefined, authentication, {
    execute: [
      // The ID token's signature is checked though it comes by TLS: a proxy of the house may stand in between.
      client.enableNonRepudiationChecks,
      // The configuration takes http: for an address of this machine only.
      ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
    timeout: withinMs / 1000,
  });
}

/** RFC 7636, section 4.2. */
function challengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}

const claimedNames = z.object({
  email: z.string().min(1).optional().catch(undefined),
  preferred_username: z.string().min(1).optional().catch(undefined),
  name: z.string().min(1).optional().catch(undefined),
});

/** What tells a person's identities apart at a glance; the subject is rarely meant for people. */
function labelOf(claims: unknown): string | null {
  const { email, preferred_username: userName, name } = claimedNames.parse(claims);
  return (email ?? userName ?? name)?.slice(0, labelLength) ?? null;
}

const faultFields = z.object({
  name: z.string(),
  code: z.string().optional().catch(undefined),
  /** Of an OAuth 2.0 error response. */
  error: z.string().optional().catch(undefined),
  status: z.number().optional().catch(undefined),
});

const outOfReachCodes = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

function readFault(error: unknown) {
  const fault = faultFields.parse(error);
  // fetch throws a TypeError where no connection comes about; openid-client passes it on.
  const isFetch = error instanceof TypeError && fault.code === undefined;
  return { ...fault, isOutOfReach: isFetch || outOfReachCodes.has(fault.code ?? '') || fault.error === 'server_error' };
}
