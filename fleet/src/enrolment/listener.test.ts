import { randomBytes, verify, X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { signedTimeResponse, signedTimeText } from '@anteroom/shared/protocol/time.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { SignallingPeer, SignallingService } from '../signalling/ports.ts';
import { createHttpsClient } from '../testing/https-call.ts';
import { createTerminalKey } from '../testing/terminal-key.ts';
import {
  codeOf,
  type Organization,
  type PairedTerminal,
  startTestFleet,
  type TestFleet,
} from '../testing/test-fleet.ts';
import { createTerminalListener, type TerminalListener } from './listener.ts';
import { createRegistry, type WatchedRegistry } from './registry.ts';
import { readCertificateRequest } from './x509.ts';

/** The doors of terminals with real TLS; signalling is replaced by a service that keeps whom it was handed. */
let test: TestFleet;
let org: Organization;
let registry: WatchedRegistry;
let listener: TerminalListener;
let url: string;
const accepted: { socket: WebSocket; peer: SignallingPeer }[] = [];

const signalling: SignallingService = {
  accept: (socket, peer) => void accepted.push({ socket, peer }),
  disconnectTerminal(revoked) {
    for (const { socket, peer } of accepted)
      if (peer.kind === 'terminal' && peer.certificateThumbprint === revoked) socket.close(4000, 'revoked');
  },
  view: () => null,
  waiting: () => [],
  watch: () => () => {},
  control: () => Promise.resolve(null),
  changeMeeting() {},
  endMeeting() {},
  removeParticipant() {},
  liveMeetings: () => [],
  counters: () => ({ connections: 0, joins: 0, refusedJoins: 0, faultyFrames: {} }),
  close: () => Promise.resolve(),
};

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
  const clock = createSystemClock();
  const log = pino({ level: 'silent' });
  const { authority, db, services } = test.fleet;
  registry = createRegistry({ db, clock, log });
  listener = createTerminalListener({
    ...{ authority, registry, clock, log, pairings: services.pairings },
    signalling: () => signalling,
    publicUrl: () => 'http://127.0.0.1',
    mqttUrl: () => 'mqtts://127.0.0.1:8883',
  });
  const { port } = await listener.listen({ host: '127.0.0.1', port: 0 });
  url = `https://127.0.0.1:${port}`;
});
afterAll(async () => {
  await listener[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

const identityOf = ({ key, certificate }: PairedTerminal) => ({ keyPem: key.keyPem, certificate });
const ca = () => test.fleet.authority.caPem;

function openSocket(identity?: { keyPem: string; certificate: string }, path = '/signal'): Promise<WebSocket> {
  const keys = identity ? { key: identity.keyPem, cert: identity.certificate } : {};
  const socket = new WebSocket(`${url.replace('https', 'wss')}${path}`, { ca: ca(), ...keys });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

describe('an address for terminals', () => {
  it('answers a terminal with a good certificate', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'Good' });
    using client = createHttpsClient({ url, ca: ca(), identity: identityOf(terminal) });
    expect((await client.call('GET', '/terminal/v1/identity')).body).toMatchObject({ terminalId: terminal.id });
    // A resumed TLS session proves the certificate as well.
    using again = createHttpsClient({ url, ca: ca(), identity: identityOf(terminal) });
    expect((await again.call('GET', '/terminal/v1/identity')).status).toBe(200);
  });

  it.each(['/terminal/v1/identity', '/terminal/v1/anything', '/terminal/'])(
    'wants a certificate at %s',
    async (path) => {
      using client = createHttpsClient({ url, ca: ca() });
      expect(codeOf(await client.call('GET', path))).toBe('certificate_required');
    },
  );

  it('refuses a certificate that another CA signed', async () => {
    await using elsewhere = await startTestFleet();
    const theirs = await elsewhere.createOrganization('Theirs');
    const terminal = await elsewhere.pairTerminal(theirs.administrator, { name: 'Elsewhere' });
    using client = createHttpsClient({ url, ca: ca(), identity: identityOf(terminal) });
    expect(codeOf(await client.call('GET', '/terminal/v1/identity'))).toBe('certificate_required');
    await expect(openSocket(identityOf(terminal))).rejects.toThrow('401');
  });

  it('refuses a certificate that our CA signed and the registry does not know', async () => {
    const key = await createTerminalKey();
    const request = await readCertificateRequest(await key.createCsr());
    if (!request.ok) throw new Error(request.fault);
    const issued = await test.fleet.authority.issueTerminalCertificate({
      terminalId: `term_${'0'.repeat(32)}`,
      publicKey: request.publicKey,
    });
    using client = createHttpsClient({ url, ca: ca(), identity: { keyPem: key.keyPem, certificate: issued.chainPem } });
    expect(codeOf(await client.call('GET', '/terminal/v1/identity'))).toBe('certificate_required');
  });

  it('answers any other address with problem details', async () => {
    using client = createHttpsClient({ url, ca: ca() });
    expect(codeOf(await client.call('GET', '/api/v1/terminals'))).toBe('route_not_found');
  });
});

describe('what time it is', () => {
  const ask = async (body: unknown) => {
    using client = createHttpsClient({ url, ca: ca() });
    return await client.call('POST', '/enrol/v1/time', body);
  };

  it('is said under the signature of the CA, over the nonce of the one who asks', async () => {
    const nonce = randomBytes(24).toString('base64url');
    const { serverTime, signature } = signedTimeResponse.parse((await ask({ nonce })).body);
    expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(2_000);
    const key = { key: new X509Certificate(ca()).publicKey, dsaEncoding: 'ieee-p1363' } as const;
    const isSigned = (text: string) => verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
    expect(isSigned(signedTimeText({ nonce, serverTime }))).toBe(true);
    expect(isSigned(signedTimeText({ nonce: `${nonce.slice(1)}A`, serverTime }))).toBe(false);
  });

  it.each([{}, { nonce: '' }, { nonce: 'A'.repeat(44) }, { nonce: 'not base64url at all!!' }, { nonce: 7 }])(
    'is not said to %j',
    async (body) => expect(codeOf(await ask(body))).toBe('request_invalid'),
  );
});

describe('signalling of terminals', () => {
  it('is handed the terminal that the certificate names', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'Caller' });
    const socket = await openSocket(identityOf(terminal));
    expect(accepted.at(-1)?.peer).toMatchObject({ kind: 'terminal', terminalId: terminal.id });
    socket.terminate();
  });

  it('refuses whoever has no certificate, and other addresses', async () => {
    await expect(openSocket()).rejects.toThrow('401');
    await expect(openSocket(undefined, '/elsewhere')).rejects.toThrow('404');
  });
});

describe('revocation', () => {
  it('ends open HTTPS connections and signalling at once and lets nothing in again', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'Stolen' });
    const socket = await openSocket(identityOf(terminal));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const idle = connect({
      ...{ host: '127.0.0.1', port: Number(new URL(url).port), ca: ca() },
      ...{ key: terminal.key.keyPem, cert: terminal.certificate },
    });
    await new Promise((resolve) => idle.once('secureConnect', resolve));
    idle.on('error', () => {});
    const ended = new Promise((resolve) => idle.once('close', resolve));
    idle.write('GET /terminal/v1/identity HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => idle.once('data', resolve));

    await test.expectOk(org.administrator, 'POST', `/terminals/${terminal.id}/revoke`);
    await registry.poke();
    expect(await closed).toBe(4000);
    await ended;

    using client = createHttpsClient({ url, ca: ca(), identity: identityOf(terminal) });
    expect(codeOf(await client.call('GET', '/terminal/v1/identity'))).toBe('certificate_revoked');
    await expect(openSocket(identityOf(terminal))).rejects.toThrow('403');
  });

  it('is seen although another process made it', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'Elsewhere revoked' });
    const socket = await openSocket(identityOf(terminal));
    const onClose = vi.fn();
    socket.once('close', onClose);
    await test.fleet.db
      .updateTable('certificates')
      .set({ revokedAt: new Date().toISOString() })
      .where('pem', '=', terminal.certificate)
      .execute();
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled(), { timeout: 3_000 });
  });
});
