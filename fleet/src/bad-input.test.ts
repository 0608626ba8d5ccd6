import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from './testing/test-fleet.ts';

/** Bad input: problem details with a code and a sentence that says what to do; nothing stored, nothing crashed. */
let test: TestFleet;
let org: Organization;
let roomId: string;

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
  roomId = await test.createRoom(org.administrator, 'Atlas');
});
afterAll(() => test[Symbol.asyncDispose]());

const tables = ['spaces', 'rooms', 'terminals', 'meetings', 'commands', 'auditEntries', 'sessions'] as const;

async function countAll(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) counts[table] = (await test.fleet.db.selectFrom(table).selectAll().execute()).length;
  return counts;
}

const space = { name: 'Workshop', site: 'Mill Street', floor: '1', capacity: 4, timeZone: 'Europe/Oslo' };
const meeting = () => ({
  subject: 'Weekly',
  resource: { kind: 'room', roomId },
  durationMinutes: 30,
  timeZone: 'Europe/Oslo',
});

type Case = [what: string, path: string, body: () => unknown, code: string];
const wrongBodies: Case[] = [
  ['a missing body', '/spaces', () => undefined, 'request_invalid'],
  ['null', '/spaces', () => null, 'request_invalid'],
  ['an array', '/spaces', () => [space], 'request_invalid'],
  ['a wrong type', '/spaces', () => ({ ...space, capacity: '4' }), 'request_invalid'],
  ['a number out of range', '/spaces', () => ({ ...space, capacity: -1 }), 'request_invalid'],
  ['an unknown time zone', '/spaces', () => ({ ...space, timeZone: 'Mars/Olympus' }), 'request_invalid'],
  ['a blank name', '/spaces', () => ({ ...space, name: '   ' }), 'request_invalid'],
  ['a name that is too long', '/spaces', () => ({ ...space, name: 'x'.repeat(81) }), 'request_invalid'],
  ['control characters in a name', '/spaces', () => ({ ...space, name: 'Work\u0000shop' }), 'request_invalid'],
  ['an unknown field', '/spaces', () => ({ ...space, orgId: 'org_1' }), 'request_invalid'],
  [
    'an id of another kind',
    '/meetings',
    () => ({ ...meeting(), resource: { kind: 'room', roomId: `space_${'0'.repeat(32)}` } }),
    'request_invalid',
  ],
  [
    'an unknown id',
    '/meetings',
    () => ({ ...meeting(), resource: { kind: 'room', roomId: `room_${'0'.repeat(32)}` } }),
    'not_found',
  ],
  [
    'a date that is none',
    '/meetings',
    () => ({ ...meeting(), startAt: '2026-02-30T10:00:00.000Z' }),
    'request_invalid',
  ],
  [
    'a meeting in the past',
    '/meetings',
    () => ({ ...meeting(), startAt: '2001-01-01T10:00:00.000Z' }),
    'meeting_time_invalid',
  ],
  [
    'a description that is too long',
    '/meetings',
    () => ({ ...meeting(), description: 'x'.repeat(201) }),
    'request_invalid',
  ],
  [
    'an unknown pairing code',
    '/terminals',
    () => ({ code: 'AAAA-AAAA', name: 'A', spaceId: null, roomId: null }),
    'pairing_code_unknown',
  ],
  ['a pairing code with look-alikes', '/pairings/lookup', () => ({ code: 'O0O0-I1I1' }), 'request_invalid'],
  ['a wrong password', '/session', () => ({ login: org.administrator.login, password: 'wrong' }), 'credentials_wrong'],
  ['an unknown account', '/session', () => ({ login: 'nobody@own.test', password: 'wrong' }), 'credentials_wrong'],
  ['a sign-in link that is none', '/session/link', () => ({ token: 'x' }), 'sign_in_link_invalid'],
];

describe('a body with', () => {
  it.each(wrongBodies)('%s at %s is refused', async (_what, path, body, code) => {
    const before = await countAll();
    const sent = body();
    const answer = await test.call(org.administrator, 'POST', path, sent === undefined ? {} : { body: sent });
    expect(codeOf(answer)).toBe(code);
    expect(String(answer.headers['content-type'])).toContain('application/problem+json');
    expect(await countAll()).toEqual(before);
  });

  it.each([
    ['half an object', '{"name":'],
    ['no JSON', 'name=Workshop'],
    ['a forbidden key', '{"__proto__":{"isAdmin":true},"name":"x"}'],
  ])('%s is malformed', async (_what, rawBody) => {
    expect(codeOf(await test.call(org.administrator, 'POST', '/spaces', { rawBody }))).toBe('body_malformed');
  });

  it('nothing is refused where something is wanted, and taken where nothing is', async () => {
    expect(codeOf(await test.call(org.administrator, 'POST', '/spaces', { rawBody: '' }))).toBe('request_invalid');
    const { id } = await test.createMeeting(org.administrator, roomId);
    const end = await test.call(org.administrator, 'POST', `/meetings/${id}/end`, { rawBody: '' });
    expect(end.status).toBe(200);
  });

  it('more than 64 kB is too large', async () => {
    const body = { ...space, name: 'x'.repeat(70_000) };
    expect(codeOf(await test.call(org.administrator, 'POST', '/spaces', { body }))).toBe('body_too_large');
  });

  it('another media type is not read', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(codeOf(await test.call(org.administrator, 'POST', '/spaces', { rawBody: 'x', headers }))).toBe(
      'media_type_unsupported',
    );
  });
});

describe('an address with', () => {
  it.each([
    ['/spaces/space_1', 'request_invalid'],
    [`/spaces/${'x'.repeat(150)}`, 'request_invalid'],
    ['/spaces?limit=0', 'request_invalid'],
    ['/spaces?limit=many', 'request_invalid'],
    ['/spaces?surprise=1', 'request_invalid'],
    ['/spaces?cursor=made-up', 'request_invalid'],
    ['/spaces/%ff', 'route_not_found'],
    ['/nowhere', 'route_not_found'],
    ['/join/12345678', 'request_invalid'],
    ['/join/123456789', 'meeting_unknown'],
  ])('%s is answered with %s', async (path, code) => {
    expect(codeOf(await test.call(org.administrator, 'GET', path))).toBe(code);
  });

  it('a word to search for is taken literally', async () => {
    await test.createSpace(org.administrator, '100% Room_1');
    for (const [search, total] of [
      ['%25', 1],
      ['0%25 r', 1],
      ['_1', 1],
      ['o_m', 0],
      ['%5C', 0],
      ["'%20or%201=1--", 0],
    ] as const)
      expect(await test.expectOk(org.administrator, 'GET', `/spaces?search=${search}`)).toMatchObject({ total });
  });
});

describe('problem details', () => {
  it('name the fields at fault, in the reader’s language', async () => {
    const body = { ...space, name: '', capacity: 'x' };
    const english = await test.call(org.administrator, 'POST', '/spaces', { body });
    expect(english.body).toMatchObject({
      status: 400,
      detail: expect.stringContaining('Correct it'),
      fields: [{ path: 'name' }, { path: 'capacity' }],
    });
    const headers = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' };
    const chinese = await test.call(org.administrator, 'POST', '/spaces', { body, headers });
    expect(chinese.body).toMatchObject({
      detail: expect.stringContaining('更正'),
      fields: [{ path: 'name' }, { path: 'capacity' }],
    });
  });

  it('say nothing of what went wrong inside', async () => {
    await using broken = await startTestFleet();
    const own = await broken.createOrganization('Own');
    await broken.fleet.db.schema.dropTable('changeCounters').execute();
    const answer = await broken.call(own.administrator, 'POST', '/spaces', { body: space });
    expect(answer.body).toMatchObject({ code: 'internal', status: 500, isRetryable: true });
    expect(JSON.stringify(answer.body)).not.toMatch(/sql|table|change/i);
    // All or nothing: the space and its audit entry went with the fault.
    expect(await broken.fleet.db.selectFrom('spaces').selectAll().execute()).toEqual([]);
  });
});

describe('requests of other sites', () => {
  const body = space;

  it.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['no origin that can be read', { origin: 'null' }],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
  ])('are refused: %s', async (_what, headers) => {
    expect(codeOf(await test.call(org.administrator, 'POST', '/spaces', { body, headers }))).toBe('origin_forbidden');
  });

  it('are those of our own page when they come from it', async () => {
    const headers = { host: 'fleet.test:8080', origin: 'http://fleet.test:8080' };
    expect(
      (await test.call(org.administrator, 'POST', '/spaces', { body: { ...body, name: 'Same site' }, headers })).status,
    ).toBe(201);
  });
});

describe('too many requests', () => {
  it('are told to wait', async () => {
    await using small = await startTestFleet({ args: ['--rate-limit', '5'] });
    for (let i = 0; i < 5; i++) expect(codeOf(await small.call(null, 'GET', '/session'))).toBe('sign_in_required');
    const refused = await small.call(null, 'GET', '/session');
    expect(codeOf(refused)).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});
