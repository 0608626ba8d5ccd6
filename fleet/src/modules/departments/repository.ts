import type { DepartmentId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { DepartmentRow } from '../../db/tables/people.ts';

export type DepartmentWithCount = DepartmentRow & { people: number };

export function createDepartmentRepository(db: FleetDatabase) {
  return {
    async list(scope: OrgScope): Promise<DepartmentWithCount[]> {
      const rows = await db
        .selectFrom('departments')
        .selectAll()
        .select((eb) =>
          eb
            .selectFrom('memberships')
            .select((sub) => sub.fn.countAll<number>().as('n'))
            .whereRef('memberships.orgId', '=', 'departments.orgId')
            .whereRef('memberships.departmentId', '=', 'departments.id')
            .as('people'),
        )
        .where('orgId', '=', scope.orgId)
        .orderBy('sortNumber')
        .orderBy('nameKey')
        .execute();
      return rows.map((row) => ({ ...row, people: Number(row.people) }));
    },
    async find(scope: OrgScope, id: DepartmentId): Promise<DepartmentRow | undefined> {
      return await db
        .selectFrom('departments')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirst();
    },
    async insert(department: DepartmentRow): Promise<void> {
      await db.insertInto('departments').values(department).execute();
    },
    async update(
      scope: OrgScope,
      id: DepartmentId,
      values: Partial<Omit<DepartmentRow, 'id' | 'orgId'>>,
    ): Promise<void> {
      await db.updateTable('departments').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    /** What stood in it goes to `parentId`. */
    async dissolve(scope: OrgScope, id: DepartmentId, parentId: DepartmentId | null): Promise<void> {
      const within = { departmentId: parentId };
      await db
        .updateTable('memberships')
        .set(within)
        .where('orgId', '=', scope.orgId)
        .where('departmentId', '=', id)
        .execute();
      await db
        .updateTable('invitations')
        .set(within)
        .where('orgId', '=', scope.orgId)
        .where('departmentId', '=', id)
        .execute();
      await db
        .updateTable('departments')
        .set({ parentId })
        .where('orgId', '=', scope.orgId)
        .where('parentId', '=', id)
        .execute();
      await db.deleteFrom('departments').where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
  };
}
