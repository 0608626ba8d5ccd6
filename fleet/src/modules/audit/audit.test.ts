import type { AuditEntry } from '@anteroom/shared/api/audit.ts';
import { auditSentences } from '@anteroom/shared/audit/sentences.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
import { auditActions } from './service.ts';

let test: TestFleet;
let org: Organization;

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
});
afterAll(() => test[Symbol.asyncDispose]());

const scope = () => ({ orgId: org.administrator.actor.orgId });
const entries = () =>
  test.fleet.db.selectFrom('auditEntries').selectAll().where('orgId', '=', scope().orgId).orderBy('seq').execute();

describe('the audit trail', () => {
  it('has an entry for every administrative act, with who did what to what', async () => {
    const admin = org.administrator;
    const { accountId } = admin.actor;
    const spaceId = await test.createSpace(admin, 'Boardroom');
    const roomId = await test.createRoom(admin, 'Atlas');
    await test.expectOk(admin, 'PATCH', `/spaces/${spaceId}`, { floor: '4' });
    await test.expectOk(admin, 'PATCH', `/rooms/${roomId}`, { capacity: 3 });
    const terminal = await test.pairTerminal(admin, { name: 'One', spaceId, roomId });
    await test.expectOk(admin, 'PATCH', `/terminals/${terminal.id}`, { name: 'First' });
    await test.expectOk(admin, 'POST', `/terminals/${terminal.id}/commands`, { request: { kind: 'ping' } });
    const live = await test.createMeeting(admin, roomId);
    await test.expectOk(admin, 'POST', `/meetings/${live.id}/end`);
    const startAt = new Date(test.clock.now().getTime() + 7_200_000).toISOString();
    const planned = await test.createMeeting(admin, roomId, { startAt });
    await test.expectOk(admin, 'POST', `/meetings/${planned.id}/cancel`);
    await test.expectOk(admin, 'POST', `/terminals/${terminal.id}/revoke`);
    await test.expectOk(admin, 'DELETE', `/spaces/${spaceId}`);

    const acts = (await entries()).filter(({ action }) => !action.startsWith('session.'));
    expect(acts.map(({ action, actorId, subjectId }) => [action, actorId, subjectId])).toEqual([
      ['space.created', accountId, spaceId],
      ['room.created', accountId, roomId],
      ['space.updated', accountId, spaceId],
      ['room.updated', accountId, roomId],
      ['terminal.claimed', accountId, terminal.id],
      ['terminal.updated', accountId, terminal.id],
      ['terminal.commandSent', accountId, terminal.id],
      ['meeting.created', accountId, live.id],
      ['meeting.ended', accountId, live.id],
      ['meeting.created', accountId, planned.id],
      ['meeting.cancelled', accountId, planned.id],
      ['terminal.revoked', accountId, terminal.id],
      ['space.removed', accountId, spaceId],
    ]);
  });

  it('has no entry for what was refused', async () => {
    const before = (await entries()).length;
    await test.call(org.administrator, 'POST', '/rooms', { body: { name: 'Atlas', capacity: 5 } });
    expect(await entries()).toHaveLength(before);
  });

  it('is a chain per organization that shows every change', async () => {
    const other = await test.createOrganization('Other');
    const { audit } = test.fleet.services;
    const total = (await entries()).length;
    expect(await audit.verify(scope())).toEqual({ ok: true, entries: total });
    expect(await audit.verify(other.administrator.actor)).toMatchObject({ ok: true });

    const [, second, third] = await entries();
    if (!second || !third) throw new Error('expected entries');
    const table = test.fleet.db.updateTable('auditEntries').where('orgId', '=', scope().orgId);
    await table.set({ actorId: null }).where('seq', '=', second.seq).execute();
    expect(await audit.verify(scope())).toEqual({ ok: false, seq: second.seq, fault: 'the entry was changed' });
    await table.set({ actorId: second.actorId }).where('seq', '=', second.seq).execute();
    expect(await audit.verify(scope())).toMatchObject({ ok: true });

    await test.fleet.db
      .deleteFrom('auditEntries')
      .where('orgId', '=', scope().orgId)
      .where('seq', '=', second.seq)
      .execute();
    expect(await audit.verify(scope())).toEqual({ ok: false, seq: second.seq, fault: 'an entry is missing' });
  });
});

describe('reading the audit trail', () => {
  type Listed = { items: AuditEntry[]; total: number; nextCursor: string | null };
  const list = async (query = '', person = org.administrator) =>
    (await test.expectOk(person, 'GET', `/audit${query}`)) as Listed;

  it('says who did what to what, the newest first', async () => {
    await test.createSpace(org.administrator, 'Library');
    const [newest] = (await list()).items;
    expect(newest).toMatchObject({ action: 'space.created', subjectName: 'Library' });
    expect(newest?.actor).toEqual({ id: org.administrator.actor.accountId, name: 'administrator of Own' });
  });

  it('is filtered by actor, action and time, in pages', async () => {
    const all = (await list()).items;
    const spaces = await list('?action=space.');
    expect(spaces.items).toEqual(all.filter(({ action }) => action.startsWith('space.')));
    expect((await list('?action=space.created')).total).toBeLessThan(spaces.total);
    expect((await list('?search=nobody')).items).toEqual([]);
    expect((await list('?search=member')).items.every(({ actor }) => actor?.name === 'member of Own')).toBe(true);
    const at = all[0]?.at ?? '';
    expect((await list(`?to=${at}`)).items.every((entry) => entry.at < at)).toBe(true);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 4));
  });

  it('shows whether the chain is whole', async () => {
    const whole = await test.createOrganization('Whole');
    expect(await test.expectOk(whole.administrator, 'GET', '/audit/verification')).toMatchObject({ ok: true });
  });

  it.each(auditActions)('has a sentence for %s in both languages', (action) => {
    expect(Object.keys(auditSentences)).toContain(action);
  });
});
