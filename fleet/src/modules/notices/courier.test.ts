import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FleetDatabase } from '../../db/database.ts';
import { type OutgoingMail, type OutgoingSms, RefusedForGood } from '../../delivery/ports.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { carryNotices, retryDelayMs } from './courier.ts';
import { createNoticesService, type NewNotice } from './service.ts';

// Without a fleet: its own courier would be one more at work.
let folder: string;
let database: TestDatabase;
let db: FleetDatabase;
let clock: ManualClock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-courier-'));
  database = await createTestDatabase({ folder, isEmpty: false });
  db = await database.open();
  clock = createManualClock();
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const changed: NewNotice = {
  ...{ scope: null, recipient: '+4712345678', channel: 'sms', template: 'account.passwordChanged', language: 'en' },
  values: { url: 'https://fleet.test' },
};
const code: NewNotice = {
  ...{ scope: null, recipient: 'ola@own.test', channel: 'email', template: 'code.signIn' },
  ...{ language: 'zh-CN', values: { code: '123456' }, validForMs: 5 * 60_000 },
};
const rows = () => db.selectFrom('notices').selectAll().orderBy('id').execute();

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
  return { sent, failures, tries: () => tries, notices, enqueue, startCourier };
}

/** A courier at work on a busy machine. */
const untilMs = 8_000;

/** Moves the clock until `check` holds. */
async function until(check: () => Promise<void> | void): Promise<void> {
  await vi.waitFor(async () => {
    await clock.advance(1_000);
    await check();
  }, untilMs);
}

function moveClock(byMs: number): void {
  clock.jumpTo(new Date(clock.now().getTime() + byMs));
}

describe('the outbox', () => {
  it('sends a message once, and keeps what it said', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    await enqueue(changed);
    await using _courier = startCourier();
    await until(async () => expect((await rows())[0]?.sentAt).not.toBeNull());
    await clock.advance(5_000);
    expect(sent).toMatchObject([{ to: '+4712345678', text: expect.stringContaining('https://fleet.test') }]);
    expect(await rows()).toMatchObject([{ dueAt: null, tries: 1, content: expect.stringContaining('fleet.test') }]);
  });

  it('forgets a code once it was sent', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    await enqueue(code);
    await using _courier = startCourier();
    await until(async () => expect((await rows())[0]?.sentAt).not.toBeNull());
    expect(sent).toMatchObject([{ text: expect.stringContaining('123456') }]);
    expect(JSON.stringify(await rows())).not.toContain('123456');
  });

  it('sends nothing of an act that was not kept', async () => {
    const { notices } = gatewayed();
    const act = db.transaction().execute(async (tx) => {
      await notices.enqueue(tx, changed);
      throw new Error('midway');
    });
    await expect(act).rejects.toThrow('midway');
    expect(await rows()).toEqual([]);
  });

  it('sends each message once when two processes carry', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    for (let i = 0; i < 5; i++) await enqueue(changed);
    await using _one = startCourier();
    await using _two = startCourier();
    await until(async () => expect((await rows()).every(({ sentAt }) => sentAt !== null)).toBe(true));
    expect(sent).toHaveLength(5);
  });

  it('tries again after a failure, each time after a longer wait', async () => {
    const { sent, failures, enqueue, startCourier } = gatewayed();
    await enqueue(changed);
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

  it('does not try again what was refused for good, and says why', async () => {
    const { failures, tries, enqueue, startCourier } = gatewayed();
    await enqueue(changed);
    failures.push(new RefusedForGood('550 no such mailbox'));
    await using _courier = startCourier();
    await until(async () => expect(await rows()).toMatchObject([{ dueAt: null, fault: '550 no such mailbox' }]));
    moveClock(24 * 3_600_000);
    await clock.advance(60_000);
    expect(tries()).toBe(1);
  });

  it('does not try a code again that has expired, and forgets it', async () => {
    const { failures, tries, enqueue, startCourier } = gatewayed();
    await enqueue(code);
    failures.push(...Array.from({ length: 99 }, () => new Error('away')));
    await using _courier = startCourier();
    await until(async () => expect((await rows())[0]?.tries).toBe(1));
    moveClock(5 * 60_000);
    await until(async () => expect(await rows()).toMatchObject([{ dueAt: null, sentAt: null, content: 'null' }]));
    const before = tries();
    await clock.advance(60_000);
    expect(tries()).toBe(before);
  });

  it('carries what a process that died had begun, after a minute', async () => {
    const { sent, enqueue, startCourier } = gatewayed();
    await enqueue(changed);
    const claimed = { tries: 1, dueAt: new Date(clock.now().getTime() + 60_000).toISOString() };
    await db.updateTable('notices').set(claimed).execute();
    await using _courier = startCourier();
    await clock.advance(10_000);
    expect(sent).toEqual([]);
    moveClock(60_000);
    await until(() => expect(sent).toHaveLength(1));
  });

  it('refuses a message without one of its values', async () => {
    const { enqueue } = gatewayed();
    await expect(enqueue({ ...code, values: {} })).rejects.toThrow('{code}');
    expect(await rows()).toEqual([]);
  });
});
