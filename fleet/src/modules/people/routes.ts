import { type Person, type peopleRoutes, person } from '@anteroom/shared/api/people.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import { toComingMeeting } from '../meetings/service.ts';
import type { Member, PeopleService } from './service.ts';

export function createPeopleHandlers({ people }: { people: PeopleService }): Handlers<typeof peopleRoutes> {
  return {
    async list({ actor, query }) {
      const page = await people.list(actor, query);
      return { ...page, items: page.items.map(toPerson) };
    },
    get: async ({ actor, params }) => toPerson(await people.get(actor, params.accountId)),
    add: async ({ actor, body }) => toPerson(await people.add(actor, body)),
    update: async ({ actor, params, body }) => toPerson(await people.update(actor, params.accountId, given(body))),
    setRole: async ({ actor, params, body }) => toPerson(await people.setRole(actor, params.accountId, body)),
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
