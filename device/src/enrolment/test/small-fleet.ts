import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { toProblem } from '@anteroom/shared/errors/problem.ts';
import { keyPhraseOf } from '@anteroom/shared/identity/key-phrase.ts';
import { newId, type PairingId, type TerminalId } from '@anteroom/shared/ids.ts';
import { type StartPairingResponse, startPairingRequest } from '@anteroom/shared/protocol/enrolment.ts';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * For tests of the terminal's side of enrolment: a TLS server with a CA of its own that speaks /enrol/v1 and can be told
 * to misbehave. It keeps everything in memory and checks nothing that a test does not ask for.
 */
export interface SmallFleet extends AsyncDisposable {
  url: URL;
  caPem: string;
  /** Claims the terminal behind a code, as an administrator does. */
  claim(code: string): TerminalId;
  pairings(): readonly { code: string; serial: string }[];
  /** How long codes and certificates last from now on. */
  codeLifeMs: number;
  certificateLifeMs: number;
  /** Every answer is this problem, until it is null again. */
  problem: ErrorCode | null;
  /** Answers with the key phrase of another key. */
  isPhraseWrong: boolean;
  /** Signs another key than the one asked for. */
  isKeyWrong: boolean;
  renewals: number;
}

type Pairing = {
  id: PairingId;
  code: string;
  csr: string;
  serial: string;
  expiresAtMs: number;
  terminalId: TerminalId | null;
};

export async function startSmallFleet(): Promise<SmallFleet> {
  x509.cryptoProvider.set(webcrypto);
  const caKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: 'CN=Small fleet', keys: caKeys, signingAlgorithm: algorithm },
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const serverKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const serverCertificate = await sign('CN=Small fleet server', serverKeys.publicKey, 3_600_000, [
    new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
  ]);
  const serverKey = await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey);
  const pairings: Pairing[] = [];

  function sign(subject: string, publicKey: x509.PublicKeyType, lifeMs: number, extensions: x509.Extension[] = []) {
    return x509.X509CertificateGenerator.create({
      ...{ subject, issuer: ca.subject, publicKey, signingKey: caKeys.privateKey, signingAlgorithm: algorithm },
      ...{ notBefore: new Date(Date.now() - 1000), notAfter: new Date(Date.now() + lifeMs), extensions },
    });
  }

  async function certify(csr: string, terminalId: TerminalId): Promise<string> {
    const request = new x509.Pkcs10CertificateRequest(csr);
    const publicKey = fleet.isKeyWrong ? caKeys.publicKey : request.publicKey;
    return (await sign(`CN=${terminalId}`, publicKey, fleet.certificateLifeMs)).toString('pem');
  }

  async function start(body: unknown): Promise<StartPairingResponse> {
    const { csr, serial } = startPairingRequest.parse(body);
    const request = new x509.Pkcs10CertificateRequest(csr);
    if (!(await request.verify())) throw new Error('the request does not verify');
    const digest = createHash('sha256').update(new Uint8Array(request.publicKey.rawData)).digest();
    const code = `ABCD-${String(pairings.length + 3).padStart(4, 'E')}`;
    const pairing = {
      id: newId('pairing'),
      code,
      csr,
      serial,
      expiresAtMs: Date.now() + fleet.codeLifeMs,
      terminalId: null,
    };
    pairings.push(pairing);
    return {
      ...{ pairingId: pairing.id, code, keyPhrase: fleet.isPhraseWrong ? 'other thing' : keyPhraseOf(digest) },
      ...{ expiresAt: new Date(pairing.expiresAtMs).toISOString(), pollAfterMs: 100 },
      claimUrl: `https://console.example/claim?code=${code}`,
    };
  }

  async function status(id: string) {
    const pairing = pairings.find((known) => known.id === id);
    if (!pairing) return null;
    if (pairing.terminalId) {
      const certificate = await certify(pairing.csr, pairing.terminalId);
      return { status: 'claimed', terminalId: pairing.terminalId, certificate, mqttUrl: 'mqtts://127.0.0.1:8883' };
    }
    if (Date.now() > pairing.expiresAtMs) return { status: 'expired' };
    return { status: 'waiting', expiresAt: new Date(pairing.expiresAtMs).toISOString() };
  }

  async function renew(body: unknown) {
    // The test's own agent sent it: the shape is checked where it matters, in the fleet.
    const { certificate, csr } = body as { certificate: string; csr: string };
    const id = new x509.X509Certificate(certificate).subjectName.getField('CN')[0];
    fleet.renewals += 1;
    return { certificate: await certify(csr, `term_${id?.slice(5)}`), mqttUrl: 'mqtts://127.0.0.1:8884' };
  }

  const server: Server = createServer(
    { cert: serverCertificate.toString('pem'), key: x509.PemConverter.encode(serverKey, 'PRIVATE KEY') },
    async (request, response) => {
      const body = request.method === 'POST' ? JSON.parse(await text(request)) : null;
      const answer = (status: number, content: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      if (fleet.problem) return answer(toProblem(fleet.problem, 'en').status, toProblem(fleet.problem, 'en'));
      if (request.url === '/enrol/v1/pairings') return answer(201, await start(body));
      if (request.url === '/enrol/v1/renewals') return answer(200, await renew(body));
      const found = await status(request.url?.split('/').at(-1) ?? '');
      return found ? answer(200, found) : answer(404, toProblem('pairing_unknown', 'en'));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;

  const fleet: SmallFleet = {
    url: new URL(`https://127.0.0.1:${port}`),
    caPem: ca.toString('pem'),
    claim(code) {
      const pairing = pairings.find((known) => known.code === code);
      if (!pairing) throw new Error(`no terminal shows ${code}`);
      pairing.terminalId = newId('terminal');
      return pairing.terminalId;
    },
    pairings: () => pairings,
    ...{ codeLifeMs: 600_000, certificateLifeMs: 3_600_000, problem: null, isPhraseWrong: false, isKeyWrong: false },
    renewals: 0,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fleet;
}
