import { type Invitation, invitationRoutes } from '@anteroom/shared/api/invitations.ts';
import { type PersonDetail, peopleRoutes } from '@anteroom/shared/api/people.ts';
import type { ComingMeeting } from '@anteroom/shared/api/rooms.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { FixtureState } from './fixture-data.ts';
import { type FixtureCall, found, type Handler, pageOf } from './fixture-handlers.ts';

const nobody: Omit<PersonDetail, 'id' | 'name' | 'phone'> = {
  ...{ kind: 'standard', email: null, department: null, position: '', sortNumber: 0, remark: '', role: 'member' },
  ...{ permissions: [], managedDepartments: null, sites: [], mayManage: true },
  signIn: { hasPassword: true, linkExpiresAt: null },
};

const isoIn = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Whom the default administrator may hand over to; she organizes two meetings. */
export const successor: PersonDetail = {
  ...{ ...nobody, id: newId('account'), name: 'Ingrid Dahl', phone: '+4790000002', email: 'ingrid@halden.test' },
};

export function addPeople({ people, invitations, departments }: FixtureState): void {
  const [sales] = departments;
  const department = sales ? { id: sales.id, name: sales.name } : null;
  people.push(
    { ...successor, department, position: 'Head of design' },
    {
      ...{ ...nobody, id: newId('account'), name: 'Kim Berg', phone: '+4790000009', department },
      signIn: { hasPassword: false, linkExpiresAt: isoIn(160) },
    },
    {
      ...{ ...nobody, id: newId('account'), name: 'Zhao Min', phone: '+8613800138000', role: 'defaultAdministrator' },
      ...{ mayManage: false, signIn: null },
    },
  );
  const invited = (name: string, recipient: string, state: Invitation['state']): Invitation => ({
    ...{ id: newId('invitation'), name, recipient, department, position: '', remark: '', invitedBy: 'Zhao Min' },
    ...{ createdAt: isoIn(-30), sentAt: isoIn(-30), expiresAt: isoIn(state === 'expired' ? -2 : 138), state },
  });
  invitations.push(
    invited('Ola Nord', '+4790000011', 'waiting'),
    invited('Rune Vik', 'rune@guests.test', 'accepted'),
    invited('Liv Moe', '+4790000013', 'expired'),
    invited('Chen Yu', '+8613800138009', 'refused'),
  );
}

/** Of whoever organizes some. */
function comingOf(id: string | undefined): ComingMeeting[] {
  if (id !== successor.id) return [];
  const times = { timeZone: 'Europe/Oslo', organizerName: successor.name };
  return ['Design review', 'Hinge tolerances'].map((subject, index) => ({
    ...{
      ...times,
      id: newId('meeting'),
      subject,
      startAt: isoIn(24 * (index + 1)),
      endAt: isoIn(24 * (index + 1) + 1),
    },
  }));
}

const personOf = (state: FixtureState, call: FixtureCall) =>
  found(state.people.find(({ id }) => id === call.params.accountId));
const invitationOf = (state: FixtureState, call: FixtureCall) =>
  found(state.invitations.find(({ id }) => id === call.params.invitationId));
const placedIn = (state: FixtureState, id: string | null) => state.departments.find((each) => each.id === id) ?? null;

export const peopleHandlers: Record<string, Handler> = {
  'people.list': ({ people }, call) => pageOf(people, call, ({ name }) => name),
  'people.get': personOf,
  'people.add': (state, call) => {
    const { departmentId, language: _language, ...body } = peopleRoutes.add.body.parse(call.body);
    const signIn = { hasPassword: false, linkExpiresAt: isoIn(168) };
    const person = { ...nobody, ...body, id: newId('account'), department: placedIn(state, departmentId), signIn };
    state.people.push(person);
    return person;
  },
  'people.update': (state, call) => {
    const { departmentId = null, ...place } = peopleRoutes.update.body.parse(call.body);
    return Object.assign(personOf(state, call), place, { department: placedIn(state, departmentId) });
  },
  'people.setRole': (state, call) => {
    const none = { permissions: [], managedDepartments: null, sites: [] };
    return Object.assign(personOf(state, call), none, peopleRoutes.setRole.body.parse(call.body));
  },
  'people.sendLink': (state, call) => {
    const { phone } = personOf(state, call);
    throw new ProblemError('links_to_person_limited', { recipient: phone ?? '', perDay: 5, minutes: 1 });
  },
  'people.listComing': (_state, call) => ({ items: comingOf(call.params.accountId) }),
  'people.remove': (state, call) => {
    const { id, name } = personOf(state, call);
    const coming = comingOf(id);
    if (coming.length > 0 && !call.query.comingMeetings)
      throw new ProblemError('person_has_future_meetings', { name, count: coming.length, meetings: '' });
    state.people = state.people.filter((each) => each.id !== id);
  },
  'invitations.list': ({ invitations }, call) => {
    const { state } = call.query;
    return pageOf(
      invitations.filter((each) => state === undefined || each.state === state),
      call,
      ({ name }) => name,
    );
  },
  'invitations.create': (state, call) => {
    const {
      departmentId,
      language: _language,
      sortNumber: _sort,
      ...body
    } = invitationRoutes.create.body.parse(call.body);
    const at = { createdAt: isoIn(0), sentAt: isoIn(0), expiresAt: isoIn(168) };
    const own = { id: newId('invitation'), department: placedIn(state, departmentId), invitedBy: 'Zhao Min' };
    const invitation: Invitation = { ...body, ...own, ...at, state: 'waiting' };
    state.invitations.unshift(invitation);
    return invitation;
  },
  'invitations.send': (state, call) =>
    Object.assign(invitationOf(state, call), { state: 'waiting', sentAt: isoIn(0), expiresAt: isoIn(168) }),
  'invitations.approve': (state, call) => Object.assign(invitationOf(state, call), { state: 'joined' }),
  'invitations.decline': (state, call) => Object.assign(invitationOf(state, call), { state: 'declined' }),
  'invitations.withdraw': (state, call) => Object.assign(invitationOf(state, call), { state: 'withdrawn' }),
};
