import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId, type SpaceId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { refuseTakenName } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import { nameKeyOf, type Page, type PageRequest } from '../../db/paging.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createSpaceRepository, type SpaceWithTerminal } from './repository.ts';

export type SpaceFields = { name: string; site: string; floor: string; capacity: number; timeZone: string };

export interface SpacesService {
  list(actor: Actor, request: PageRequest): Promise<Page<SpaceWithTerminal>>;
  get(actor: Actor, id: SpaceId, from?: FleetDatabase): Promise<SpaceWithTerminal>;
  create(actor: Actor, fields: SpaceFields): Promise<SpaceWithTerminal>;
  update(actor: Actor, id: SpaceId, fields: Partial<SpaceFields>): Promise<SpaceWithTerminal>;
  remove(actor: Actor, id: SpaceId): Promise<void>;
}

export function createSpacesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
}): SpacesService {
  const { db, clock, audit, changes, desired } = deps;

  async function get(actor: Actor, id: SpaceId, from: FleetDatabase = db): Promise<SpaceWithTerminal> {
    const space = await createSpaceRepository(from).find(actor, id);
    if (!space) throw new ProblemError('not_found');
    return space;
  }

  return {
    list: (actor, request) => createSpaceRepository(db).list(actor, request),
    get,
    async create(actor, fields) {
      const now = clock.now();
      const id = newId('space', now);
      const row = { ...fields, id, orgId: actor.orgId, nameKey: nameKeyOf(fields.name), createdAt: now.toISOString() };
      await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          await createSpaceRepository(tx).insert(row);
          const detail = { name: fields.name, site: fields.site };
          await audit.append(tx, actor, { actor: actor.accountId, action: 'space.created', subjectId: id, detail });
          await changes.mark(tx, actor, 'spaces');
        })
        .catch(refuseTakenName('spaces.name_key', fields.name));
      return { ...row, terminalId: null };
    },
    async update(actor, id, fields) {
      const { name } = fields;
      return await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          const before = await get(actor, id, tx);
          if (Object.keys(fields).length === 0) return before;
          const values = { ...fields, ...(name === undefined ? {} : { nameKey: nameKeyOf(name) }) };
          await createSpaceRepository(tx).update(actor, id, values);
          await audit.append(tx, actor, {
            actor: actor.accountId,
            action: 'space.updated',
            subjectId: id,
            detail: { ...fields },
          });
          if (before.terminalId) await desired.refresh(tx, [before.terminalId]);
          await changes.mark(tx, actor, 'spaces', 'terminals');
          return await get(actor, id, tx);
        })
        .catch(refuseTakenName('spaces.name_key', name ?? ''));
    },
    async remove(actor, id) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const space = await get(actor, id, tx);
        await createSpaceRepository(tx).remove(actor, id);
        const detail = { name: space.name, site: space.site };
        await audit.append(tx, actor, { actor: actor.accountId, action: 'space.removed', subjectId: id, detail });
        if (space.terminalId) await desired.refresh(tx, [space.terminalId]);
        await changes.mark(tx, actor, 'spaces', 'terminals');
      });
    },
  };
}
