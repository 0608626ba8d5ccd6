import { newId, type OrganizationId } from '@anteroom/shared/ids.ts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPersonalUser, fileOf, preparePeopleCalls } from '../../testing/route-calls/people.ts';
import { prepareResourceCalls } from '../../testing/route-calls/resources.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
import { purgeBatch } from './purge.ts';
import { purgeAfterMs } from './service.ts';

const dayMs = 86_400_000;
const nowhere = { departmentId: null, position: '', sortNumber: 0, remark: '' };

let test: TestFleet;
beforeEach(async () => {
  test = await startTestFleet();
});
afterEach(() => test[Symbol.asyncDispose]());

/** The code that was sent to confirm the end. */
async function askForCode(by: Person): Promise<string> {
  await test.expectOk(by, 'POST', '/organization/closing/code');
  const notice = await test.fleet.db
    .selectFrom('notices')
    .select('content')
    .where('recipient', '=', by.login)
    .where('template', '=', 'code.dissolve')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return /\d{6}/.exec(notice.content)?.[0] ?? '';
}

const dissolve = async (by: Person) =>
  await test.expectOk(by, 'POST', '/organization/closing', { code: await askForCode(by) });
const runDue = () => test.fleet.services.closings.runDue({ signal: new AbortController().signal });
const later = (ms: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + ms));
const noticesOf = async (orgId: OrganizationId, template: string) =>
  (
    await test.fleet.db
      .selectFrom('notices')
      .select('id')
      .where('orgId', '=', orgId)
      .where('template', '=', template)
      .execute()
  ).length;

describe('dissolving an organization', () => {
  let own: Organization;
  beforeEach(async () => {
    own = await test.createOrganization('Own', []);
  });

  it('is confirmed with a code, by the default administrator alone', async () => {
    const body = { code: '000000' };
    expect(codeOf(await test.call(own.member, 'POST', '/organization/closing', { body }))).toBe('forbidden');
    await askForCode(own.administrator);
    expect(codeOf(await test.call(own.administrator, 'POST', '/organization/closing', { body }))).toBe('code_wrong');
    expect((await test.call(own.administrator, 'GET', '/session')).status).toBe(200);
  });

  it('shows every member that they were removed, and lets them go on as personal users', async () => {
    const person = await createPersonalUser(test, 'Ola', '+4790000002');
    const { people, sessions } = test.fleet.services;
    await test.fleet.db.transaction().execute((tx) => people.join(tx, person.actor.accountId, own.id, nowhere));
    expect(await dissolve(own.administrator)).toEqual({ outcome: 'dissolved' });
    for (const each of [person, own.member, own.administrator])
      expect(codeOf(await test.call(each, 'GET', '/session'))).toBe('removed_from_organization');
    const again = await sessions.open(person.actor.accountId, { by: 'link', detail: null, userAgent: '' });
    expect(again.actor).toMatchObject({ role: 'personal', orgKind: 'personal', accountName: 'Ola' });
    const { login, password } = own.member;
    expect(codeOf(await test.call(null, 'POST', '/session', { body: { login, password } }))).toBe('credentials_wrong');
  });

  it('deletes accounts whose people never set a password: their numbers are free again', async () => {
    const added = { kind: 'standard', name: 'Never', phone: '+4790000003', email: null, language: 'en', ...nowhere };
    await test.expectOk(own.administrator, 'POST', '/people', added);
    await dissolve(own.administrator);
    expect(await createPersonalUser(test, 'New', added.phone)).toMatchObject({ login: added.phone });
  });
});

describe('what an organization had', () => {
  let own: Organization;
  beforeEach(async () => {
    own = await test.createOrganization('Own');
  });

  it('ends with it: live meetings are over, coming ones cancelled, and terminals pair again', async () => {
    const roomId = await test.createRoom(own.administrator, 'Atlas');
    const terminal = await test.pairTerminal(own.administrator, { name: 'One', roomId });
    const live = await test.createMeeting(own.administrator, roomId);
    const startAt = new Date(test.clock.now().getTime() + 5 * 3_600_000).toISOString();
    const coming = await test.createMeeting(own.administrator, roomId, { startAt });
    await test.fleet.db.updateTable('orders').set({ endAt: test.clock.now().toISOString() }).execute();
    later(1000);
    expect(await dissolve(own.administrator)).toEqual({ outcome: 'dissolved' });
    const meetings = await test.fleet.db.selectFrom('meetings').select(['id', 'endedAt', 'cancelledAt']).execute();
    const found = new Map(meetings.map(({ id, ...state }) => [id as string, state]));
    expect(found.get(live.id)).toMatchObject({ endedAt: expect.any(String), cancelledAt: null });
    expect(found.get(coming.id)).toMatchObject({ endedAt: null, cancelledAt: expect.any(String) });
    const renew = async () => {
      const request = { certificate: terminal.certificate, csr: await terminal.key.createCsr() };
      return codeOf(await test.enrolment.call('POST', '/enrol/v1/renewals', request));
    };
    expect(await renew()).toBe('certificate_revoked');
    // Long after, when nothing is left of the organization: else an offline terminal would never pair again.
    later(purgeAfterMs);
    await runDue();
    expect(await test.fleet.db.selectFrom('terminals').select('id').execute()).toEqual([]);
    expect(await renew()).toBe('certificate_revoked');
  });
});

describe('coming meetings of an organization that ends', () => {
  let own: Organization;
  let roomId: string;
  const at = (hours: number) => new Date(test.clock.now().getTime() + hours * 3_600_000).toISOString();
  const outside = (email: string) => ({
    ...{ name: email, company: '', phone: null, remark: '' },
    email,
  });
  beforeEach(async () => {
    own = await test.createOrganization('Own');
    roomId = await test.createRoom(own.administrator, 'Atlas');
  });

  async function invite(email: string): Promise<{ kind: 'contact'; contactId: string }> {
    // A contact of the contract.
    const { id } = (await test.expectOk(own.administrator, 'POST', '/contacts', outside(email))) as { id: string };
    return { kind: 'contact', contactId: id };
  }

  /** The calendar entries that told of a cancellation, by whom they went to. */
  async function cancellations(): Promise<[string, string][]> {
    const notices = await test.fleet.db
      .selectFrom('notices')
      .select(['recipient', 'attachments'])
      .where('template', '=', 'meeting.cancelled')
      .orderBy('recipient')
      .execute();
    return notices.map(({ recipient, attachments }) => [
      recipient,
      z
        .array(z.object({ text: z.string() }))
        .parse(JSON.parse(attachments))[0]
        ?.text.replace(/\r\n /g, '') ?? '',
    ]);
  }

  it('are told to those who are invited with a CANCEL entry, also through departments, before people go', async () => {
    // A department of the contract.
    const { id: departmentId } = (await test.expectOk(own.administrator, 'POST', '/departments', {
      ...{ name: 'Sales', parentId: null },
    })) as { id: string };
    const { people } = test.fleet.services;
    const person = await createPersonalUser(test, 'Ola', '+4790000002');
    await test.fleet.db
      .updateTable('accounts')
      .set({ email: 'ola@own.test' })
      .where('id', '=', person.actor.accountId)
      .execute();
    const place = { ...nowhere, departmentId: departmentId as `dep_${string}` };
    await test.fleet.db.transaction().execute((tx) => people.join(tx, person.actor.accountId, own.id, place));
    const once = await test.createMeeting(own.administrator, roomId, {
      ...{ startAt: at(30), attendees: [await invite('mara@hinges.test'), { kind: 'department', departmentId }] },
    });
    const series = await test.createMeeting(own.administrator, roomId, {
      ...{ startAt: at(40), recurrence: 'FREQ=DAILY;COUNT=3', attendees: [await invite('wu@doors.test')] },
    });
    await test.createMeeting(own.administrator, roomId, { attendees: [await invite('live@doors.test')] });
    await test.fleet.db.updateTable('orders').set({ endAt: test.clock.now().toISOString() }).execute();
    later(1000);
    await dissolve(own.administrator);
    const told = await cancellations();
    expect(told.map(([recipient]) => recipient)).toEqual(['mara@hinges.test', 'ola@own.test', 'wu@doors.test']);
    const [mara, , wu] = told.map(([, entry]) => entry);
    for (const line of ['METHOD:CANCEL', `UID:${once.id}`, 'SEQUENCE:1', 'STATUS:CANCELLED'])
      expect(mara).toContain(line);
    for (const line of ['METHOD:CANCEL', `UID:${series.seriesId}`, 'RRULE:FREQ=DAILY', 'STATUS:CANCELLED'])
      expect(wu).toContain(line);
    later(1000);
    await runDue();
    expect(await cancellations()).toHaveLength(3);
  });

  it('of a series that has begun are told one by one, so that what was stays in calendars', async () => {
    await test.createMeeting(own.administrator, roomId, {
      ...{ startAt: at(1), recurrence: 'FREQ=DAILY;COUNT=3', attendees: [await invite('wu@doors.test')] },
    });
    later(20 * 3_600_000);
    await test.fleet.db.updateTable('orders').set({ endAt: test.clock.now().toISOString() }).execute();
    later(1000);
    await dissolve(own.administrator);
    const [[, entry = ''] = []] = await cancellations();
    expect(entry.match(/RECURRENCE-ID/g)).toHaveLength(2);
    expect(entry).not.toContain('RRULE');
  });

  it('are not purged while a message of them waits to be sent', async () => {
    await test.createMeeting(own.administrator, roomId, {
      startAt: at(30),
      attendees: [await invite('wu@doors.test')],
    });
    await test.fleet.db.updateTable('orders').set({ endAt: test.clock.now().toISOString() }).execute();
    later(1000);
    await dissolve(own.administrator);
    await test.fleet.db
      .updateTable('notices')
      .set({ dueAt: at(1) })
      .where('template', '=', 'meeting.cancelled')
      .execute();
    later(purgeAfterMs);
    await runDue();
    expect(await cancellations()).toHaveLength(1);
    await test.fleet.db.updateTable('notices').set({ dueAt: null }).execute();
    await runDue();
    expect(await cancellations()).toEqual([]);
  });
});

describe('closing an organization with a paid order that runs', () => {
  let own: Organization;
  let deputy: Person;
  beforeEach(async () => {
    own = await test.createOrganization('Own');
    deputy = await test.createPerson(own.id, { name: 'Deputy', role: 'administrator', permissions: ['audit'] });
  });

  it('takes effect after 30 days, of which administrators are told and reminded', async () => {
    const outcome = await dissolve(own.administrator);
    const effectiveAt = new Date(test.clock.now().getTime() + 30 * dayMs).toISOString();
    expect(outcome).toEqual({ outcome: 'requested', effectiveAt });
    expect(await test.expectOk(deputy, 'GET', '/organization/closing')).toMatchObject({
      hasPaidOrder: true,
      request: { effectiveAt, requestedBy: { id: own.administrator.actor.accountId } },
    });
    expect(await noticesOf(own.id, 'organization.closing')).toBe(2);
    later(22 * dayMs);
    await runDue();
    expect(await noticesOf(own.id, 'organization.closingSoon')).toBe(0);
    for (const [days, sent] of [
      [1.5, 2],
      [1, 2],
      [5, 4],
    ] as const) {
      later(days * dayMs);
      await runDue();
      expect(await noticesOf(own.id, 'organization.closingSoon')).toBe(sent);
    }
    later(dayMs);
    await runDue();
    const people = await test.fleet.db
      .selectFrom('memberships')
      .select('accountId')
      .where('orgId', '=', own.id)
      .execute();
    expect(people).toEqual([]);
  });

  it('is withdrawn by any administrator, and nothing happens', async () => {
    await dissolve(own.administrator);
    expect(codeOf(await test.call(own.member, 'POST', '/organization/closing/withdraw'))).toBe('forbidden');
    await test.expectOk(deputy, 'POST', '/organization/closing/withdraw');
    expect(codeOf(await test.call(deputy, 'POST', '/organization/closing/withdraw'))).toBe('closing_not_requested');
    later(5 * dayMs);
    await runDue();
    expect((await test.call(own.member, 'GET', '/session')).status).toBe(200);
    expect(await test.expectOk(deputy, 'GET', '/organization/closing')).toMatchObject({ request: null });
  });

  it('is asked for once', async () => {
    const code = await askForCode(own.administrator);
    await test.expectOk(own.administrator, 'POST', '/organization/closing', { code });
    later(2 * 60_000);
    const again = { code: await askForCode(own.administrator) };
    expect(codeOf(await test.call(own.administrator, 'POST', '/organization/closing', { body: again }))).toBe(
      'closing_requested',
    );
  });
});

describe('a purge', () => {
  it('leaves nothing of an organization but the audit entry that it happened, and another’s things alone', async () => {
    const own = await test.createOrganization('Own');
    const other = await test.createOrganization('Other');
    await fill(own);
    await test.createRoom(other.administrator, 'Theirs');
    const orgTables = await tablesWith('org_id');
    const before = await countsOf(orgTables, 'org_id', own.id);
    const empty = Object.keys(before).filter((table) => before[table] === 0 && table !== 'closings');
    // A table that is empty here would be shown by nothing: fill it above.
    expect(empty).toEqual([]);
    const theirs = await countsOf(orgTables, 'org_id', other.id);
    const terminals = await test.fleet.db.selectFrom('terminals').select('id').where('orgId', '=', own.id).execute();

    await test.fleet.db.updateTable('orders').set({ endAt: test.clock.now().toISOString() }).execute();
    later(60_000);
    await dissolve(own.administrator);
    later(purgeAfterMs);
    await runDue();

    const left = Object.entries(await countsOf(orgTables, 'org_id', own.id)).filter(([, count]) => count > 0);
    expect(left).toEqual([['audit_entries', 1]]);
    const entry = await test.fleet.db.selectFrom('auditEntries').selectAll().where('orgId', '=', own.id).execute();
    expect(entry).toMatchObject([{ action: 'organization.purged', seq: 1, actorId: null, detail: '{}' }]);
    const {
      id: _id,
      createdAt: _created,
      kind: _kind,
      ...row
    } = await test.fleet.db.selectFrom('organizations').selectAll().where('id', '=', own.id).executeTakeFirstOrThrow();
    expect(row).toEqual({ name: '', industry: '', size: '', country: '', settings: '{}', timeZone: 'UTC' });
    for (const table of await tablesWith('terminal_id'))
      for (const { id } of terminals) expect([table, await count(table, 'terminal_id', id)]).toEqual([table, 0]);
    expect(await countsOf(orgTables, 'org_id', other.id)).toEqual(theirs);
  });

  it('goes on where it was interrupted', async () => {
    const own = await test.createOrganization('Own', []);
    await test.expectOk(own.administrator, 'POST', '/departments', { name: 'Sales', parentId: null });
    await dissolve(own.administrator);
    later(purgeAfterMs);
    expect(await purgeBatch(test.fleet.db, own.id)).toBe(true);
    await runDue();
    await runDue();
    expect(await count('audit_entries', 'org_id', own.id)).toBe(1);
  });
});

/** Something in every table. */
async function fill(own: Organization): Promise<void> {
  const { administrator: by, id: orgId } = own;
  await preparePeopleCalls(test, own);
  await prepareResourceCalls(test, own);
  const top = (await test.expectOk(by, 'POST', '/departments', { name: 'Top', parentId: null })) as { id: string };
  await test.expectOk(by, 'POST', '/departments', { name: 'Below', parentId: top.id });
  await test.expectOk(by, 'POST', '/imports', fileOf('Name,Phone\nOne,+4790000031\n'));
  await test.fleet.services.calendars.createOwn(own.member.actor);
  const spaceId = await test.createSpace(by, 'Boardroom');
  const roomId = await test.createRoom(by, 'Long lived');
  const terminal = await test.pairTerminal(by, { name: 'Wall', spaceId, roomId });
  await test.expectOk(by, 'POST', `/terminals/${terminal.id}/commands`, { request: { kind: 'ping' } });
  await test.createMeeting(by, roomId, {
    ...{ startAt: new Date(test.clock.now().getTime() + 90 * 60_000).toISOString(), recurrence: 'FREQ=DAILY;COUNT=3' },
    attendees: [{ kind: 'number', phone: '+4790000032' }],
  });
  const meeting = await test.createMeeting(by, roomId);
  const seat = { orgId, meetingId: meeting.id, participantId: newId('participant'), resourceId: null, accountId: null };
  const at = test.clock.now().toISOString();
  const who = { name: 'Guest', kind: 'guest' as const };
  const { db } = test.fleet;
  await db
    .insertInto('attendance')
    .values({ ...seat, ...who, joinedAt: at, leftAt: null })
    .execute();
  await db
    .insertInto('seats')
    .values({ ...seat, ...who, resourceId: orgId, role: 'guest', terminalId: null, joinedAt: at, leaseUntil: at })
    .execute();
  const { resourceId: _resource, accountId: _account, ...held } = seat;
  await db
    .insertInto('waiting')
    .values({ ...held, ...who, reason: 'room_full', since: at, leaseUntil: at, letInAt: null })
    .execute();
  const decided = { orgId, meetingId: meeting.id };
  await db
    .insertInto('meetingControls')
    .values({ ...decided, isLocked: 1, state: '{}', savedAt: at })
    .execute();
  await db
    .insertInto('removals')
    .values({ ...decided, holder: held.participantId, removedAt: at })
    .execute();
  const board = { ...decided, state: '', elements: 0, savedAt: at };
  await db.insertInto('whiteboards').values(board).execute();
  const shortage = { id: newId('shortage'), orgId, resourceId: orgId, meetingId: meeting.id, turnedAway: 1 };
  await db
    .insertInto('shortages')
    .values({ ...shortage, startedAt: at, lastAt: at, endedAt: null })
    .execute();
}

async function tablesWith(column: string): Promise<string[]> {
  // Names as the database has them: the plugin that writes them in camel case does not read the catalogue.
  const tables = await test.fleet.db.withoutPlugins().introspection.getTables();
  const found = tables.filter(({ columns }) => columns.some(({ name }) => name === column)).map(({ name }) => name);
  expect(found.length).toBeGreaterThan(5);
  return found.sort();
}

async function count(table: string, column: string, id: string): Promise<number> {
  const query = sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where ${sql.ref(column)} = ${id}`;
  const { rows } = await query.execute(test.fleet.db.withoutPlugins());
  return Number(rows[0]?.n);
}

async function countsOf(tables: readonly string[], column: string, id: string): Promise<Record<string, number>> {
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await count(table, column, id)])));
}
