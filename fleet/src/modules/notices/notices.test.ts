import type { Notice } from '@anteroom/shared/api/notices.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
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
function moveClock(byMs: number): void {
  test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));
}

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

  it('does not show administrators the link by which somebody else sets a password', async () => {
    const values = { organization: 'Own', url: 'https://fleet.test/set-password/secret' };
    await enqueue({ ...changed(own.id), template: 'account.added', values });
    expect((await list(own.administrator)).items).toMatchObject([{ template: 'account.added', text: null }]);
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
