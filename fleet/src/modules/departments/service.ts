import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type DepartmentId, newId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { refuseTakenName } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import { nameKeyOf } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { DepartmentRow } from '../../db/tables/people.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createDepartmentRepository, type DepartmentWithCount } from './repository.ts';
import { withBelow } from './tree.ts';

export type { DepartmentWithCount } from './repository.ts';
export type DepartmentFields = Pick<DepartmentRow, 'name' | 'parentId' | 'sortNumber'>;

/** The tree of departments, and which part of it an administrator manages. */
export interface DepartmentsService {
  list(scope: OrgScope, from?: FleetDatabase): Promise<DepartmentWithCount[]>;
  get(scope: OrgScope, id: DepartmentId): Promise<DepartmentWithCount>;
  create(actor: Actor, fields: DepartmentFields): Promise<DepartmentWithCount>;
  update(actor: Actor, id: DepartmentId, fields: Partial<DepartmentFields>): Promise<DepartmentWithCount>;
  remove(actor: Actor, id: DepartmentId): Promise<void>;
  /** The department with those below it; `not_found` when there is none. */
  listBelow(scope: OrgScope, id: DepartmentId): Promise<string[]>;
  /** What the actor manages: null for the whole organization, else departments with everything below. */
  managedBy(actor: Actor, from?: FleetDatabase): Promise<ReadonlySet<string> | null>;
  /** Throws unless it is there and the actor manages it; null, the organization itself, is managed by who manages all. */
  checkManaged(tx: FleetDatabase, actor: Actor, id: DepartmentId | null): Promise<void>;
}

export function createDepartmentsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
}): DepartmentsService {
  const { db, clock, audit, changes } = deps;

  const managedBy: DepartmentsService['managedBy'] = async (actor, from = db) => {
    if (actor.managedDepartments === null) return null;
    return withBelow(await createDepartmentRepository(from).list(actor), actor.managedDepartments);
  };

  const checkManaged: DepartmentsService['checkManaged'] = async (tx, actor, id) => {
    if (id !== null && !(await createDepartmentRepository(tx).find(actor, id))) throw new ProblemError('not_found');
    const managed = await managedBy(actor, tx);
    if (managed === null) return;
    if (id === null) throw new ProblemError('outside_departments');
    if (!managed.has(id)) throw new ProblemError('outside_scope');
  };

  async function get(tx: FleetDatabase, scope: OrgScope, id: DepartmentId): Promise<DepartmentWithCount> {
    const found = (await createDepartmentRepository(tx).list(scope)).find((each) => each.id === id);
    if (!found) throw new ProblemError('not_found');
    return found;
  }

  async function record(tx: FleetDatabase, actor: Actor, action: AuditAction, id: DepartmentId, name: string) {
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: id, detail: { name } });
    await changes.mark(tx, actor, 'people');
  }

  return {
    managedBy,
    checkManaged,
    list: (scope, from = db) => createDepartmentRepository(from).list(scope),
    get: (scope, id) => get(db, scope, id),
    async listBelow(scope, id) {
      const departments = await createDepartmentRepository(db).list(scope);
      if (!departments.some((each) => each.id === id)) throw new ProblemError('not_found');
      return [...withBelow(departments, [id])];
    },
    async create(actor, fields) {
      const now = clock.now();
      const id = newId('department', now);
      return await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          await checkManaged(tx, actor, fields.parentId);
          const { orgId } = actor;
          const nameKey = nameKeyOf(fields.name);
          await createDepartmentRepository(tx).insert({ ...fields, id, orgId, nameKey, createdAt: now.toISOString() });
          await record(tx, actor, 'department.created', id, fields.name);
          return await get(tx, actor, id);
        })
        .catch(refuseTakenName('departments_name', fields.name));
    },
    async update(actor, id, fields) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await checkManaged(tx, actor, id);
        const before = await get(tx, actor, id);
        const { name = before.name, parentId } = fields;
        if (parentId !== undefined && parentId !== before.parentId) {
          await checkManaged(tx, actor, parentId);
          const below = withBelow(await createDepartmentRepository(tx).list(actor), [id]);
          if (parentId !== null && below.has(parentId)) throw new ProblemError('department_loop', { name });
        }
        if (Object.keys(fields).length === 0) return before;
        await createDepartmentRepository(tx)
          .update(actor, id, { ...fields, nameKey: nameKeyOf(name) })
          .catch(refuseTakenName('departments_name', name));
        await record(tx, actor, 'department.updated', id, name);
        return await get(tx, actor, id);
      });
    },
    async remove(actor, id) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await checkManaged(tx, actor, id);
        const repository = createDepartmentRepository(tx);
        const departments = await repository.list(actor);
        const { name, parentId } = await get(tx, actor, id);
        const beside = departments.filter((each) => each.parentId === parentId && each.id !== id);
        const taken = new Set(beside.map(({ nameKey }) => nameKey));
        const clash = departments.find((each) => each.parentId === id && taken.has(each.nameKey));
        if (clash) throw new ProblemError('name_taken', { name: clash.name });
        await repository.dissolve(actor, id, parentId);
        await record(tx, actor, 'department.removed', id, name);
      });
    },
  };
}
