import type { Department, departmentRoutes } from '@anteroom/shared/api/people.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { DepartmentsService, DepartmentWithCount } from './service.ts';

export function createDepartmentHandlers(deps: { departments: DepartmentsService }): Handlers<typeof departmentRoutes> {
  const { departments } = deps;
  return {
    list: async ({ actor }) => ({ items: (await departments.list(actor)).map(toDepartment) }),
    create: async ({ actor, body }) => toDepartment(await departments.create(actor, body)),
    update: async ({ actor, params, body }) =>
      toDepartment(await departments.update(actor, params.departmentId, given(body))),
    async remove({ actor, params }) {
      await departments.remove(actor, params.departmentId);
      return undefined;
    },
  };
}

function toDepartment({ id, parentId, name, sortNumber, people }: DepartmentWithCount): Department {
  return { id, parentId, name, sortNumber, people };
}
