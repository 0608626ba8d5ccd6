import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { meeting } from '@anteroom/shared/api/meetings.ts';
import { room } from '@anteroom/shared/api/rooms.ts';
import { space } from '@anteroom/shared/api/spaces.ts';
import { terminal } from '@anteroom/shared/api/terminals.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import type { OrganizationId } from '@anteroom/shared/ids.ts';
import { startPairingResponse } from '@anteroom/shared/protocol/enrolment.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import pino from 'pino';
import { readConfig } from '../config.ts';
import type { FleetDatabase } from '../db/database.ts';
import { createFleet, type Fleet } from '../fleet.ts';
import { startMediaNode } from '../media-role.ts';
import type { NewAccount } from '../modules/accounts/service.ts';
import type { OrderRequest } from '../modules/orders/service.ts';
import type { Actor } from '../modules/sessions/service.ts';
import { createPasswords, type Passwords } from '../passwords.ts';
import { createHttpsClient, type HttpsClient } from './https-call.ts';
import { createTerminalKey, type TerminalKey } from './terminal-key.ts';
import { createTestDatabase } from './test-database.ts';

export type Answer = { status: number; body: unknown; headers: Record<string, string | string[] | number | undefined> };
export type Person = { actor: Actor; login: string; password: string; cookie: string };
/** `administrator` is the default one, who may do everything. */
export type Organization = { id: OrganizationId; administrator: Person; member: Person };
export type PersonFields = Pick<NewAccount, 'role' | 'permissions' | 'managedDepartments' | 'sites'> & {
  /** In the organization one of a kind: it becomes the name and the login. */
  name: string;
  /** `console` when it is not given. */
  kind?: NewAccount['kind'];
};
export type PairedTerminal = { id: string; key: TerminalKey; certificate: string; pairingId: string };

/** The api role of a fleet, or what `args` say, in this process, on a fresh data folder, free ports and a clock that the test moves. */
export type TestFleet = AsyncDisposable & {
  fleet: Fleet;
  clock: ManualClock;
  dataDir: string;
  /** Another process of the same fleet, with roles of its own. */
  startProcess(args: readonly string[]): Promise<Fleet>;
  /** The fleet's database, as another process has it. */
  openDatabase(): Promise<FleetDatabase>;
  /** An organization with its default administrator and a member, both signed in, and a paid order; none for no lines. */
  createOrganization(name: string, lines?: OrderRequest['lines']): Promise<Organization>;
  /** Somebody of an organization, signed in. */
  createPerson(orgId: OrganizationId, fields: PersonFields): Promise<Person>;
  call(
    person: Person | null,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options?: CallOptions,
  ): Promise<Answer>;
  /** The same, and throws unless it succeeds. */
  expectOk(
    person: Person | null,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<unknown>;
  enrolment: HttpsClient;
  /** A terminal that shows a code. */
  startPairing(key?: TerminalKey): Promise<{ pairingId: string; code: string; keyPhrase: string; key: TerminalKey }>;
  /** A terminal that was claimed and has fetched its certificate. */
  pairTerminal(by: Person, binding: { name: string; spaceId?: string; roomId?: string }): Promise<PairedTerminal>;
  createSpace(by: Person, name: string): Promise<string>;
  createRoom(by: Person, name: string, capacity?: number): Promise<string>;
  createMeeting(by: Person, roomId: string, fields?: Record<string, unknown>): Promise<Meeting>;
};

export type CallOptions = { body?: unknown; headers?: Record<string, string>; rawBody?: string };

/** Enough of everything for whatever a test is not about. */
const plenty: OrderRequest['lines'] = [
  { kind: 'room', quantity: 100, capacity: 500 },
  { kind: 'concurrency', quantity: 500 },
  { kind: 'terminals', quantity: 1000 },
];

/** Most tests are not about passwords, and each signs several people in: one hash as it is to be costs as much as a test. */
const cheapPasswords = createPasswords({ memoryKiB: 8, passes: 1 });

const password = 'correct horse battery staple';

export async function startTestFleet(
  options: { args?: readonly string[]; passwords?: Passwords } = {},
): Promise<TestFleet> {
  const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-fleet-'));
  // TLS judges certificates by the machine's clock, so the test's begins there.
  const clock = createManualClock(new Date());
  const database = await createTestDatabase({ folder: dataDir, isEmpty: false });
  const start = (args: readonly string[]) => {
    const config = readConfig(
      [
        ...['--data', dataDir, '--http-port', '0', '--terminal-port', '0', '--mqtt-port', '0', '--roles', 'api'],
        ...('url' in database.target ? ['--database', database.target.url.reveal()] : []),
        ...args,
      ],
      {},
    );
    return createFleet(config, {
      ...{ clock, log: pino({ level: 'silent' }), passwords: options.passwords ?? cheapPasswords },
      // A real Janus, whose time is the machine's.
      startMedia: (of, { log }) => startMediaNode(of, { clock: createSystemClock(), log }),
    });
  };
  const fleet = await start(options.args ?? []);
  const enrolment = createHttpsClient({ url: fleet.ready.terminalUrl ?? '', ca: fleet.authority.caPem });

  const call: TestFleet['call'] = async (person, method, path, { body, headers = {}, rawBody } = {}) => {
    if (!fleet.app) throw new Error('this fleet has no browsers’ listener');
    const payload = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fleet.app.inject({
      method,
      url: path.startsWith('/api/') ? path : `/api/v1${path}`,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(person ? { cookie: person.cookie } : {}),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const isJson = String(response.headers['content-type'] ?? '').includes('json');
    return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
  };

  const expectOk: TestFleet['expectOk'] = async (person, method, path, body) => {
    const answer = await call(person, method, path, body === undefined ? {} : { body });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  const createPerson: TestFleet['createPerson'] = async (orgId, { name, ...membership }) => {
    const login = `${name.toLowerCase().replaceAll(' ', '.')}@${orgId}.test`;
    const { accounts, sessions } = fleet.services;
    const account = { kind: 'console' as const, name, email: login, password, language: 'en' as const, ...membership };
    const id = await accounts.create({ orgId }, account);
    const { token } = await sessions.signIn({ login, password }, { address: '127.0.0.1', userAgent: 'test' });
    return { actor: await sessions.actorOf(id), login, password, cookie: `anteroom_session=${token}` };
  };

  const startPairing: TestFleet['startPairing'] = async (given) => {
    const key = given ?? (await createTerminalKey());
    const request = { csr: await key.createCsr(), serial: 'SN-1', profile: 'simulated', software: '0.1.0' };
    const answer = await enrolment.call('POST', '/enrol/v1/pairings', request);
    return { ...startPairingResponse.parse(answer.body), key };
  };

  return {
    fleet,
    clock,
    dataDir,
    startProcess: start,
    openDatabase: database.open,
    call,
    expectOk,
    enrolment,
    startPairing,
    async createOrganization(name, lines = plenty) {
      const organization = { name, kind: 'company' as const, timeZone: 'Europe/Oslo' };
      const id = await fleet.services.organizations.create(fleet.db, organization);
      const endAt = '9999-12-31T23:59:59.999Z';
      if (lines.length > 0)
        await fleet.services.orders.grant(fleet.db, { orgId: id }, { plan: 'flagship', endAt, lines });
      return {
        id,
        administrator: await createPerson(id, { name: `administrator of ${name}`, role: 'defaultAdministrator' }),
        member: await createPerson(id, { name: `member of ${name}`, role: 'member' }),
      };
    },
    createPerson,
    async pairTerminal(
      by,
      { name, spaceId = null, roomId = null }: { name: string; spaceId?: string | null; roomId?: string | null },
    ) {
      const { pairingId, code, key } = await startPairing();
      const claimed = terminal.parse(await expectOk(by, 'POST', '/terminals', { code, name, spaceId, roomId }));
      const { body } = await enrolment.call('GET', `/enrol/v1/pairings/${pairingId}`);
      // The contract's answer to a claimed pairing; its schema is tested where pairing is.
      const { certificate } = body as { certificate: string };
      return { id: claimed.id, key, certificate, pairingId };
    },
    async createSpace(by, name) {
      const fields = { name, site: 'Harbour House', floor: '3', capacity: 8, timeZone: 'Europe/Oslo' };
      return space.parse(await expectOk(by, 'POST', '/spaces', fields)).id;
    },
    async createRoom(by, name, capacity = 10) {
      return room.parse(await expectOk(by, 'POST', '/rooms', { name, capacity })).id;
    },
    async createMeeting(by, roomId, fields = {}) {
      const body = {
        subject: 'Weekly',
        resource: { kind: 'room', roomId },
        durationMinutes: 30,
        timeZone: 'Europe/Oslo',
        ...fields,
      };
      return meeting.parse(await expectOk(by, 'POST', '/meetings', body));
    },
    async [Symbol.asyncDispose]() {
      enrolment[Symbol.dispose]();
      await fleet[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The code of problem details; whatever is none fails the test. */
export function codeOf(answer: { body: unknown }): string {
  return problem.parse(answer.body).code;
}
