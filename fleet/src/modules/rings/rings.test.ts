import { type Meeting, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { type DoNotDisturb, ringRoutes } from '@anteroom/shared/api/rings.ts';
import { terminalId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { thumbprintOf } from '../../enrolment/x509.ts';
import { getDesired } from '../../link/desired.ts';
import {
  codeOf,
  type Organization,
  type PairedTerminal,
  type Person,
  startTestFleet,
  type TestFleet,
} from '../../testing/test-fleet.ts';
import { ringTold } from './service.ts';

let test: TestFleet;
let org: Organization;
let kari: Person;
let ola: Person;
let liv: Person;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  const person = (name: string) => test.createPerson(org.id, { name, kind: 'standard', role: 'member' });
  [kari, ola, liv] = [await person('Kari'), await person('Ola'), await person('Liv')];
});

const inMs = (ms: number) => new Date(test.clock.now().getTime() + ms).toISOString();
const moveClock = (byMs: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));
const callee = ({ actor }: Person) => ({ kind: 'person', accountId: actor.accountId });

/** Kari's meeting, which begins now unless a start is given. */
async function begin(...attendees: unknown[]): Promise<Meeting> {
  return await create({ attendees });
}
async function create(fields: Record<string, unknown>, by = kari): Promise<Meeting> {
  const body = {
    ...{ subject: 'Design review', resource: { kind: 'concurrency' }, durationMinutes: 30, timeZone: 'UTC' },
    ...fields,
  };
  return meetingSchema.parse(await test.expectOk(by, 'POST', '/meetings', body));
}
async function ringsOf(person: Person) {
  const { items } = ringRoutes.listOwn.success.body.parse(await test.expectOk(person, 'GET', '/my/rings'));
  return items;
}
const own = async (person: Person) => (await ringsOf(person)).map(({ state }) => state).join(' ');
/** What became of each, as the organizer sees it. */
async function outcomes({ id }: Meeting, by = kari) {
  const { items } = ringRoutes.listOfMeeting.success.body.parse(
    await test.expectOk(by, 'GET', `/meetings/${id}/rings`),
  );
  return items.map(({ name, state }) => `${name} ${state}`);
}
const answer = (person: Person, { id }: Meeting) => test.call(person, 'POST', `/my/rings/${id}/answer`);
const decline = (person: Person, { id }: Meeting) => test.call(person, 'POST', `/my/rings/${id}/decline`);
const setQuiet = (person: Person, body: DoNotDisturb) => test.expectOk(person, 'POST', '/my/do-not-disturb', body);

async function enter(person: Person, { number }: Meeting): Promise<void> {
  // The contract's answer.
  const { ticket } = (await test.expectOk(person, 'POST', `/join/${number}`, { name: 'x' })) as { ticket: string };
  const { decision } = await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
  expect(decision).toBe('admit');
}
const pair = (name: string) => test.pairTerminal(org.administrator, { name });
const named = ({ id }: PairedTerminal) => ({ kind: 'terminal', terminalId: id });
async function announced({ id }: PairedTerminal) {
  return (await getDesired(test.fleet.db, terminalId.parse(id)))?.meetings[0];
}

describe('a meeting that begins now', () => {
  it('rings its creator, everybody invited and each invited terminal for 45 s', async () => {
    const terminal = await pair('Cedar');
    const meeting = await begin(callee(ola), named(terminal));
    expect(await outcomes(meeting)).toEqual(['Cedar ringing', 'Kari ringing', 'Ola ringing']);
    expect(await ringsOf(ola)).toMatchObject([
      { subject: 'Design review', callerName: 'Kari', isOwnCall: false, ringUntil: inMs(45_000), canJoin: true },
    ]);
    expect(await ringsOf(kari)).toMatchObject([{ isOwnCall: true }]);
    expect(await announced(terminal)).toMatchObject({ ringUntil: inMs(45_000), callerName: 'Kari' });
    expect(await own(liv)).toBe('');
  });

  it('rings the people of an invited department, and below it', async () => {
    const create = async (name: string, parentId: string | null) => {
      const body = { name, parentId, sortNumber: 1 };
      return ((await test.expectOk(org.administrator, 'POST', '/departments', body)) as { id: string }).id;
    };
    const above = await create('Works', null);
    const below = await create('Doors', above);
    await test.expectOk(org.administrator, 'PATCH', `/people/${ola.actor.accountId}`, { departmentId: below });
    expect(await outcomes(await begin({ kind: 'department', departmentId: above }))).toEqual([
      'Kari ringing',
      'Ola ringing',
    ]);
  });

  it('does not ring when it is planned', async () => {
    expect(await outcomes(await create({ startAt: inMs(60_000), attendees: [callee(ola)] }))).toEqual([]);
  });

  it('does not ring a console’s account, which meets nobody', async () => {
    expect(await outcomes(await create({ attendees: [callee(ola)] }, org.administrator), org.administrator)).toEqual([
      'Ola ringing',
    ]);
  });
});

describe('a ring', () => {
  it('that is answered rings on no other client, and its organizer sees who answered', async () => {
    const meeting = await begin(callee(ola), callee(liv));
    expect(await answer(ola, meeting)).toMatchObject({ status: 200, body: { state: 'answered' } });
    expect(await own(ola)).toBe('answered');
    expect(await outcomes(meeting)).toEqual(['Kari ringing', 'Liv ringing', 'Ola answered']);
    // Another client of the same person is told that it is over; the same answer twice is one.
    expect(codeOf(await decline(ola, meeting))).toBe('ring_over');
    expect((await answer(ola, meeting)).status).toBe(200);
  });

  it('is answered by coming in, however somebody comes in', async () => {
    const meeting = await begin(callee(ola));
    await enter(ola, meeting);
    expect(await outcomes(meeting)).toEqual(['Kari ringing', 'Ola answered']);
  });

  it('is answered at a terminal by its seat', async () => {
    const terminal = await pair('Cedar');
    const meeting = await begin(named(terminal));
    const [leaf = ''] = terminal.certificate.split('-----END CERTIFICATE-----');
    const der = Buffer.from(leaf.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    const { ticket } = (await announced(terminal)) ?? {};
    await test.fleet.services.admission.admit({ ticket: ticket ?? '', certificateThumbprint: thumbprintOf(der) });
    expect(await outcomes(meeting)).toEqual(['Cedar answered', 'Kari ringing']);
    expect(await announced(terminal)).toMatchObject({ ringUntil: null, callerName: null });
  });

  it('that is declined tells the organizer, and leaves no missed call', async () => {
    const meeting = await begin(callee(ola));
    expect((await decline(ola, meeting)).status).toBe(200);
    expect(await outcomes(meeting)).toEqual(['Kari ringing', 'Ola declined']);
    moveClock(61_000);
    expect(await own(ola)).toBe('');
  });

  it('that nobody answers is missed after 45 s, until it is put away or its meeting is entered', async () => {
    const terminal = await pair('Cedar');
    const meeting = await begin(callee(ola), callee(liv), named(terminal));
    moveClock(45_000);
    await test.fleet.services.rings.expire();
    expect(await outcomes(meeting)).toEqual(['Cedar missed', 'Kari missed', 'Liv missed', 'Ola missed']);
    expect(await announced(terminal)).toMatchObject({ ringUntil: null });
    moveClock(61_000);
    expect(await ringsOf(ola)).toMatchObject([
      { state: 'missed', callerName: 'Kari', subject: 'Design review', canJoin: true },
    ]);
    // Nobody has missed a call of their own.
    expect(await own(kari)).toBe('');
    await test.expectOk(ola, 'POST', `/my/rings/${meeting.id}/dismiss`);
    expect(await own(ola)).toBe('');
    await enter(liv, meeting);
    expect(await own(liv)).toBe('');
    expect(codeOf(await answer(liv, meeting))).toBe('ring_over');
  });

  it('ends by the clock without anybody asking', async () => {
    const meeting = await begin(callee(ola));
    await test.clock.advance(47_000);
    await vi.waitFor(async () => expect(await own(ola)).toBe('missed'));
    expect(await outcomes(meeting)).toContain('Ola missed');
  });

  it.each(['end', 'endOfOrganization'])('is withdrawn everywhere when the meeting ends (%s)', async (how) => {
    const terminal = await pair('Cedar');
    const meeting = await begin(callee(ola), named(terminal));
    if (how === 'end') await test.expectOk(kari, 'POST', `/meetings/${meeting.id}/end`);
    else {
      await enter(kari, meeting);
      const { meetings } = test.fleet.services;
      await test.fleet.db.transaction().execute((tx) => meetings.endAll(tx, kari.actor, inMs(0)));
    }
    expect(await ringsOf(ola)).toMatchObject([{ state: 'withdrawn', canJoin: false }]);
    const { state } = await test.fleet.db
      .selectFrom('rings')
      .select('state')
      .where('terminalId', '=', terminalId.parse(terminal.id))
      .executeTakeFirstOrThrow();
    expect(state).toBe('withdrawn');
  });

  it('is nobody else’s to answer', async () => {
    const meeting = await begin(callee(ola));
    expect(codeOf(await answer(liv, meeting))).toBe('not_found');
    expect(codeOf(await test.call(liv, 'GET', `/meetings/${meeting.id}/rings`))).toBe('not_found');
    expect(codeOf(await test.call(ola, 'GET', `/meetings/${meeting.id}/rings`))).toBe('meeting_not_yours');
  });
});

describe('do not disturb', () => {
  it('leaves a missed call without ringing, until it is switched off', async () => {
    await setQuiet(ola, { isOn: true, until: null });
    const meeting = await begin(callee(ola));
    expect(await own(ola)).toBe('missed');
    expect(await outcomes(meeting)).toEqual(['Kari ringing', 'Ola missed']);
    await setQuiet(ola, { isOn: false, until: null });
    await test.expectOk(kari, 'POST', `/meetings/${meeting.id}/rings`, { callees: [callee(ola)] });
    expect(await own(ola)).toBe('ringing');
  });

  it('ends at its time, which is in the future', async () => {
    expect(await setQuiet(ola, { isOn: true, until: inMs(60_000) })).toEqual({ isOn: true, until: inMs(60_000) });
    moveClock(60_000);
    expect(await test.expectOk(ola, 'GET', '/my/do-not-disturb')).toEqual({ isOn: false, until: null });
    await begin(callee(ola));
    expect(await own(ola)).toBe('ringing');
    const body = { isOn: true, until: inMs(0) };
    expect(codeOf(await test.call(ola, 'POST', '/my/do-not-disturb', { body }))).toBe('quiet_time_past');
  });

  it('and automatic answer of a terminal are its settings, off at first', async () => {
    const terminal = await pair('Cedar');
    const settings = async () => (await getDesired(test.fleet.db, terminalId.parse(terminal.id)))?.settings;
    expect(await settings()).toMatchObject({
      ...{ answersAutomatically: false, doNotDisturb: false, onRemoteStart: 'closed' },
    });
    const changed = { answersAutomatically: true, doNotDisturb: true, onRemoteStart: 'asInRoom' };
    expect(await test.expectOk(org.administrator, 'PATCH', `/terminals/${terminal.id}`, changed)).toMatchObject(
      changed,
    );
    expect(await settings()).toMatchObject(changed);
    await test.expectOk(org.administrator, 'PATCH', `/terminals/${terminal.id}`, { answersAutomatically: false });
    expect(await settings()).toMatchObject({ answersAutomatically: false, doNotDisturb: true });
  });
});

describe('whoever manages a running meeting', () => {
  it('rings again, and rings in who was not invited, who is from then on', async () => {
    const terminal = await pair('Cedar');
    const meeting = await begin(callee(ola));
    await decline(ola, meeting);
    const callees = [callee(ola), callee(liv), named(terminal)];
    await test.expectOk(kari, 'POST', `/meetings/${meeting.id}/rings`, { callees });
    expect(await outcomes(meeting)).toEqual(['Cedar ringing', 'Kari ringing', 'Liv ringing', 'Ola ringing']);
    expect(await test.expectOk(kari, 'GET', `/meetings/${meeting.id}`)).toMatchObject({
      attendees: [{ name: 'Ola' }, { name: 'Liv' }, { name: 'Cedar' }],
    });
    expect(await announced(terminal)).toMatchObject({ ringUntil: inMs(45_000) });
  });

  it('withdraws a ring', async () => {
    const meeting = await begin(callee(ola));
    await test.expectOk(kari, 'DELETE', `/meetings/${meeting.id}/rings/${ola.actor.accountId}`);
    expect(await own(ola)).toBe('withdrawn');
    const unknown = await test.call(kari, 'DELETE', `/meetings/${meeting.id}/rings/${liv.actor.accountId}`);
    expect(codeOf(unknown)).toBe('not_found');
  });

  it('does not ring who is in the meeting, and is told when nobody is left to ring', async () => {
    const meeting = await begin(callee(ola));
    await enter(ola, meeting);
    const call = (...callees: unknown[]) =>
      test.call(kari, 'POST', `/meetings/${meeting.id}/rings`, { body: { callees } });
    expect(codeOf(await call(callee(ola)))).toBe('nobody_to_ring');
    expect((await call(callee(ola), callee(liv))).status).toBe(201);
    expect(await outcomes(meeting)).toEqual(['Kari ringing', 'Liv ringing', 'Ola answered']);
  });

  it('cannot ring before it begins, or when it is over', async () => {
    const call = ({ id }: Meeting) =>
      test.call(kari, 'POST', `/meetings/${id}/rings`, { body: { callees: [callee(ola)] } });
    expect(codeOf(await call(await create({ startAt: inMs(3_600_000) })))).toBe('ring_before_start');
    const over = await begin();
    await test.expectOk(kari, 'POST', `/meetings/${over.id}/end`);
    expect(codeOf(await call(over))).toBe('meeting_over');
  });
});

describe('what a terminal tells of its ring', () => {
  it('is shown to the organizer, also when it comes late, and only for the ring that it names', async () => {
    const terminal = await pair('Cedar');
    const id = terminalId.parse(terminal.id);
    const meeting = await begin(named(terminal));
    const { ringUntil } = (await announced(terminal)) ?? {};
    const told = ringTold({ kind: 'ringDeclined', detail: { meetingId: meeting.id, ringUntil: ringUntil ?? '' } });
    if (!told) throw new Error('the event names a ring');
    const { rings } = test.fleet.services;
    moveClock(50_000);
    await rings.expire();
    await rings.followTerminal(id, told);
    expect(await outcomes(meeting)).toEqual(['Cedar declined', 'Kari missed']);
    await test.expectOk(kari, 'POST', `/meetings/${meeting.id}/rings`, { callees: [named(terminal)] });
    await rings.followTerminal(id, told);
    expect(await outcomes(meeting)).toEqual(['Cedar ringing', 'Kari missed']);
  });

  it('is nothing when the event is about something else, or names no ring', () => {
    expect(ringTold({ kind: 'left', detail: {} })).toBeNull();
    expect(ringTold({ kind: 'ringMissed', detail: { meetingId: 'x' } })).toBeNull();
  });
});
