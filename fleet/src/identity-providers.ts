import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type IdentityUse,
  identityUse,
  identityUses,
  providerId,
  providerName,
} from '@anteroom/shared/identity/provider.ts';
import type { LocalizedText } from '@anteroom/shared/text.ts';
import { parse } from 'yaml';
import { z } from 'zod';
import { Secret } from './config-secret.ts';

/** One OpenID Connect provider of this installation. */
export type IdentityProvider = {
  id: string;
  name: LocalizedText;
  /** Issuer Identifier, exactly as the provider writes it. */
  issuer: string;
  clientId: string;
  clientSecret: Secret;
  /** How the secret is sent to the token endpoint. */
  clientAuthentication: 'client_secret_basic' | 'client_secret_post';
  uses: readonly IdentityUse[];
};

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Without TLS nothing proves who answers; on this machine itself nobody is in between. */
function isTrustworthy(text: string): boolean {
  const { protocol, hostname, search, hash } = new URL(text);
  return search === '' && hash === '' && (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname)));
}

const providersFile = z.strictObject({
  providers: z
    .array(
      z.strictObject({
        id: providerId,
        name: providerName,
        issuer: z.url({ protocol: /^https?$/ }).refine(isTrustworthy, 'expected an https:// address without query'),
        clientId: z.string().min(1).max(255),
        /** Of the file that holds the secret, from the folder of this one; without it, it is in the environment. */
        clientSecretFile: z.string().min(1).optional(),
        /** OpenID Connect Core 1.0, section 9: the first is what a client is registered with unless it says otherwise. */
        clientAuthentication: z.enum(['client_secret_basic', 'client_secret_post']).default('client_secret_basic'),
        uses: z
          .array(identityUse)
          .min(1)
          .default([...identityUses]),
      }),
    )
    .min(1)
    .refine(isEachOnce('id'), 'each id stands once')
    .refine(isEachOnce('issuer'), 'each issuer stands once'),
});

function isEachOnce<K extends string>(key: K) {
  return (items: readonly Record<K, string>[]) => new Set(items.map((item) => item[key])).size === items.length;
}

/** Where the secret of a provider is, unless the file names another file. */
export function secretVariableOf(id: string): string {
  return `ANTEROOM_IDENTITY_SECRET_${id.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The providers that a YAML file lists. Throws with words for whoever wrote the file, which never repeat a secret.
 */
export function readIdentityProviders(
  file: string,
  environment: Record<string, string | undefined>,
): readonly IdentityProvider[] {
  const parsed = providersFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return parsed.data.providers.map(({ clientSecretFile, ...provider }) => {
    const secret =
      clientSecretFile === undefined
        ? environment[secretVariableOf(provider.id)]
        : readFileSync(resolve(dirname(file), clientSecretFile), 'utf8').trim();
    if (!secret)
      throw new Error(
        `${file}: the client secret of ${provider.id} is missing; name a clientSecretFile, or set ${secretVariableOf(provider.id)}`,
      );
    return { ...provider, clientSecret: new Secret(secret) };
  });
}
