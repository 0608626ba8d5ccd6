import type { Notice } from '@anteroom/shared/api/notices.ts';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OutgoingMail, OutgoingSms } from '../../delivery/ports.ts';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
import { carryNotices, retryDelayMs } from './courier.ts';
import { createNoticesService, type NewNotice } from './service.ts';

let test: TestFleet;
let own: Organization;
let other: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
  other = await test.createOrganization('Other');
});
afterEach(() => test[Symbol.asyncDispose]());

const changed = (orgId: Organization['id'] | null, recipient = '+4712345678'): NewNotice => ({
  ...{ scope: orgId && { orgId }, recipient, channel: 'sms', template: 'account.passwordChanged', language: 'en' },
  values: { url: 'https://fleet.test' },
});
const code = (orgId: Organization['id'] | null): NewNotice => ({
  ...{ scope: orgId && { orgId }, recipient: 'ola@own.test', channel: 'email', template: 'code.signIn' },
  ...{ language: 'zh-CN', values: { code: '123456' }, validForMs: 5 * 60_000 },
});
const rows = () => test.fleet.db.selectFrom('notices').selectAll().orderBy('id').execute();

/** A service whose gateways are what the test looks at; the next sends fail with `failures`. */
function gatewayed() {
  const sent: (OutgoingSms | OutgoingMail)[] = [];
  const failures: Error[] = [];
  let tries = 0;
  const send = (message: OutgoingSms | OutgoingMail) => {
    tries += 1;
    const failure = failures.shift();
    if (failure) return Promise.reject(failure);
    sent.push(message);
    return Promise.resolve();
  };
  const gateways = { sms: { send }, mail: { send } };
  const { db } = test.fleet;
  const { clock } = test;
  const notices = createNoticesService({ db, clock, gateways, demoOrgId: () => Promise.resolve(null) });
  const enqueue = (notice: NewNotice) => db.transaction().execute((tx) => notices.enqueue(tx, notice));
  /** A courier at work, until it is disposed of. */
  function startCourier(): AsyncDisposable {
    const stop = new AbortController();
    const log = pino({ level: 'silent' });
    const carrying = carryNotices({ db, gateways, clock, log, signal: stop.signal });
    return {
      async [Symbol.asyncDispose]() {
        stop.abort();
        await carrying;
      },
    };
  }
  return { sent, failures, tries: () => tries, enqueue, startCourier };
}

/** A courier at work on a busy machine. */
const untilMs = 8_000;

/** Moves the clock until `check` holds. */
async function until(check: () => Promise<void> | void): Promise<void> {
  await vi.waitFor(async () => {
    await test.clock.advance(1_000);
    await check();
  }, untilMs);
}

function moveClock(byMs: number): void {
  test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));
}

describe('the outbox', () => {
  it('sends a message once, and keeps what it said', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    await enqueue(changed(own.id));
    await using _courier = startCourier();
    await until(async () => expect((await rows())[0]?.sentAt).not.toBeNull());
    await test.clock.advance(5_000);
    expect(sent).toMatchObject([{ to: '+4712345678', text: expect.stringContaining('https://fleet.test') }]);
    expect(await rows()).toMatchObject([{ dueAt: null, tries: 1, content: expect.stringContaining('fleet.test') }]);
  });

  it('forgets a code once it was sent', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    await enqueue(code(own.id));
    await using _courier = startCourier();
    await until(async () => expect((await rows())[0]?.sentAt).not.toBeNull());
    expect(sent).toMatchObject([{ text: expect.stringContaining('123456') }]);
    expect(JSON.stringify(await rows())).not.toContain('123456');
    expect(await test.expectOk(own.administrator, 'GET', '/notices')).toMatchObject({ items: [{ text: null }] });
  });

  it('sends nothing of an act that was not kept', async () => {
    const act = test.fleet.db.transaction().execute(async (tx) => {
      await test.fleet.services.notices.enqueue(tx, changed(own.id));
      throw new Error('midway');
    });
    await expect(act).rejects.toThrow('midway');
    expect(await rows()).toEqual([]);
  });

  it('sends each message once when two processes carry', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    for (let i = 0; i < 5; i++) await enqueue(changed(own.id));
    await using _one = startCourier();
    await using _two = startCourier();
    await until(async () => expect((await rows()).every(({ sentAt }) => sentAt !== null)).toBe(true));
    expect(sent).toHaveLength(5);
  });

  it('tries again after a failure, each time after a longer wait', async () => {
    const { sent, failures, enqueue, startCourier } = gatewayed();
    await enqueue(changed(own.id));
    failures.push(new Error('away'), new Error('away'));
    await using _courier = startCourier();
    await until(async () => expect(await rows()).toMatchObject([{ tries: 1, fault: 'away', sentAt: null }]));
    moveClock(retryDelayMs(1));
    await until(async () => expect(await rows()).toMatchObject([{ tries: 2, fault: 'away', sentAt: null }]));
    expect(sent).toEqual([]);
    moveClock(retryDelayMs(2));
    await until(() => expect(sent).toHaveLength(1));
    await until(async () => expect(await rows()).toMatchObject([{ tries: 3, fault: null }]));
    const waits = [1, 2, 3, 4, 5, 6, 7].map(retryDelayMs);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  });

  it('does not try a code again that has expired, and forgets it', async () => {
    const { failures, tries, enqueue, startCourier } = gatewayed();
    await enqueue(code(own.id));
    failures.push(...Array.from({ length: 99 }, () => new Error('away')));
    await using _courier = startCourier();
    await until(async () => expect((await rows())[0]?.tries).toBe(1));
    moveClock(5 * 60_000);
    await until(async () => expect(await rows()).toMatchObject([{ dueAt: null, sentAt: null, content: 'null' }]));
    const before = tries();
    await test.clock.advance(60_000);
    expect(tries()).toBe(before);
  });

  it('carries what a process that died had begun, after a minute', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    await enqueue(changed(own.id));
    const claimed = { tries: 1, dueAt: new Date(test.clock.now().getTime() + 60_000).toISOString() };
    await test.fleet.db.updateTable('notices').set(claimed).execute();
    await using _courier = startCourier();
    await test.clock.advance(10_000);
    expect(sent).toEqual([]);
    moveClock(60_000);
    await until(() => expect(sent).toHaveLength(1));
  });

  it('refuses a message without one of its values', async () => {
    const { enqueue } = gatewayed();
    await expect(enqueue({ ...code(own.id), values: {} })).rejects.toThrow('{code}');
    expect(await rows()).toEqual([]);
  });
});

describe('the list of messages', () => {
  const list = async (person: Organization['member'], query = '') =>
    (await test.expectOk(person, 'GET', `/notices${query}`)) as { items: Notice[]; total: number };
  const enqueue = (notice: NewNotice) =>
    test.fleet.db.transaction().execute((tx) => test.fleet.services.notices.enqueue(tx, notice));

  it('shows administrators those of their organization, without codes', async () => {
    await enqueue(changed(own.id));
    moveClock(1);
    await enqueue(code(own.id));
    await enqueue(code(null));
    const { items, total } = await list(own.administrator);
    expect(total).toBe(2);
    expect(items).toMatchObject([
      { template: 'code.signIn', state: 'kept', subject: null, text: null },
      { template: 'account.passwordChanged', state: 'kept', text: expect.stringContaining('https://fleet.test') },
    ]);
    expect((await list(other.administrator)).items).toEqual([]);
    expect(codeOf(await test.call(own.member, 'GET', '/notices'))).toBe('forbidden');
  });

  it('can be searched, and comes in pages', async () => {
    await enqueue(changed(own.id, '+4711111111'));
    await enqueue(changed(own.id, '+4722222222'));
    await enqueue(code(own.id));
    expect((await list(own.administrator, '?search=2222')).items).toMatchObject([{ recipient: '+4722222222' }]);
    expect((await list(own.administrator, '?limit=1')).items).toHaveLength(1);
  });

  it('shows the operator of a demonstration every message with its code, and nobody else', async () => {
    const { db } = test.fleet;
    await enqueue(code(null));
    await enqueue(code(other.id));
    const gateways = { sms: null, mail: null };
    const demoOrgId = () => Promise.resolve(own.id);
    const notices = createNoticesService({ db, clock: test.clock, gateways, demoOrgId });
    const shown = await notices.list(own.administrator.actor, { limit: 50 });
    expect(shown.items.map(({ isReadable }) => isReadable)).toEqual([true, true]);
    const settings = await test.createPerson(own.id, { name: 'Set', role: 'administrator', permissions: ['settings'] });
    expect((await notices.list(settings.actor, { limit: 50 })).total).toBe(0);
    expect((await notices.list(other.administrator.actor, { limit: 50 })).items).toMatchObject([{ isReadable: false }]);
  });
});
