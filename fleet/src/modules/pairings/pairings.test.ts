import 'reflect-metadata';
import { keyPhraseOfKey } from '@anteroom/shared/identity/key-phrase.ts';
import { pairingCode, pairingStatusResponse, renewResponse } from '@anteroom/shared/protocol/enrolment.ts';
import { X509Certificate } from '@peculiar/x509';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTerminalKey } from '../../testing/terminal-key.ts';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

let test: TestFleet;
let org: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

async function countRows(table: 'pairings' | 'terminals' | 'certificates'): Promise<number> {
  return (await test.fleet.db.selectFrom(table).selectAll().execute()).length;
}

/** Only the wall clock: nothing that waits is woken. */
function moveClock(byMs: number): void {
  test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));
}

function claim(code: string, name = 'Boardroom terminal') {
  return test.call(org.administrator, 'POST', '/terminals', { body: { code, name, spaceId: null, roomId: null } });
}

function status(pairingId: string) {
  return test.enrolment.call('GET', `/enrol/v1/pairings/${pairingId}`);
}

describe('a pairing code', () => {
  it('is eight characters without look-alikes, with the key phrase that the terminal computes itself', async () => {
    const { code, keyPhrase, key } = await test.startPairing();
    expect(code).toMatch(/^.{4}-.{4}$/);
    expect(pairingCode.parse(code)).toHaveLength(8);
    expect(keyPhrase).toBe(await keyPhraseOfKey(key.spki));
  });

  it('shows the administrator what waits behind it, however it is typed', async () => {
    const { code, keyPhrase } = await test.startPairing();
    const typed = code.toLowerCase().replace('-', ' ');
    const offer = await test.expectOk(org.administrator, 'POST', '/pairings/lookup', { code: typed });
    expect(offer).toMatchObject({ serial: 'SN-1', profile: 'simulated', keyPhrase });
  });

  it('gives the terminal a certificate for its own key once it is claimed', async () => {
    const { code, pairingId, key } = await test.startPairing();
    expect((await status(pairingId)).body).toMatchObject({ status: 'waiting' });
    const claimed = await claim(code);
    const answer = pairingStatusResponse.parse((await status(pairingId)).body);
    if (answer.status !== 'claimed') throw new Error(answer.status);
    expect(claimed.body).toMatchObject({ id: answer.terminalId, stage: 'claimed' });
    const certificate = new X509Certificate(answer.certificate.split(/(?<=-----END CERTIFICATE-----)/)[0] ?? '');
    expect(certificate.subject).toBe(`CN=${answer.terminalId}`);
    expect(new Uint8Array(certificate.publicKey.rawData)).toEqual(key.spki);
    expect(certificate.notAfter.getTime() - test.clock.now().getTime()).toBeLessThanOrEqual(45 * dayMs);
  });

  it('is used once', async () => {
    const { code } = await test.startPairing();
    expect((await claim(code)).status).toBe(201);
    expect(codeOf(await claim(code, 'Another name'))).toBe('pairing_code_used');
    expect(await countRows('terminals')).toBe(1);
  });

  it('is used once, also by two administrators at the same moment', async () => {
    const { code } = await test.startPairing();
    const answers = await Promise.all([claim(code, 'First'), claim(code, 'Second')]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect([await countRows('terminals'), await countRows('certificates')]).toEqual([1, 1]);
  });

  it('ends after ten minutes', async () => {
    const { code, pairingId } = await test.startPairing();
    moveClock(10 * minuteMs - 1000);
    expect((await status(pairingId)).body).toMatchObject({ status: 'waiting' });
    moveClock(1000);
    expect((await status(pairingId)).body).toEqual({ status: 'expired' });
    expect(codeOf(await claim(code))).toBe('pairing_code_unknown');
    expect(codeOf(await test.call(org.administrator, 'POST', '/pairings/lookup', { body: { code } }))).toBe(
      'pairing_code_unknown',
    );
    expect(await countRows('terminals')).toBe(0);
  });

  it('is void once the same key asked for another', async () => {
    const first = await test.startPairing();
    const second = await test.startPairing(first.key);
    expect(codeOf(await claim(first.code))).toBe('pairing_code_unknown');
    expect((await claim(second.code)).status).toBe(201);
  });

  it('is not found by trying: ten wrong codes, then a wait', async () => {
    const { code } = await test.startPairing();
    const tryCode = (typed: string) =>
      test.call(org.administrator, 'POST', '/pairings/lookup', { body: { code: typed } });
    for (let i = 0; i < 10; i++) expect(codeOf(await tryCode('AAAA-AAAA'))).toBe('pairing_code_unknown');
    const refused = await tryCode(code);
    expect(codeOf(refused)).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('asking for a code', () => {
  const hardware = { serial: 'SN-1', profile: 'simulated', software: '0.1.0' };

  it('is limited per key', async () => {
    const { key } = await test.startPairing();
    for (let i = 0; i < 5; i++) await test.startPairing(key);
    const csr = await key.createCsr();
    expect(codeOf(await test.enrolment.call('POST', '/enrol/v1/pairings', { csr, ...hardware }))).toBe('rate_limited');
  });

  it.each([
    ['no request at all', () => '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'],
    ['another curve', async () => (await createTerminalKey({ name: 'ECDSA', namedCurve: 'P-384' })).createCsr()],
    ['a signature by another key', forgedCsr],
  ])('is refused with %s', async (_what, makeCsr) => {
    const csr = await makeCsr();
    expect(codeOf(await test.enrolment.call('POST', '/enrol/v1/pairings', { csr, ...hardware }))).toBe(
      'pairing_proof_invalid',
    );
    expect(await countRows('pairings')).toBe(0);
  });

  it.each([
    ['malformed JSON', '{"csr":', 'body_malformed'],
    ['a missing field', { csr: '-----BEGIN CERTIFICATE REQUEST-----' }, 'request_invalid'],
    [
      'a field too long',
      { csr: '-----BEGIN CERTIFICATE REQUEST-----', ...hardware, serial: 'x'.repeat(65) },
      'request_invalid',
    ],
    ['an unknown field', { csr: '-----BEGIN CERTIFICATE REQUEST-----', ...hardware, admin: true }, 'request_invalid'],
    [
      'a body too large',
      { csr: `-----BEGIN CERTIFICATE REQUEST-----${'A'.repeat(40_000)}`, ...hardware },
      'body_too_large',
    ],
  ])('is refused with %s', async (_what, body, code) => {
    expect(codeOf(await test.enrolment.call('POST', '/enrol/v1/pairings', body))).toBe(code);
    expect(await countRows('pairings')).toBe(0);
  });

  it('of an unknown pairing says so', async () => {
    expect(codeOf(await status(`pair_${'0'.repeat(32)}`))).toBe('pairing_unknown');
    expect(codeOf(await status('pair_1'))).toBe('request_invalid');
  });
});

describe('renewal', () => {
  async function pair() {
    return await test.pairTerminal(org.administrator, { name: 'Boardroom terminal' });
  }
  async function renew(certificate: string, key: { createCsr(): Promise<string> }) {
    return await test.enrolment.call('POST', '/enrol/v1/renewals', { certificate, csr: await key.createCsr() });
  }

  it('gives the same terminal a new certificate', async () => {
    const terminal = await pair();
    const answer = await renew(terminal.certificate, terminal.key);
    expect(answer.status).toBe(200);
    const leaf = renewResponse.parse(answer.body).certificate.split(/(?<=-----END CERTIFICATE-----)/)[0] ?? '';
    expect(new X509Certificate(leaf).subject).toBe(`CN=${terminal.id}`);
  });

  it('works long after the certificate ended, with proof of its key', async () => {
    const terminal = await pair();
    moveClock((45 + 364) * dayMs);
    expect((await renew(terminal.certificate, terminal.key)).status).toBe(200);
  });

  it('ends a year after the certificate', async () => {
    const terminal = await pair();
    moveClock((45 + 366) * dayMs);
    expect(codeOf(await renew(terminal.certificate, terminal.key))).toBe('certificate_too_old');
  });

  it('is refused to another key', async () => {
    const terminal = await pair();
    expect(codeOf(await renew(terminal.certificate, await createTerminalKey()))).toBe('pairing_proof_invalid');
    expect(await countRows('certificates')).toBe(1);
  });

  it('is refused once the certificate is revoked', async () => {
    const terminal = await pair();
    await test.expectOk(org.administrator, 'POST', `/terminals/${terminal.id}/revoke`);
    expect(codeOf(await renew(terminal.certificate, terminal.key))).toBe('certificate_revoked');
  });

  it('is refused for a certificate of another fleet', async () => {
    await using elsewhere = await startTestFleet();
    const theirs = await elsewhere.createOrganization('Theirs');
    const terminal = await elsewhere.pairTerminal(theirs.administrator, { name: 'Elsewhere' });
    expect(codeOf(await renew(terminal.certificate, terminal.key))).toBe('certificate_required');
  });
});

/** A request that bears one key and is signed by another. */
async function forgedCsr(): Promise<string> {
  const [own, others] = await Promise.all([createTerminalKey(), createTerminalKey()]);
  const bytes = (pem: string) => Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  const forged = bytes(await own.createCsr());
  const at = forged.indexOf(Buffer.from(own.spki));
  Buffer.from(others.spki).copy(forged, at);
  return `-----BEGIN CERTIFICATE REQUEST-----\n${forged.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
}
