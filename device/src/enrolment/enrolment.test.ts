import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Document } from '../ports/store.ts';
import { createEnrolment, type EnrolledIdentity, type EnrolmentView } from './enrolment.ts';
import { createFleetClient } from './fleet-client.ts';
import type { StoredIdentity } from './identity.ts';
import { type SmallFleet, startSmallFleet } from './test/small-fleet.ts';

const clock = createSystemClock();

async function startFleet(): Promise<SmallFleet> {
  const fleet = await startSmallFleet();
  onTestFinished(() => fleet[Symbol.asyncDispose]());
  return fleet;
}

/** A value in memory that can be looked at: what survives is the store's own test. */
function memoryDocument<T>(): Document<T> & { value: T | null } {
  const document = {
    value: null as T | null,
    read: () => Promise.resolve(document.value),
    write: (value: T) => {
      document.value = value;
      return Promise.resolve();
    },
    remove: () => {
      document.value = null;
      return Promise.resolve();
    },
  };
  return document;
}

function startTerminal(
  fleet: { url: URL; caPem: string },
  { document = memoryDocument<StoredIdentity>(), serverNow = () => new Date() } = {},
) {
  const views: EnrolmentView[] = [];
  const enrolled: EnrolledIdentity[] = [];
  const renewed: EnrolledIdentity[] = [];
  const stop = new AbortController();
  let wipes = 0;
  const enrolment = createEnrolment({
    ...{
      document,
      clock,
      serverNow,
      fleet: createFleetClient({ ...fleet, clock }),
      random: () => 0,
      log: pino({ level: 'silent' }),
    },
    hardware: { serial: 'SIM-1', profile: 'simulated', software: '0.1.0' },
    onView: (view) => views.push(view),
    onServerTime: () => {},
    onEnrolled: async (identity) => void enrolled.push(identity),
    onRenewed: async (identity) => void renewed.push(identity),
    onRevoked: async () => {
      wipes += 1;
    },
  });
  const running = enrolment.run({ signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  const view = () => views.at(-1);
  const codeOf = (shown: EnrolmentView | undefined) => (shown?.state === 'pairing' ? shown.code : null);
  return {
    ...{ views, view, enrolled, renewed, enrolment, document, wipes: () => wipes, code: () => codeOf(view()) },
    waitForCode: () => vi.waitFor(() => expect(codeOf(view())).not.toBeNull(), { timeout: 5_000 }),
  };
}

test('an unclaimed terminal shows a code and a key phrase, and is enrolled once somebody claims it', async () => {
  const fleet = await startFleet();
  const terminal = startTerminal(fleet);
  await terminal.waitForCode();
  expect(terminal.views[0]).toEqual({ state: 'contacting', fault: null });
  expect(terminal.view()).toMatchObject({ state: 'pairing', keyPhrase: expect.stringMatching(/^\S+ \S+$/) });
  const id = fleet.claim(terminal.code() ?? '');
  await vi.waitFor(() => expect(terminal.view()).toEqual({ state: 'enrolled', terminalId: id }));
  expect(terminal.document.value?.enrolment).toMatchObject({ terminalId: id, mqttUrl: 'mqtts://127.0.0.1:8883' });
  expect(terminal.enrolled).toHaveLength(1);
});

test('a terminal that was claimed before asks for no code', async () => {
  const fleet = await startFleet();
  const first = startTerminal(fleet);
  await first.waitForCode();
  fleet.claim(first.code() ?? '');
  await vi.waitFor(() => expect(first.enrolled).toHaveLength(1));
  const second = startTerminal(fleet, { document: first.document });
  await vi.waitFor(() => expect(second.enrolled).toEqual(first.enrolled));
  expect(fleet.pairings()).toHaveLength(1);
});

test('a new code comes before the old one ends, and the old one still counts until then', async () => {
  const fleet = await startFleet();
  fleet.codeLifeMs = 3_000;
  const terminal = startTerminal(fleet);
  await terminal.waitForCode();
  const old = terminal.code();
  await vi.waitFor(() => expect(terminal.code()).not.toBe(old), { timeout: 2_800 });
  const id = fleet.claim(old ?? '');
  await vi.waitFor(() => expect(terminal.view()).toEqual({ state: 'enrolled', terminalId: id }));
});

test('while the fleet does not answer, the screen says so in words', async () => {
  const fleet = await startFleet();
  const { url, caPem } = fleet;
  await fleet[Symbol.asyncDispose]();
  const terminal = startTerminal({ url, caPem });
  await vi.waitFor(() =>
    expect(terminal.view()).toMatchObject({
      state: 'contacting',
      fault: { en: expect.stringMatching(/^The fleet at 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\)\./) },
    }),
  );
});

test('another CA than the pinned one is not trusted', async () => {
  const fleet = await startFleet();
  const other = await startFleet();
  const terminal = startTerminal({ url: fleet.url, caPem: other.caPem });
  await vi.waitFor(() =>
    expect(terminal.view()).toMatchObject({
      state: 'contacting',
      fault: { en: expect.stringContaining('is not the fleet') },
    }),
  );
  expect(fleet.pairings()).toHaveLength(0);
});

test('a code for another key is not shown', async () => {
  const fleet = await startFleet();
  fleet.isPhraseWrong = true;
  const terminal = startTerminal(fleet);
  await vi.waitFor(() =>
    expect(terminal.view()).toMatchObject({
      state: 'contacting',
      fault: { en: expect.stringContaining('another terminal’s key') },
    }),
  );
});

test('a certificate for another key is refused and the next code is asked for', async () => {
  const fleet = await startFleet();
  fleet.isKeyWrong = true;
  const terminal = startTerminal(fleet);
  await terminal.waitForCode();
  fleet.claim(terminal.code() ?? '');
  await vi.waitFor(() => expect(fleet.pairings()).toHaveLength(2));
  expect(terminal.enrolled).toHaveLength(0);
});

test('the words of the fleet’s refusal reach the screen', async () => {
  const fleet = await startFleet();
  fleet.problem = 'not_ready';
  const terminal = startTerminal(fleet);
  await vi.waitFor(() =>
    expect(terminal.view()).toMatchObject({
      fault: { en: 'The service is starting. Try again in a few seconds.', 'zh-CN': '服务正在启动，请稍后重试。' },
    }),
  );
});

test('a certificate past two thirds of its life is renewed with the same key', async () => {
  const fleet = await startFleet();
  const terminal = startTerminal(fleet, { serverNow: () => new Date(Date.now() + 3_000_000) });
  await terminal.waitForCode();
  fleet.certificateLifeMs = 3_600_000;
  fleet.claim(terminal.code() ?? '');
  await vi.waitFor(() => expect(terminal.renewed).toHaveLength(1));
  expect(terminal.renewed[0]?.keyPem).toBe(terminal.enrolled[0]?.keyPem);
  expect(terminal.renewed[0]?.mqttUrl).toBe('mqtts://127.0.0.1:8884');
  expect(terminal.document.value?.enrolment?.certificatePem).toBe(terminal.renewed[0]?.certificatePem);
});

test('a suspected certificate that turns out revoked leads to a new pairing with a new key', async () => {
  const fleet = await startFleet();
  const terminal = startTerminal(fleet);
  await terminal.waitForCode();
  fleet.claim(terminal.code() ?? '');
  await vi.waitFor(() => expect(terminal.enrolled).toHaveLength(1));
  const oldKey = terminal.document.value?.keyPem;
  fleet.problem = 'certificate_revoked';
  terminal.enrolment.suspectCertificate();
  await vi.waitFor(() => expect(terminal.view()).toEqual({ state: 'revoked' }));
  expect(terminal.wipes()).toBe(1);
  fleet.problem = null;
  await vi.waitFor(() => expect(terminal.code()).not.toBeNull(), { timeout: 6_000 });
  expect(terminal.document.value?.enrolment).toBeNull();
  expect(terminal.document.value?.keyPem).not.toBe(oldKey);
});

test('a certificate that the fleet calls good stays', async () => {
  const fleet = await startFleet();
  const terminal = startTerminal(fleet);
  await terminal.waitForCode();
  fleet.claim(terminal.code() ?? '');
  await vi.waitFor(() => expect(terminal.enrolled).toHaveLength(1));
  terminal.enrolment.suspectCertificate();
  await vi.waitFor(() => expect(terminal.renewed).toHaveLength(1));
  expect(terminal.wipes()).toBe(0);
});
