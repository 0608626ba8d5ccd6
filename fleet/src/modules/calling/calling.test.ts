import { type Meeting, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { ringRoutes } from '@anteroom/shared/api/rings.ts';
import { contactId, departmentId, meetingId, newId, organizationId, terminalId } from '@anteroom/shared/ids.ts';
import { type CalleeChoice, nobodyChosen } from '@anteroom/shared/meeting/calling.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDesired } from '../../link/desired.ts';
import type { Call, Caller, MeetingRef } from '../../signalling/ports.ts';
import { type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let kari: Person;
let ola: Person;
let meeting: Meeting;
let ref: MeetingRef;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Calls-${task.id}`);
  [kari, ola] = [await member('Kari'), await member('Ola')];
  const body = { subject: 'Hinges', resource: { kind: 'concurrency' }, durationMinutes: 30, timeZone: 'UTC' };
  meeting = meetingSchema.parse(await test.expectOk(kari, 'POST', '/meetings', body));
  ref = { meetingId: meetingId.parse(meeting.id), orgId: organizationId.parse(org.id) };
});

const calling = () => test.fleet.services.calling;
const member = (name: string) => test.createPerson(org.id, { name, kind: 'standard', role: 'member' });
const idOf = ({ actor }: Person) => actor.accountId;
const call = (choice: Partial<CalleeChoice>, by: Caller = idOf(kari)) =>
  calling().call(ref, by, { ...nobodyChosen, ...choice });
const create = async (path: string, body: unknown) =>
  ((await test.expectOk(org.administrator, 'POST', path, body)) as { id: string }).id; // The contract's answer.
const department = async (name: string, parentId: string | null = null) =>
  departmentId.parse(await create('/departments', { name, parentId, sortNumber: 1 }));
const contact = async (name: string, email: string | null) =>
  contactId.parse(await create('/contacts', { name, company: 'Glass', phone: '+4722123456', email, remark: '' }));
const move = (person: Person, id: string) =>
  test.expectOk(org.administrator, 'PATCH', `/people/${idOf(person)}`, { departmentId: id });

/** What became of each, as the organizer's console shows it too. */
async function outcomes(): Promise<string[]> {
  const { items } = ringRoutes.listOfMeeting.success.body.parse(
    await test.expectOk(kari, 'GET', `/meetings/${meeting.id}/rings`),
  );
  return items.map(({ name, state }) => `${name} ${state}`);
}
async function ringsOf(person: Person) {
  return ringRoutes.listOwn.success.body.parse(await test.expectOk(person, 'GET', '/my/rings')).items;
}
async function enter(person: Person): Promise<string> {
  // The contract's answer.
  const { ticket } = (await test.expectOk(person, 'POST', `/join/${meeting.number}`, { name: 'x' })) as {
    ticket: string;
  };
  return (await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null })).decision;
}

describe('a host in the meeting', () => {
  it('rings people, rooms and whole departments; not themself, and nobody who is in', async () => {
    const terminal = terminalId.parse((await test.pairTerminal(org.administrator, { name: 'Cedar' })).id);
    const [liv, mia] = [await member('Liv'), await member('Mia')];
    const works = await department('Works');
    const doors = await department('Doors', works);
    for (const person of [kari, liv, mia]) await move(person, doors);
    expect(await enter(mia)).toBe('admit');
    const result = await call({ accounts: [idOf(ola)], departments: [works], terminals: [terminal] });
    expect(result).toEqual({ ok: true, called: [idOf(ola), idOf(liv), terminal] });
    // Kari's own ring is that of the meeting which they began.
    expect(await outcomes()).toEqual(['Cedar ringing', 'Kari ringing', 'Liv ringing', 'Ola ringing']);
    expect(await ringsOf(liv)).toMatchObject([{ callerName: 'Kari', isOwnCall: false, state: 'ringing' }]);
    expect(await test.expectOk(kari, 'GET', `/meetings/${meeting.id}`)).toMatchObject({
      attendees: [{ name: 'Ola' }, { name: 'Works' }, { name: 'Cedar' }],
    });
  });

  it('who is a room calls in its name, whose meeting it is too', async () => {
    const terminal = terminalId.parse((await test.pairTerminal(org.administrator, { name: 'Cedar' })).id);
    const other = terminalId.parse((await test.pairTerminal(org.administrator, { name: 'Birch' })).id);
    expect(await call({ accounts: [idOf(kari), idOf(ola)], terminals: [other] }, terminal)).toMatchObject({ ok: true });
    expect(await ringsOf(ola)).toMatchObject([{ callerName: 'Cedar' }]);
    expect(await ringsOf(kari)).toMatchObject([{ callerName: 'Cedar', isOwnCall: false }]);
    expect((await getDesired(test.fleet.db, other))?.meetings[0]).toMatchObject({ callerName: 'Cedar' });
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 120_000));
    await test.fleet.services.rings.expire();
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 120_000));
    // A call of one's own leaves nothing behind; this one was the room's.
    expect(await ringsOf(kari)).toMatchObject([{ callerName: 'Cedar', state: 'missed' }]);
  });

  it('calls in whom a host removed, who may come back', async () => {
    const { hosting } = test.fleet.services;
    await hosting.remove(ref, idOf(ola));
    expect(await enter(ola)).toBe('refuse');
    await call({ accounts: [idOf(ola)] });
    expect(await enter(ola)).toBe('admit');
  });

  it('sends a contact the invitation, and calls numbers that cannot be reached yet', async () => {
    const [mara, lin] = [await contact('Mara', 'mara@glass.test'), await contact('Lin', null)];
    expect(await call({ contacts: [mara, lin], numbers: ['0047 22 12 34 99'] })).toEqual({ ok: true, called: [] });
    expect(await outcomes()).toEqual(['+4722123499 unreachable', 'Kari ringing', 'Lin unreachable', 'Mara invited']);
    const notices = await test.fleet.db.selectFrom('notices').selectAll().where('orgId', '=', org.id).execute();
    expect(notices.filter(({ template }) => template === 'meeting.invited').map((each) => each.recipient)).toEqual([
      'mara@glass.test',
    ]);
  });

  it.each<[string, () => Promise<Partial<CalleeChoice>> | Partial<CalleeChoice>, string]>([
    ['a number that does not exist', () => ({ numbers: ['12345'] }), 'number_invalid'],
    ['a number beside somebody', () => ({ accounts: [idOf(ola)], numbers: ['+47'] }), 'number_invalid'],
    ['somebody who is nobody here', () => ({ accounts: [newId('account')] }), 'callee_unknown'],
    ['nobody', () => ({}), 'nobody_to_call'],
    ['an empty department', async () => ({ departments: [await department('Empty')] }), 'nobody_to_call'],
  ])('is told why %s cannot be called, and nobody is', async (_what, choice, refusal) => {
    expect(await call(await choice())).toEqual({ ok: false, refusal });
    expect(await outcomes()).toEqual(['Kari ringing']);
    expect(await test.expectOk(kari, 'GET', `/meetings/${meeting.id}`)).toMatchObject({ attendees: [] });
  });

  it('is told when a department has too many people to ring at once', async () => {
    const works = await department('Works');
    const place = { departmentId: works, position: '', sortNumber: 0, remark: '' };
    const people = Array.from({ length: 501 }, (_, n) => ({
      ...{ kind: 'standard' as const, name: `P${n}`, phone: null, email: `p${n}@${org.id}.test` },
      ...{ language: 'en' as const, place },
    }));
    const { accounts } = test.fleet.services;
    await test.fleet.db.transaction().execute((tx) => accounts.insertMembers(tx, ref, people));
    expect(await call({ departments: [works] })).toEqual({ ok: false, refusal: 'too_many_to_call' });
    expect(await outcomes()).toEqual(['Kari ringing']);
  });
});

describe('the organization’s directory', () => {
  it('finds people, departments, rooms and contacts by a part of what they are called', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'Glass room' });
    const works = await department('Glassworks');
    await move(ola, await department('Glass cutting', works));
    const mara = await contact('Mara', null);
    await test.createPerson(org.id, { name: 'Glass console', kind: 'console', role: 'administrator' });
    const result = await calling().find(ref, idOf(kari), 'gLASS');
    expect(result).toEqual({
      ok: true,
      found: {
        people: { items: [], hasMore: false },
        departments: {
          items: [expect.objectContaining({ name: 'Glass cutting', parent: 'Glassworks' }), expect.anything()],
          hasMore: false,
        },
        terminals: { items: [{ terminalId: terminal.id, name: 'Glass room', space: null }], hasMore: false },
        contacts: { items: [{ contactId: mara, name: 'Mara', company: 'Glass', hasMail: false }], hasMore: false },
      },
    });
    expect(await calling().find(ref, idOf(kari), 'ola')).toMatchObject({
      found: { people: { items: [{ accountId: idOf(ola), name: 'Ola', department: 'Glass cutting' }] } },
    });
    expect(await calling().find(ref, idOf(kari), '100%')).toMatchObject({ found: { people: { items: [] } } });
  });

  it('is one page of each kind', async () => {
    for (let n = 10; n < 31; n++) await department(`Site ${n}`);
    const result = await calling().find(ref, idOf(kari), 'site');
    expect(result).toMatchObject({ found: { departments: { hasMore: true } } });
    expect(result.ok && result.found.departments.items).toHaveLength(20);
  });

  it('is not there for guests, other organizations, personal users and field engineers, who call nobody', async () => {
    const other = await test.createOrganization('Elsewhere');
    const terminal = terminalId.parse((await test.pairTerminal(other.administrator, { name: 'Theirs' })).id);
    const engineer = await test.createPerson(org.id, { name: 'Eva', kind: 'standard', role: 'fieldEngineer' });
    for (const by of [newId('participant'), idOf(other.member), terminal, idOf(engineer)]) {
      expect(await calling().find(ref, by, 'o')).toEqual({ ok: false, refusal: 'no_directory' });
      expect(await call({ accounts: [idOf(ola)] }, by)).toEqual({ ok: false, refusal: 'no_directory' });
    }
    expect(await outcomes()).toEqual(['Kari ringing']);
  });
});

describe('hanging up', () => {
  it('ends a ring everywhere, once', async () => {
    await call({ accounts: [idOf(ola)] });
    expect(await calling().hangUp(ref, idOf(kari), { ring: idOf(ola) })).toBeNull();
    expect(await ringsOf(ola)).toMatchObject([{ state: 'withdrawn' }]);
    expect(await calling().hangUp(ref, idOf(kari), { ring: idOf(ola) })).toBe('not_ringing');
    expect(await calling().hangUp(ref, idOf(kari), { ring: '+4722123456' })).toBe('not_ringing');
  });

  it('leaves whoever was in to be called again; a guest leaves nothing', async () => {
    expect(await enter(ola)).toBe('admit');
    expect(await calling().hangUp(ref, newId('participant'), { stayOf: idOf(ola) })).toBeNull();
    expect(await calling().hangUp(ref, idOf(kari), { stayOf: newId('participant') })).toBeNull();
    expect(await outcomes()).toEqual(['Kari ringing', 'Ola withdrawn']);
    expect(await enter(ola)).toBe('admit');
  });
});

describe('what nothing reaches yet', () => {
  it('is taken off the list by hanging up, stays in the record, and comes back when it is called again', async () => {
    const number = '+4722123499';
    const listed = async () => {
      const told: string[][] = [];
      const stop = calling().follow(ref, (calls) => told.push(calls.map(({ name }) => name)));
      await expect.poll(() => told.length).toBeGreaterThan(0);
      stop();
      return told.at(-1);
    };
    await call({ numbers: [number] });
    expect(await listed()).toEqual([number, 'Kari']);
    expect(await calling().hangUp(ref, idOf(kari), { ring: number })).toBeNull();
    expect(await listed()).toEqual(['Kari']);
    expect(await outcomes()).toEqual([`${number} unreachable`, 'Kari ringing']);
    expect(await calling().hangUp(ref, idOf(kari), { ring: number })).toBe('not_ringing');
    await call({ numbers: [number] });
    expect(await listed()).toEqual([number, 'Kari']);
  });
});

describe('whoever follows a meeting', () => {
  it('hears who was called and what became of it, until they stop', async () => {
    const told: string[][] = [];
    const stop = calling().follow(ref, (calls: readonly Call[]) =>
      told.push(calls.map(({ kind, name, state }) => `${kind} ${name} ${state}`)),
    );
    const last = async () => {
      await test.clock.advance(500);
      return told.at(-1);
    };
    await expect.poll(last).toEqual(['person Kari ringing']);
    await call({ accounts: [idOf(ola)] });
    await expect.poll(last).toEqual(['person Kari ringing', 'person Ola ringing']);
    // By Ola's own client, in whichever process.
    await test.expectOk(ola, 'POST', `/my/rings/${meeting.id}/decline`);
    await expect.poll(last).toEqual(['person Kari ringing', 'person Ola declined']);
    stop();
    const before = told.length;
    await call({ accounts: [idOf(ola)] });
    await test.clock.advance(1_000);
    expect(told).toHaveLength(before);
  });
});
