import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type ContactId, newId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import { nameKeyOf, type Page, type PageRequest } from '../../db/paging.ts';
import type { ContactRow } from '../../db/tables/people.ts';
import { readPhone } from '../../phones.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createContactRepository } from './repository.ts';

export type { ContactRow } from '../../db/tables/people.ts';
export type ContactFields = Pick<ContactRow, 'name' | 'company' | 'phone' | 'email' | 'remark'>;

/** People outside whom the organization meets often: of no department, so changed by who manages all of them. */
export interface ContactsService {
  list(actor: Actor, request: PageRequest): Promise<Page<ContactRow>>;
  get(actor: Actor, id: ContactId): Promise<ContactRow>;
  create(actor: Actor, fields: ContactFields): Promise<ContactRow>;
  update(actor: Actor, id: ContactId, fields: Partial<ContactFields>): Promise<ContactRow>;
  remove(actor: Actor, id: ContactId): Promise<void>;
}

export function createContactsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
}): ContactsService {
  const { db, clock, audit, changes, departments } = deps;

  async function begin(tx: FleetDatabase, actor: Actor): Promise<void> {
    await lockOrganization(tx, actor);
    await departments.checkManaged(tx, actor, null);
  }

  async function get(tx: FleetDatabase, actor: Actor, id: ContactId): Promise<ContactRow> {
    const contact = await createContactRepository(tx).find(actor, id);
    if (!contact) throw new ProblemError('not_found');
    return contact;
  }

  async function record(tx: FleetDatabase, actor: Actor, action: AuditAction, { id, name }: ContactRow): Promise<void> {
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: id, detail: { name } });
    await changes.mark(tx, actor, 'people');
  }

  return {
    list: (actor, request) => createContactRepository(db).list(actor, request),
    get: (actor, id) => get(db, actor, id),
    async create(actor, fields) {
      const now = clock.now();
      const { orgId } = actor;
      const id = newId('contact', now);
      const given = checked(fields);
      const contact = { ...given, ...keysOf(given), id, orgId, createdAt: now.toISOString() };
      await db.transaction().execute(async (tx) => {
        await begin(tx, actor);
        await createContactRepository(tx).insert(contact);
        await record(tx, actor, 'contact.created', contact);
      });
      return contact;
    },
    async update(actor, id, fields) {
      return await db.transaction().execute(async (tx) => {
        await begin(tx, actor);
        const before = await get(tx, actor, id);
        if (Object.keys(fields).length === 0) return before;
        const given = checked(fields);
        await createContactRepository(tx).update(actor, id, { ...given, ...keysOf({ ...before, ...given }) });
        const contact = await get(tx, actor, id);
        await record(tx, actor, 'contact.updated', contact);
        return contact;
      });
    },
    async remove(actor, id) {
      await db.transaction().execute(async (tx) => {
        await begin(tx, actor);
        const contact = await get(tx, actor, id);
        await createContactRepository(tx).remove(actor, id);
        await record(tx, actor, 'contact.removed', contact);
      });
    },
  };
}

function keysOf({ name, company, phone, email }: ContactFields): Pick<ContactRow, 'nameKey' | 'searchKey'> {
  return { nameKey: nameKeyOf(name), searchKey: nameKeyOf(`${name} ${company} ${phone ?? ''} ${email ?? ''}`) };
}

/** A number that does not exist reaches nobody. */
function checked<F extends Partial<ContactFields>>(fields: F): F {
  return fields.phone ? { ...fields, phone: readPhone(fields.phone) } : fields;
}
