import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId, type RoomId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { refuseTakenName } from '../../db/faults.ts';
import { nameKeyOf, type Page, type PageRequest } from '../../db/paging.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createRoomRepository, type RoomWithTerminals } from './repository.ts';

export type RoomFields = { name: string; capacity: number };

export interface RoomsService {
  list(actor: Actor, request: PageRequest): Promise<Page<RoomWithTerminals>>;
  get(actor: Actor, id: RoomId): Promise<RoomWithTerminals>;
  create(actor: Actor, fields: RoomFields): Promise<RoomWithTerminals>;
  update(actor: Actor, id: RoomId, fields: Partial<RoomFields>): Promise<RoomWithTerminals>;
}

export function createRoomsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
  numbers: NumbersService;
}): RoomsService {
  const { db, clock, audit, changes, desired, numbers } = deps;

  async function get(actor: Actor, id: RoomId, from: FleetDatabase = db): Promise<RoomWithTerminals> {
    const room = await createRoomRepository(from).find(actor, id);
    if (!room) throw new ProblemError('not_found');
    return room;
  }

  return {
    list: (actor, request) => createRoomRepository(db).list(actor, request),
    get: (actor, id) => get(actor, id),
    async create(actor, fields) {
      const now = clock.now();
      const id = newId('room', now);
      return await db
        .transaction()
        .execute(async (tx) => {
          await createRoomRepository(tx).insert({
            ...fields,
            id,
            orgId: actor.orgId,
            nameKey: nameKeyOf(fields.name),
            number: await numbers.next(tx, actor, id),
            createdAt: now.toISOString(),
          });
          const detail = { ...fields };
          await audit.append(tx, actor, { actor: actor.accountId, action: 'room.created', subjectId: id, detail });
          await changes.mark(tx, actor, 'rooms');
          return await get(actor, id, tx);
        })
        .catch(refuseTakenName('rooms.name_key', fields.name));
    },
    async update(actor, id, fields) {
      const { name } = fields;
      return await db
        .transaction()
        .execute(async (tx) => {
          const before = await get(actor, id, tx);
          if (Object.keys(fields).length === 0) return before;
          const values = { ...fields, ...(name === undefined ? {} : { nameKey: nameKeyOf(name) }) };
          await createRoomRepository(tx).update(actor, id, values);
          const detail = { ...fields };
          await audit.append(tx, actor, { actor: actor.accountId, action: 'room.updated', subjectId: id, detail });
          await desired.refresh(tx, before.terminalIds);
          await changes.mark(tx, actor, 'rooms', 'terminals', 'meetings');
          return await get(actor, id, tx);
        })
        .catch(refuseTakenName('rooms.name_key', name ?? ''));
    },
  };
}
