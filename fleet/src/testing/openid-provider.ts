import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeJwt, type JWTPayload, SignJWT } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** How the provider can be told to lie or to fail. */
export type Misbehaviour =
  /** Says something else, with its true signature. */
  | { claims: JWTPayload }
  /** Says something else, and the signature is that of what it said at first. */
  | { tampered: JWTPayload }
  /** Hears requests and never answers. */
  | 'silent';

/**
 * A real OpenID provider (oidc-provider) on a free port of this machine, with one client. It believes whoever names an
 * account on its sign-in page.
 */
export type TestProvider = AsyncDisposable & {
  issuer: string;
  /** Makes it accept this redirect URI; nothing works before. */
  register(redirectUri: string): void;
  /** A configuration file of the fleet that lists it, and what else is given. */
  writeConfig(folder: string, more?: readonly Record<string, unknown>[]): Promise<string>;
  /** Goes to the address like a browser, signs in there, and gives the query that it was sent back with. */
  signIn(url: string, login: string): Promise<string>;
  /** The same, and declines. */
  decline(url: string): Promise<string>;
  misbehave(how: Misbehaviour | null): void;
};

type Context = Parameters<Parameters<Provider['use']>[0]>[0];

const clientSecret = 'a secret of the campus client';

export async function startOpenIdProvider(): Promise<TestProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the provider has no TCP port');
  const issuer = `http://127.0.0.1:${address.port}`;
  let misbehaviour: Misbehaviour | null = null;
  let redirectUri = '';

  /** The ID token as the provider was told to write it. */
  async function rewrite(idToken: string, how: Exclude<Misbehaviour, 'silent'>): Promise<string> {
    if ('tampered' in how) {
      const [header, , signature] = idToken.split('.');
      const payload = Buffer.from(JSON.stringify({ ...decodeJwt(idToken), ...how.tampered })).toString('base64url');
      return `${header}.${payload}.${signature}`;
    }
    const payload = { ...decodeJwt(idToken), ...how.claims };
    return await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'campus' }).sign(privateKey);
  }

  async function answer(provider: Provider, ctx: Context, next: () => Promise<void>): Promise<void> {
    if (misbehaviour === 'silent') {
      ctx.respond = false;
      return;
    }
    if (ctx.path.startsWith('/interaction/')) return await showSignIn(provider, ctx);
    await next();
    if (ctx.path !== '/token' || misbehaviour === null || ctx.status !== 200) return;
    // The token endpoint's own answer, as oidc-provider composed it.
    const body = ctx.body as { id_token: string };
    ctx.body = { ...body, id_token: await rewrite(body.id_token, misbehaviour) };
  }

  async function visit(url: string, form: Record<string, string>): Promise<string> {
    const cookies = new Map<string, string>();
    let next = { url, body: null as URLSearchParams | null };
    for (let steps = 0; steps < 10; steps++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next.url, {
        ...{ redirect: 'manual', headers: { cookie } },
        ...(next.body ? { method: 'POST', body: next.body } : {}),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null && response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      const target = new URL(location ?? next.url, next.url);
      if (location !== null && `${target.origin}${target.pathname}` === redirectUri) return target.search.slice(1);
      next = { url: target.href, body: location === null ? new URLSearchParams(form) : null };
    }
    throw new Error('the provider sends its visitor in a circle');
  }

  return {
    issuer,
    register(uri) {
      redirectUri = uri;
      const provider = new Provider(issuer, configurationOf(uri, privateKey.export({ format: 'jwk' })));
      provider.use((ctx, next) => answer(provider, ctx, next));
      server.removeAllListeners('request').on('request', provider.callback());
    },
    async writeConfig(folder, more = []) {
      await writeFile(join(folder, 'campus-secret'), `${clientSecret}\n`);
      const file = join(folder, 'identity-providers.yaml');
      const campus = {
        ...{ id: 'campus', name: { en: 'Campus account', 'zh-CN': '校园账号' }, issuer },
        ...{ clientId: 'anteroom', clientSecretFile: 'campus-secret' },
      };
      // JSON is YAML.
      await writeFile(file, JSON.stringify({ providers: [campus, ...more] }));
      return file;
    },
    signIn: (url, login) => visit(url, { login }),
    decline: (url) => visit(url, { decline: 'yes' }),
    misbehave(how) {
      misbehaviour = how;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configurationOf(redirectUri: string, key: object): Configuration {
  return {
    clients: [{ client_id: 'anteroom', client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [{ ...key, kid: 'campus', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a key of the test'] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: { Session: 3600, Grant: 3600, Interaction: 3600, AccessToken: 600, IdToken: 600, AuthorizationCode: 600 },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@campus.test` }) }),
    // Whoever signs in there agrees to what the client asks for.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session?.accountId ?? '',
        clientId: oidc.client?.clientId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  };
}

const page = `<!doctype html><html lang="en"><title>Campus</title><h1>Campus sign-in</h1>
<form method="post"><label>Account <input name="login" autofocus></label>
<button>Go on</button><button name="decline" value="yes">Decline</button></form>`;

async function showSignIn(provider: Provider, ctx: Context): Promise<void> {
  if (ctx.method !== 'POST') {
    ctx.type = 'html';
    ctx.body = page;
    return;
  }
  const form = new URLSearchParams(await text(ctx.req));
  const result = form.has('decline')
    ? { error: 'access_denied', error_description: 'the person declined' }
    : { login: { accountId: form.get('login') ?? '' } };
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
}
