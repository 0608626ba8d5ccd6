import 'reflect-metadata';
import { signedTimeRequest, signedTimeText } from '@anteroom/shared/protocol/time.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import * as x509 from '@peculiar/x509';
import { pino } from 'pino';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Document } from '../ports/store.ts';
import type { FleetClient } from './fleet-client.ts';
import { createFleetTime, type StoredTime } from './fleet-time.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = { name: 'ECDSA', hash: 'SHA-256' };
const builtAt = new Date('2026-03-01T00:00:00.000Z');
const trueTime = '2026-11-26T12:00:00.000Z';

async function createCa() {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    keys,
    name: 'CN=CA',
    signingAlgorithm: signing,
  });
  return {
    pem: certificate.toString('pem'),
    async sign(text: string) {
      const signature = await crypto.subtle.sign(signing, keys.privateKey, Buffer.from(text));
      return Buffer.from(signature).toString('base64url');
    },
  };
}
let ca: Awaited<ReturnType<typeof createCa>>;
let otherCa: typeof ca;
beforeAll(async () => {
  ca = await createCa();
  otherCa = await createCa();
});

type Answer = { serverTime: string; signature: string };

async function startTime(options: {
  startsAt: string;
  savedAt?: string;
  answer: (nonce: string) => Promise<Answer> | null;
}) {
  const { startsAt, savedAt, answer } = options;
  const writes: StoredTime[] = [];
  const asked: string[] = [];
  const document: Document<StoredTime> = {
    read: () => Promise.resolve(savedAt ? { savedAt } : null),
    write: async (value) => void writes.push(value),
    remove: () => Promise.resolve(),
  };
  const fleet: FleetClient = {
    address: 'fleet',
    async call({ body, schema }) {
      const { nonce } = signedTimeRequest.parse(body);
      asked.push(nonce);
      const said = await answer(nonce);
      if (said) return { ok: true, body: schema.parse(said), serverTime: null };
      return { ok: false, fault: { kind: 'unreachable', detail: 'ECONNREFUSED' }, serverTime: null };
    },
  };
  const machine = createManualClock(new Date(startsAt));
  const log = pino({ level: 'silent' });
  const time = await createFleetTime({ machine, builtAt, document, caPem: ca.pem, fleet, random: () => 0, log });
  const stop = new AbortController();
  const running = time.run({ signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  return { machine, time, writes, asked, now: () => time.clock.now().toISOString() };
}

const signed = async (by: typeof ca, nonce: string, serverTime = trueTime): Promise<Answer> => ({
  serverTime,
  signature: await by.sign(signedTimeText({ nonce, serverTime })),
});

test.each(['1970-01-01T00:00:10.000Z', '2040-06-01T00:00:00.000Z'])(
  'a machine that starts at %s has the fleet’s signed time, which is saved',
  async (startsAt) => {
    const { now, writes, time } = await startTime({ startsAt, answer: (nonce) => signed(ca, nonce) });
    await vi.waitFor(() => expect(writes).toEqual([{ savedAt: trueTime }]));
    await time.settled({ signal: new AbortController().signal });
    expect(now()).toBe(trueTime);
  },
);

test('before the fleet answers, the clock is no earlier than build time and saved time, and nothing is saved', async () => {
  const silent = { startsAt: '1970-01-01T00:00:00.000Z', answer: () => null };
  const never = await startTime(silent);
  expect(never.now()).toBe(builtAt.toISOString());
  const once = await startTime({ ...silent, savedAt: '2026-09-01T00:00:00.000Z' });
  expect(once.now()).toBe('2026-09-01T00:00:00.000Z');
  await vi.waitFor(() => expect(once.asked).toHaveLength(1));
  expect(once.writes).toEqual([]);
});

test.each<[string, (nonce: string, earlier: string) => Promise<Answer>]>([
  ['by another CA', (nonce) => signed(otherCa, nonce)],
  ['for another nonce', (_nonce, earlier) => signed(ca, earlier)],
  [
    'and changed afterwards',
    async (nonce) => ({ ...(await signed(ca, nonce)), serverTime: '2031-01-01T00:00:00.000Z' }),
  ],
])('a time signed %s changes nothing', async (_how, answer) => {
  const earlier = 'A'.repeat(32);
  const { now, asked, writes } = await startTime({
    startsAt: '1970-01-01T00:00:00.000Z',
    answer: (nonce) => answer(nonce, earlier),
  });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await new Promise((resolve) => setImmediate(resolve));
  expect([now(), writes]).toEqual([builtAt.toISOString(), []]);
});

test('no nonce is used twice', async () => {
  const { machine, asked } = await startTime({ startsAt: '1970-01-01T00:00:00.000Z', answer: () => null });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await vi.waitFor(async () => {
    await machine.advance(1_000);
    expect(asked.length).toBeGreaterThan(1);
  });
  expect(new Set(asked).size).toBe(asked.length);
});
