import { createHash } from 'node:crypto';
import { escaped } from './soap.ts';

/** The two ways to say who asks (ONVIF Core Specification, "Authentication"): in the message, or in HTTP. */
export type OnvifAccess = { user: string; password: string } | null;

const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';

export const passwordDigest = (nonce: Uint8Array, created: string, password: string): string =>
  createHash('sha1').update(nonce).update(created).update(password).digest('base64');

/** WS-Security's UsernameToken. `createdAt` by the device's clock: it refuses what is some seconds old. */
export function usernameToken({
  user,
  password,
  nonce,
  createdAt,
}: {
  user: string;
  password: string;
  nonce: Uint8Array;
  createdAt: Date;
}): string {
  const created = createdAt.toISOString();
  const names = `xmlns:e="${wsse}-wssecurity-secext-1.0.xsd" xmlns:u="${wsse}-wssecurity-utility-1.0.xsd"`;
  return (
    `<e:Security s:mustUnderstand="1" ${names}><e:UsernameToken><e:Username>${escaped(user)}</e:Username>` +
    `<e:Password Type="${wsse}-username-token-profile-1.0#PasswordDigest">` +
    `${passwordDigest(nonce, created, password)}</e:Password>` +
    `<e:Nonce EncodingType="${wsse}-soap-message-security-1.0#Base64Binary">` +
    `${Buffer.from(nonce).toString('base64')}</e:Nonce>` +
    `<u:Created>${created}</u:Created></e:UsernameToken></e:Security>`
  );
}

/** What a device asks for in `WWW-Authenticate` (RFC 7616). */
export type DigestChallenge = {
  realm: string;
  nonce: string;
  opaque: string | null;
  algorithm: 'MD5' | 'SHA-256';
  hasQop: boolean;
};

/** The first challenge that we can answer; null when there is none. */
export function parseChallenge(header: string | undefined): DigestChallenge | null {
  const challenges = (header ?? '').split(/(?=\bDigest\s)/i).filter((each) => /^Digest\s/i.test(each));
  return challenges.map(challengeIn).find((each) => each !== null) ?? null;
}

function challengeIn(text: string): DigestChallenge | null {
  const fields = fieldsOf(text);
  const { realm, nonce, opaque, qop, algorithm = 'MD5' } = fields;
  const known = (['MD5', 'SHA-256'] as const).find((each) => each === algorithm.toUpperCase());
  if (realm === undefined || nonce === undefined || !known) return null;
  const offered = qop?.split(',').map((each) => each.trim());
  if (offered && !offered.includes('auth')) return null;
  return { ...{ realm, nonce, opaque: opaque ?? null, algorithm: known }, hasQop: offered !== undefined };
}

/** `name="value"` and `name=value`, as in a challenge and in what answers it. */
export function fieldsOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/(?<name>\w+)=(?:"(?<quoted>[^"]*)"|(?<bare>[^\s,]+))/g);
  return Object.fromEntries(
    [...pairs].map(({ groups }) => [groups?.name?.toLowerCase() ?? '', groups?.quoted ?? groups?.bare ?? '']),
  );
}

export type DigestUse = {
  access: { user: string; password: string };
  path: string;
  /** How often this challenge was answered, this time included. */
  count: number;
  clientNonce: string;
};

const digestOf = (algorithm: DigestChallenge['algorithm'], ...parts: string[]): string =>
  createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(parts.join(':'))
    .digest('hex');

const countText = (count: number): string => count.toString(16).padStart(8, '0');

/** RFC 7616, 3.4.1: what proves the password to this challenge, for a POST. */
export function digestResponse(challenge: DigestChallenge, { access, path, count, clientNonce }: DigestUse): string {
  const { realm, nonce, algorithm, hasQop } = challenge;
  const secret = digestOf(algorithm, access.user, realm, access.password);
  const asked = digestOf(algorithm, 'POST', path);
  const between = hasQop ? [nonce, countText(count), clientNonce, 'auth'] : [nonce];
  return digestOf(algorithm, secret, ...between, asked);
}

/** The header `Authorization`. */
export function digestAuthorization(challenge: DigestChallenge, use: DigestUse): string {
  const { realm, nonce, opaque, algorithm, hasQop } = challenge;
  const fields = [
    ...[
      `username="${use.access.user.replace(/["\\]/g, '\\$&')}"`,
      `realm="${realm}"`,
      `nonce="${nonce}"`,
      `uri="${use.path}"`,
    ],
    ...[`algorithm=${algorithm}`, `response="${digestResponse(challenge, use)}"`],
    ...(hasQop ? ['qop=auth', `nc=${countText(use.count)}`, `cnonce="${use.clientNonce}"`] : []),
    ...(opaque === null ? [] : [`opaque="${opaque}"`]),
  ];
  return `Digest ${fields.join(', ')}`;
}
