import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
import { waitFor } from './rules.ts';
import type { CodeTarget } from './service.ts';

/** domain.md §1: codes have 6 digits, 5 minutes, 5 tries, one a minute and 10 a day per number and per address. */
let test: TestFleet;
beforeEach(async () => {
  test = await startTestFleet();
});
afterEach(() => test[Symbol.asyncDispose]());

const target: CodeTarget = { purpose: 'signIn', recipient: '+8613800138000' };
const issue = (recipient = target.recipient, address = '192.0.2.1') =>
  test.fleet.db.transaction().execute((tx) => test.fleet.services.codes.issue(tx, { ...target, recipient, address }));
const consume = (code: string, of = target) => test.fleet.services.codes.consume(of, code);
const wrongOf = (code: string) => (code === '000000' ? '000001' : '000000');

function moveClock(byMs: number): void {
  test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));
}

describe('a code', () => {
  it('has six digits and works once, for its recipient and purpose', async () => {
    const code = await issue();
    expect(code).toMatch(/^\d{6}$/);
    await expect(consume(code, { ...target, purpose: 'deleteAccount' })).rejects.toMatchObject({ code: 'code_wrong' });
    await expect(consume(code, { ...target, recipient: '+4712345678' })).rejects.toMatchObject({ code: 'code_wrong' });
    await consume(code);
    await expect(consume(code)).rejects.toMatchObject({ code: 'code_wrong' });
  });

  it('is good for five minutes', async () => {
    const code = await issue();
    moveClock(5 * 60_000);
    await expect(consume(code)).rejects.toMatchObject({ code: 'code_wrong' });
    const next = await issue();
    moveClock(5 * 60_000 - 1);
    await consume(next);
  });

  it('allows five tries, also of guesses that come at once', async () => {
    const code = await issue();
    const guesses = await Promise.allSettled(Array.from({ length: 5 }, () => consume(wrongOf(code))));
    expect(guesses.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(consume(code)).rejects.toMatchObject({ code: 'code_wrong' });
  });

  it('is good at the fifth try', async () => {
    const code = await issue();
    for (let i = 0; i < 4; i++) await expect(consume(wrongOf(code))).rejects.toMatchObject({ code: 'code_wrong' });
    await consume(code);
  });

  it('works for one of two who send it at once', async () => {
    const code = await issue();
    const results = await Promise.allSettled([consume(code), consume(code)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is the only good one: a new code ends the one before', async () => {
    const first = await issue();
    moveClock(60_000);
    const second = await issue();
    if (first !== second) await expect(consume(first)).rejects.toMatchObject({ code: 'code_wrong' });
    await consume(second);
  });

  it('is not kept', async () => {
    const code = await issue();
    expect(JSON.stringify(await test.fleet.db.selectFrom('oneTimeCodes').selectAll().execute())).not.toContain(
      `"${code}"`,
    );
  });
});

describe('codes are limited', () => {
  it('to one a minute per number', async () => {
    await issue(target.recipient, '192.0.2.1');
    await expect(issue(target.recipient, '192.0.2.2')).rejects.toMatchObject({ code: 'rate_limited' });
    moveClock(60_000);
    await issue(target.recipient, '192.0.2.2');
  });

  it('to one a minute per address', async () => {
    await issue('+8613800138000');
    await expect(issue('+8613800138001')).rejects.toMatchObject({ code: 'rate_limited' });
    moveClock(60_000);
    await issue('+8613800138001');
  });

  it('to ten a day per number and per address', async () => {
    for (let i = 0; i < 10; i++) {
      await issue(target.recipient, `192.0.2.${i + 10}`);
      moveClock(60_000);
    }
    await expect(issue()).rejects.toMatchObject({ code: 'rate_limited' });
    for (let i = 0; i < 10; i++) {
      await issue(`+861380013900${i}`, '192.0.2.99');
      moveClock(60_000);
    }
    await expect(issue('+8613800138111', '192.0.2.99')).rejects.toMatchObject({ code: 'rate_limited' });
    moveClock(86_400_000);
    await issue();
  });

  it('to as many an hour as the installation allows an address that many people share', async () => {
    await using office = await startTestFleet({ args: ['--codes-per-hour', '3'] });
    const ask = (n: number) =>
      office.fleet.db.transaction().execute((tx) =>
        office.fleet.services.codes.issue(tx, {
          ...{ purpose: 'register', recipient: `+861380013800${n}`, address: '192.0.2.1' },
        }),
      );
    for (const n of [1, 2, 3]) await ask(n);
    await expect(ask(4)).rejects.toMatchObject({ code: 'rate_limited' });
    office.clock.jumpTo(new Date(office.clock.now().getTime() + 3_600_000));
    await ask(4);
    await expect(ask(4)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('says how long to wait', () => {
    const now = new Date('2026-03-02T10:00:00Z');
    const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
    expect(waitFor([], now)).toBe(0);
    expect(waitFor([ago(20_000)], now)).toBe(40_000);
    expect(waitFor([ago(60_000)], now)).toBe(0);
    const ten = Array.from({ length: 10 }, (_, i) => ago(3_600_000 * (i + 1)));
    expect(waitFor(ten, now)).toBe(86_400_000 - 36_000_000);
  });
});
