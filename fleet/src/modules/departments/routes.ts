import type { Department, departmentRoutes } from '@anteroom/shared/api/people.ts';
import { holds } from '@anteroom/shared/identity/roles.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { Actor } from '../sessions/service.ts';
import type { DepartmentsService, DepartmentWithCount } from './service.ts';

export function createDepartmentHandlers(deps: { departments: DepartmentsService }): Handlers<typeof departmentRoutes> {
  const { departments } = deps;

  async function managedBy(actor: Actor): Promise<ReadonlySet<string> | null> {
    return holds(actor, 'users') ? await departments.managedBy(actor) : new Set();
  }

  return {
    async list({ actor }) {
      const managed = await managedBy(actor);
      const items = await departments.list(actor);
      return {
        items: items.map((each) => toDepartment(each, managed === null || managed.has(each.id))),
        mayManageAll: managed === null,
      };
    },
    async get({ actor, params }) {
      const managed = await managedBy(actor);
      const department = await departments.get(actor, params.departmentId);
      return toDepartment(department, managed === null || managed.has(department.id));
    },
    // What the actor just made or changed is within what they manage.
    create: async ({ actor, body }) => toDepartment(await departments.create(actor, body), true),
    update: async ({ actor, params, body }) =>
      toDepartment(await departments.update(actor, params.departmentId, given(body)), true),
    async remove({ actor, params }) {
      await departments.remove(actor, params.departmentId);
      return undefined;
    },
  };
}

function toDepartment(department: DepartmentWithCount, mayManage: boolean): Department {
  const { id, parentId, name, sortNumber, people } = department;
  return { id, parentId, name, sortNumber, people, mayManage };
}
