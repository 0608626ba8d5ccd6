import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayCall } from '@anteroom/shared/api/access.ts';
import { apiRoutes } from '@anteroom/shared/api/contract.ts';
import type { Route } from '@anteroom/shared/api/route.ts';
import { type Authority, permissions } from '@anteroom/shared/identity/roles.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenIdProvider, type TestProvider } from './testing/openid-provider.ts';
import { forgetCodeLimits, prepareAccountCalls } from './testing/route-calls/accounts.ts';
import { prepareIdentityCalls } from './testing/route-calls/identities.ts';
import { prepareLiveCalls } from './testing/route-calls/live.ts';
import { preparePeopleCalls } from './testing/route-calls/people.ts';
import { prepareResourceCalls } from './testing/route-calls/resources.ts';
import { prepareRingCalls } from './testing/route-calls/rings.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from './testing/test-fleet.ts';

/**
 * Every row of the contract × every role: nobody, each role without any permission, an administrator with exactly one
 * permission, and another organization's administrator.
 */
let test: TestFleet;
let own: Organization;
let other: Organization;
/** Path and body of a call that succeeds for the own administrator, by `noun.name`. */
let calls: Record<string, { path: string; body?: unknown; by?: Person; headers?: Record<string, string> }>;
let provider: TestProvider;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-access-'));
  provider = await startOpenIdProvider();
  provider.register('http://fleet.test/identity');
  const file = await provider.writeConfig(folder);
  test = await startTestFleet({
    args: ['--identity-providers', file, '--public-url', 'http://fleet.test', '--roles', 'api,signal'],
  });
  own = await test.createOrganization('Own');
  other = await test.createOrganization('Other');
  calls = await prepareCalls();
  // Some thirty people sign in, each with a password that is meant to be slow to check.
}, 60_000);
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function prepareCalls(): Promise<typeof calls> {
  const admin = own.administrator;
  const spaceId = await test.createSpace(admin, 'Boardroom');
  const removable = await test.createSpace(admin, 'Cupboard');
  const roomId = await test.createRoom(admin, 'Atlas');
  const terminal = await test.pairTerminal(admin, { name: 'One', spaceId, roomId });
  const retiring = await test.pairTerminal(admin, { name: 'Two' });
  const { code } = await test.startPairing();
  const live = await test.createMeeting(admin, roomId);
  const inHours = (hours: number) => new Date(test.clock.now().getTime() + hours * 3_600_000).toISOString();
  const planned = await test.createMeeting(admin, roomId, { startAt: inHours(2) });
  const doomed = await test.createMeeting(admin, roomId, { startAt: inHours(4) });
  const { login, password } = admin;
  const token = await test.fleet.services.sessions.createLink(admin.actor.accountId);
  const site = { site: 'Mill Street', floor: '1', capacity: 4, timeZone: 'Europe/Oslo' };
  return {
    ...(await prepareAccountCalls(test, own)),
    'session.signIn': { path: '/session', body: { login, password } },
    'session.signInByLink': { path: '/session/link', body: { token } },
    'session.current': { path: '/session' },
    'notices.list': { path: '/notices' },
    'whiteboards.get': { path: `/meetings/${planned.id}/whiteboard` },
    'whiteboards.elements': { path: `/meetings/${planned.id}/whiteboard/elements` },
    'overview.get': { path: '/overview' },
    'spaces.list': { path: '/spaces' },
    'spaces.create': { path: '/spaces', body: { name: 'Workshop', ...site } },
    'spaces.get': { path: `/spaces/${spaceId}` },
    'spaces.update': { path: `/spaces/${spaceId}`, body: { floor: '4' } },
    'spaces.remove': { path: `/spaces/${removable}` },
    'rooms.list': { path: '/rooms' },
    'rooms.create': { path: '/rooms', body: { name: 'Birch', capacity: 5 } },
    'rooms.get': { path: `/rooms/${roomId}` },
    'rooms.update': { path: `/rooms/${roomId}`, body: { capacity: 12 } },
    'terminals.lookUpCode': { path: '/pairings/lookup', body: { code } },
    'terminals.claim': { path: '/terminals', body: { code, name: 'Three', spaceId: null, roomId } },
    'terminals.list': { path: '/terminals' },
    'terminals.listDirectory': { path: '/directory/terminals' },
    'terminals.get': { path: `/terminals/${terminal.id}` },
    'terminals.update': { path: `/terminals/${terminal.id}`, body: { name: 'First' } },
    'terminals.sendCommand': { path: `/terminals/${terminal.id}/commands`, body: { request: { kind: 'ping' } } },
    'terminals.listCommands': { path: `/terminals/${terminal.id}/commands` },
    'terminals.listEvents': { path: `/terminals/${terminal.id}/events` },
    'terminals.revoke': { path: `/terminals/${retiring.id}/revoke` },
    'meetings.list': { path: '/meetings' },
    'meetings.create': {
      path: '/meetings',
      body: {
        subject: 'Later',
        resource: { kind: 'room', roomId },
        startAt: inHours(8),
        durationMinutes: 30,
        timeZone: 'Asia/Shanghai',
      },
    },
    'meetings.get': { path: `/meetings/${planned.id}` },
    'meetings.preview': {
      path: '/meetings/preview',
      body: {
        resource: { kind: 'room', roomId },
        number: 'generated',
        startAt: inHours(30),
        durationMinutes: 30,
        timeZone: 'Asia/Shanghai',
        recurrence: 'FREQ=DAILY;COUNT=3',
      },
    },
    'meetings.update': { path: `/meetings/${planned.id}`, body: { subject: 'Weekly review' } },
    'meetings.occurrences': { path: `/meetings/${planned.id}/occurrences` },
    'meetings.attendance': { path: `/meetings/${planned.id}/attendance` },
    'meetings.exportAttendance': { path: `/meetings/${planned.id}/attendance/file` },
    'myMeetings.list': { path: '/my/meetings' },
    'myMeetings.number': { path: '/my/meeting-number' },
    'calendars.createOwn': { path: '/my/calendar-feed' },
    'calendars.read': { path: `/calendars/${await test.fleet.services.calendars.createOwn(own.member.actor)}.ics` },
    'calendars.removeOwn': { path: '/my/calendar-feed' },
    'calendars.createOfRoom': { path: `/rooms/${roomId}/calendar-feed` },
    'calendars.removeOfRoom': { path: `/rooms/${roomId}/calendar-feed` },
    'meetings.extend': { path: `/meetings/${live.id}/extend`, body: { minutes: 5 } },
    'meetings.cancel': { path: `/meetings/${doomed.id}/cancel` },
    'door.look': { path: `/join/${planned.number}` },
    'door.outlook': { path: `/join/${planned.number}/outlook`, body: {} },
    'door.enter': { path: `/join/${planned.number}`, body: { name: 'Ola' } },
    'meetings.end': { path: `/meetings/${live.id}/end` },
    'session.signOut': { path: '/session' },
    ...(await prepareIdentityCalls(test, own, provider)),
    ...(await prepareResourceCalls(test, own)),
    ...(await preparePeopleCalls(test, own)),
    ...(await prepareRingCalls(test, own)),
    ...(await prepareLiveCalls(test, own)),
  };
}

const rows = Object.entries(apiRoutes).flatMap(([noun, routes]) =>
  Object.entries(routes).map(([name, row]): [string, Route] => [`${noun}.${name}`, row]),
);
/** Sign-out last: it ends the session that the others use. */
const inOrder = [...rows].sort(([a], [b]) => Number(a === 'session.signOut') - Number(b === 'session.signOut'));

async function tryRoute(name: string, row: Route, person: Organization['member'] | null) {
  const call = calls[name];
  if (!call) throw new Error(`no call is prepared for ${name}`);
  const { path, body, headers = {} } = call;
  return await test.call(person, row.method, path, body === undefined ? { headers } : { body, headers });
}

describe.each(inOrder.filter(([, row]) => row.access !== 'public'))('%s', (name, row) => {
  it('refuses nobody in particular', async () => {
    expect(codeOf(await tryRoute(name, row, null))).toBe('sign_in_required');
  });

  it('refuses a cookie that is no session', async () => {
    const stranger = { ...own.member, cookie: 'anteroom_session=made-up' };
    expect(codeOf(await tryRoute(name, row, stranger))).toBe('sign_in_required');
  });
});

/** Everybody whom an organization may hold, and what each may do. */
const everybody: [string, Authority][] = [
  ...(['personal', 'member', 'fieldEngineer', 'administrator'] as const).map((role): [string, Authority] => [
    role,
    { role, permissions: [] },
  ]),
  ...permissions.map((given): [string, Authority] => [
    `administrator of ${given}`,
    { role: 'administrator', permissions: [given] },
  ]),
];

describe.each(everybody)('%s', (name, authority) => {
  let person: Person;
  beforeAll(async () => {
    person = await test.createPerson(own.id, { name, ...authority });
  });

  it.each(inOrder.filter(([, row]) => !mayCall(row.access, authority)))('may not call %s', async (route, row) => {
    expect(codeOf(await tryRoute(route, row, person))).toBe('forbidden');
  });

  it.each(inOrder.filter(([, row]) => row.method === 'GET' && mayCall(row.access, authority)))(
    'may call %s',
    async (route, row) => {
      // What is not theirs to see is not there; what they may not call is forbidden.
      expect([row.success.status, 404]).toContain((await tryRoute(route, row, person)).status);
    },
  );
});

/** What somebody of another organization gets as far as looking for. */
const namingOne = inOrder.filter(
  ([, row]) =>
    row.access !== 'public' &&
    row.params !== undefined &&
    mayCall(row.access, { role: 'defaultAdministrator', permissions: [] }),
);

describe.each(namingOne)('%s', (name, row) => {
  it('does not let another organization see that it exists', async () => {
    expect(codeOf(await tryRoute(name, row, other.administrator))).toBe('not_found');
  });
});

describe('lists', () => {
  it.each(['/spaces', '/rooms', '/terminals', '/meetings', '/contacts', '/invitations'])(
    '%s shows another organization nothing',
    async (path) => {
      expect(await test.expectOk(other.administrator, 'GET', path)).toEqual({ items: [], nextCursor: null, total: 0 });
    },
  );
});

describe('bodies', () => {
  it('do not name things of another organization', async () => {
    const body = {
      subject: 'Theft',
      resource: { kind: 'room', roomId: calls['rooms.get']?.path.slice('/rooms/'.length) },
      durationMinutes: 5,
      timeZone: 'UTC',
    };
    expect(codeOf(await test.call(other.administrator, 'POST', '/meetings', { body }))).toBe('not_found');
    const { code } = await test.startPairing();
    const spaceId = calls['spaces.get']?.path.slice('/spaces/'.length);
    const claim = { code, name: 'Theft', spaceId, roomId: null };
    expect(codeOf(await test.call(other.administrator, 'POST', '/terminals', { body: claim }))).toBe('not_found');
  });
});

const countActs = async () => (await test.fleet.db.selectFrom('auditEntries').select('seq').execute()).length;
/**
 * They ask, send a code that confirms the act to come, or follow somebody's own bell: nothing is done that a trail would
 * keep.
 */
const changesNothing = [
  ...['account.sendDeletionCode', 'account.sendEmailCode', 'closing.sendCode', 'organization.sendHandOverCode'],
  ...['identities.beginLink', 'imports.check', 'meetings.preview', 'terminals.lookUpCode'],
  ...['rings.answer', 'rings.decline', 'rings.dismiss', 'rings.setDoNotDisturb'],
];

describe.each(inOrder)('%s', (name, row) => {
  it('answers those whom it is for, as its schema says, and what it changes is in the audit trail', async () => {
    // One code a minute and address: here all come from one.
    await forgetCodeLimits(test);
    const before = await countActs();
    const answer = await tryRoute(name, row, row.access === 'public' ? null : (calls[name]?.by ?? own.administrator));
    expect(answer).toMatchObject({ status: row.success.status });
    const isAct = row.access !== 'public' && row.method !== 'GET' && !changesNothing.includes(name);
    if (isAct) expect(await countActs(), 'entries in the audit trail').toBeGreaterThan(before);
    if (row.success.body) expect(() => row.success.body?.parse(answer.body)).not.toThrow();
  });
});

describe('unknown ids', () => {
  it.each(namingOne)('%s', async (name, row) => {
    const kinds = {
      ses_: 'session',
      space_: 'space',
      room_: 'room',
      term_: 'terminal',
      mtg_: 'meeting',
      ord_: 'order',
      acc_: 'account',
      dep_: 'department',
      ext_: 'contact',
      inv_: 'invitation',
      imp_: 'import',
      lnk_: 'linkedIdentity',
    } as const;
    const path = (calls[name]?.path ?? '').replace(
      /(ses_|space_|room_|term_|mtg_|ord_|acc_|dep_|ext_|inv_|imp_|lnk_)[0-9a-f]+/,
      (_id, prefix: keyof typeof kinds) => newId(kinds[prefix]),
    );
    const body = calls[name]?.body;
    // Signed in anew: the table above has signed out.
    const { token } = await test.fleet.services.sessions.signIn(own.administrator, {
      address: '127.0.0.1',
      userAgent: 'test',
    });
    const admin = { ...own.administrator, cookie: `anteroom_session=${token}` };
    expect(codeOf(await test.call(admin, row.method, path, body === undefined ? {} : { body }))).toBe('not_found');
  });
});
