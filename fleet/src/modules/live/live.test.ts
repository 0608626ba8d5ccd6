import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { liveView } from '@anteroom/shared/signalling/live.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { comeToDoor, goIn, type Participant } from '../../testing/participants.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let other: Organization;
/** Whose meetings they are; in them, she is the host. */
let hana: Person;
let meeting: Meeting;

beforeAll(async () => {
  test = await startTestFleet({ args: ['--roles', 'api,signal'] });
  org = await test.createOrganization('Halden');
  other = await test.createOrganization('Other');
  hana = await test.createPerson(org.id, { name: 'Hana', kind: 'standard', role: 'member' });
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  meeting = await plan({ subject: task.name.slice(0, 60) });
});

const plan = (fields: Record<string, unknown>) =>
  test.createMeeting(hana, '', { ...fields, resource: { kind: 'concurrency' } });
const path = () => `/signal/meetings/${meeting.id}`;
const view = async (by: Person = org.administrator) => liveView.parse(await test.expectOk(by, 'GET', path()));
const control = (action: unknown, by: Person = org.administrator, headers: Record<string, string> = {}) =>
  test.call(by, 'POST', `${path()}/control`, { body: { action }, headers });
const actsOf = async () => {
  const trail = await test.expectOk(org.administrator, 'GET', '/audit?limit=50');
  // the contract's answer
  const { items } = trail as { items: { action: string; subjectId: string; detail: unknown }[] };
  return items.filter(({ subjectId }) => subjectId === meeting.id);
};
const rosterOf = async (who: Participant) =>
  (await view()).roster.find((one) => one.participantId === who.participantId);

describe('the live meeting from outside', () => {
  it('is empty while nobody is in, and then shows who is', async () => {
    expect(await view()).toEqual({ controls: null, roster: [], waiting: [], called: [], content: null });
    const [ola, host] = [await goIn(test, meeting, 'Ola'), await goIn(test, meeting, hana)];
    const { roster, controls } = await view();
    expect(roster).toMatchObject([
      { participantId: ola.participantId, name: 'Ola', kind: 'guest', role: 'guest' },
      { participantId: host.participantId, role: 'host' },
    ]);
    expect(controls).toMatchObject({ isLocked: false });
  });

  it('is for whoever manages the meeting: not for those invited, for other administrators, or for others', async () => {
    const { member } = org;
    const attendees = [{ kind: 'person', accountId: member.actor.accountId }];
    meeting = await plan({ attendees });
    const manager = await test.createPerson(org.id, { name: 'M', role: 'administrator', permissions: ['meetings'] });
    const engineer = await test.createPerson(org.id, { name: 'T', role: 'administrator', permissions: ['terminals'] });
    for (const person of [hana, manager, org.administrator]) expect(await view(person)).toMatchObject({ roster: [] });
    const lock = { kind: 'lock', isLocked: true };
    for (const [person, code] of [
      [member, 'meeting_not_yours'],
      [engineer, 'not_found'],
      [other.administrator, 'not_found'],
    ] as const) {
      expect(codeOf(await test.call(person, 'GET', path()))).toBe(code);
      expect(codeOf(await test.call(person, 'GET', `${path()}/events`))).toBe(code);
      expect(codeOf(await control(lock, person))).toBe(code);
    }
  });

  it('is over with the meeting', async () => {
    await goIn(test, meeting, 'Ola');
    await test.expectOk(org.administrator, 'POST', `/meetings/${meeting.id}/end`);
    expect(codeOf(await test.call(org.administrator, 'GET', path()))).toBe('meeting_over');
    expect(codeOf(await control({ kind: 'unmuteAll' }))).toBe('meeting_over');
  });
});

describe('control from outside', () => {
  it('reaches the meeting with the rights of its host, in the name of who does it', async () => {
    const [ola, host] = [await goIn(test, meeting, 'Ola'), await goIn(test, meeting, hana)];
    const { participantId } = ola;
    await control({ kind: 'mute', participantId });
    expect(await rosterOf(ola)).toMatchObject({ isMutedByHost: true });
    await control({ kind: 'unmute', participantId });
    expect(await ola.next('ask')).toMatchObject({ what: 'microphone', by: org.administrator.actor.accountName });
    await control({ kind: 'setCohost', participantId, isCohost: true });
    await control({ kind: 'rename', participantId, name: 'Ola N.' });
    await control({ kind: 'spotlight', participantId });
    expect(await rosterOf(ola)).toMatchObject({ role: 'cohost', name: 'Ola N.' });
    expect(await view()).toMatchObject({ controls: { spotlight: participantId } });
    await control({ kind: 'handOver', participantId });
    expect(await rosterOf(ola)).toMatchObject({ role: 'host' });
    expect(await rosterOf(host)).toMatchObject({ role: 'cohost' });
    expect((await control({ kind: 'remove', participantId: host.participantId })).status).toBe(204);
    expect(await host.next('bye')).toMatchObject({ reason: 'removed' });
    expect((await view()).roster).toHaveLength(1);
  });

  it('keeps in the audit trail what lasts, with whom it was done to', async () => {
    const [ola] = [await goIn(test, meeting, 'Ola'), await goIn(test, meeting, hana)];
    const { participantId } = ola;
    for (const action of [
      { kind: 'mute', participantId },
      { kind: 'muteAll', canUnmute: false },
      { kind: 'lock', isLocked: true },
      { kind: 'lock', isLocked: false },
      { kind: 'extend', minutes: 15 },
      { kind: 'remove', participantId },
      { kind: 'end' },
    ])
      expect((await control(action)).status).toBe(204);
    const acts = await actsOf();
    expect(acts.map(({ action }) => action).reverse()).toEqual([
      ...['meeting.created', 'meeting.everybodyMuted', 'meeting.locked', 'meeting.unlocked', 'meeting.extended'],
      ...['meeting.participantRemoved', 'meeting.ended'],
    ]);
    const removed = acts.find(({ action }) => action === 'meeting.participantRemoved');
    expect(removed).toMatchObject({
      actor: { id: org.administrator.actor.accountId },
      detail: { subject: meeting.subject, participant: 'Ola' },
    });
  });

  it('says in the reader’s language why it was refused, and keeps nothing of that', async () => {
    const host = await goIn(test, meeting, hana);
    const action = { kind: 'remove', participantId: host.participantId };
    const refused = await control(action, org.administrator, { 'accept-language': 'zh-CN' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'control_host_protected' } });
    expect(refused.body).toMatchObject({ detail: '不能移除主持人，请先移交主持人。' });
    expect(await actsOf()).toMatchObject([{ action: 'meeting.created' }]);
  });

  it('does nothing as if somebody were in the meeting who is not', async () => {
    await goIn(test, meeting, 'Ola');
    for (const action of [
      { kind: 'chat', text: 'Hello' },
      { kind: 'raiseHand', isRaised: true },
    ])
      expect(codeOf(await control(action))).toBe('request_invalid');
  });

  it('says so when nobody is in, and lets in who waits all the same', async () => {
    meeting = await plan({ waitingRoom: 'everyone' });
    expect(codeOf(await control({ kind: 'lock', isLocked: true }))).toBe('nobody_in_meeting');
    expect(codeOf(await control({ kind: 'admit', participantId: null }))).toBe('control_not_waiting');
    const gil = await comeToDoor(test, meeting, 'Gil');
    await gil.next('held');
    const { waiting } = await view();
    expect(waiting).toMatchObject([{ name: 'Gil', kind: 'guest' }]);
    await control({ kind: 'tellWaiting', text: 'Two minutes' });
    expect(await gil.next('notice')).toMatchObject({ text: 'Two minutes' });
    await control({ kind: 'admit', participantId: waiting[0]?.participantId });
    await gil.next('joined');
    expect(await view()).toMatchObject({ waiting: [], roster: [{ name: 'Gil' }] });
    expect(await actsOf()).toMatchObject([
      { action: 'meeting.participantsAdmitted', detail: { participant: 'Gil' } },
      { action: 'meeting.created' },
    ]);
  });

  it('holds up who does more than hands can', async () => {
    await goIn(test, meeting, 'Ola');
    const manager = await test.createPerson(org.id, { name: 'Fast', role: 'administrator', permissions: ['meetings'] });
    for (let i = 0; i < 60; i++) expect((await control({ kind: 'unmuteAll' }, manager)).status).toBe(204);
    expect(codeOf(await control({ kind: 'unmuteAll' }, manager))).toBe('rate_limited');
    await test.clock.advance(30_000);
    expect((await control({ kind: 'unmuteAll' }, manager)).status).toBe(204);
  });
});

it('with the roles in separate processes, the one that signals serves it, and the other says where it belongs', async () => {
  await using api = await startTestFleet();
  await using signal = await api.startProcess(['--roles', 'signal']);
  const { administrator } = await api.createOrganization('Apart');
  const held = await api.createMeeting(administrator, await api.createRoom(administrator, 'Atlas'));
  const ola = await goIn({ call: api.call, fleet: signal }, held, 'Ola');
  const url = `/api/v1/signal/meetings/${held.id}`;
  expect(await api.call(administrator, 'GET', url)).toMatchObject({
    status: 503,
    body: { code: 'signalling_elsewhere' },
  });
  const headers = { cookie: administrator.cookie };
  expect((await signal.app?.inject({ url, headers }))?.body).toContain('"name":"Ola"');
  const payload = { action: { kind: 'end' } };
  const ended = await signal.app?.inject({ method: 'POST', url: `${url}/control`, headers, payload });
  expect(ended?.statusCode).toBe(204);
  await vi.waitFor(async () => {
    await api.clock.advance(2_000);
    expect(ola.pending('bye')).toBe(1);
  });
});
