import { type Person, type PersonDetail, type peopleRoutes, person } from '@anteroom/shared/api/people.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import { toComingMeeting } from '../meetings/service.ts';
import type { Member, MemberDetail, PeopleService } from './service.ts';

export function createPeopleHandlers({ people }: { people: PeopleService }): Handlers<typeof peopleRoutes> {
  return {
    async list({ actor, query }) {
      const page = await people.list(actor, query);
      return { ...page, items: page.items.map(toPerson) };
    },
    get: async ({ actor, params }) => toDetail(await people.get(actor, params.accountId)),
    add: async ({ actor, body }) => toDetail(await people.add(actor, body)),
    sendLink: async ({ actor, params }) => toDetail(await people.sendLink(actor, params.accountId)),
    update: async ({ actor, params, body }) => toDetail(await people.update(actor, params.accountId, given(body))),
    setRole: async ({ actor, params, body }) => toDetail(await people.setRole(actor, params.accountId, body)),
    async listComing({ actor, params }) {
      const coming = await people.listComing(actor, params.accountId);
      return { items: coming.map(toComingMeeting) };
    },
    async remove({ actor, params, query }) {
      await people.remove(actor, params.accountId, query);
      return undefined;
    },
  };
}

function toDetail(row: MemberDetail): PersonDetail {
  return { ...toPerson(row), signIn: row.signIn };
}

function toPerson(row: Member): Person {
  const { kind, name, phone, email, position, sortNumber, remark, role, departmentId, departmentName } = row;
  const department = departmentId === null ? null : { id: departmentId, name: departmentName ?? '' };
  return {
    ...{ id: row.accountId, kind, name, phone, email, department, position, sortNumber, remark, role },
    permissions: person.shape.permissions.parse(JSON.parse(row.permissions)),
    managedDepartments: person.shape.managedDepartments.parse(JSON.parse(row.managedDepartments ?? 'null')),
    sites: person.shape.sites.parse(JSON.parse(row.sites)),
    mayManage: row.mayManage,
  };
}
