import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { holds } from '@anteroom/shared/identity/roles.ts';
import { type AccountId, newId, type RoomId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { refuseTakenName } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import { nameKeyOf, type Page, type PageRequest } from '../../db/paging.ts';
import type { OrgScope, SiteScope } from '../../db/scope.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createRoomRepository, type Planner, type RoomWithTerminals } from './repository.ts';

export type RoomFields = { name: string; capacity: number; guestPassword?: string | null | undefined };

/** A cloud room as it is now: until when paid orders cover it, null when none does. */
export type RoomNow = RoomWithTerminals & { validUntil: string | null };

export type RoomsRequest = PageRequest & {
  /** Only the rooms in which the actor may plan a meeting. */
  for?: 'planning' | undefined;
};

export interface RoomsService {
  list(actor: Actor, request: RoomsRequest): Promise<Page<RoomNow>>;
  /** The rooms of which the actor is the cloud-room administrator, by name. */
  listOwn(actor: Actor): Promise<RoomNow[]>;
  /** Names of the cloud rooms that are assigned to a person. */
  namesHeldBy(tx: FleetDatabase, scope: OrgScope, accountId: AccountId): Promise<string[]>;
  /** Takes back what an account holds that is going away. */
  reclaimFrom(tx: FleetDatabase, scope: OrgScope, accountId: AccountId): Promise<void>;
  /** Of whose scope reaches it, else `not_found`. */
  get(scope: SiteScope, id: RoomId, from?: FleetDatabase): Promise<RoomNow>;
  create(actor: Actor, fields: RoomFields): Promise<RoomNow>;
  update(actor: Actor, id: RoomId, fields: Partial<RoomFields>): Promise<RoomNow>;
  /** For the assignments, in their transaction. */
  setAssignee(tx: FleetDatabase, scope: OrgScope, id: RoomId, assigneeAccountId: AccountId | null): Promise<void>;
}

export function createRoomsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
  desired: DesiredService;
  numbers: NumbersService;
  orders: OrdersService;
}): RoomsService {
  const { db, clock, audit, changes, departments, desired, numbers, orders } = deps;

  async function toNow(scope: OrgScope, rooms: RoomWithTerminals[], from: FleetDatabase): Promise<RoomNow[]> {
    if (rooms.length === 0) return [];
    const until = await orders.roomsCoveredUntil(scope, rooms, from);
    return rooms.map((room, index) => ({ ...room, validUntil: until[index] ?? null }));
  }

  async function get(scope: SiteScope, id: RoomId, from: FleetDatabase = db): Promise<RoomNow> {
    const room = await createRoomRepository(from).find(scope, id);
    const [now] = await toNow(scope, room ? [room] : [], from);
    if (!now) throw new ProblemError('not_found');
    return now;
  }

  /** By the rule of `rightToPlan`; null for whoever plans in every room. */
  async function plannerOf(actor: Actor): Promise<Planner | null> {
    const managed = holds(actor, 'meetings') ? await departments.managedBy(actor) : new Set<string>();
    return managed === null ? null : { accountId: actor.accountId, managed };
  }

  /** More parties than were ordered need a larger ordered room, which the room then is made of. */
  async function lineForCapacity(tx: FleetDatabase, room: RoomNow, capacity: number) {
    if (capacity <= (room.orderedCapacity ?? 0)) return {};
    const line = await orders.lineForNewRoom(tx, room, capacity).catch((cause: unknown) => {
      if (!(cause instanceof ProblemError) || room.orderedCapacity === null) throw cause;
      throw new ProblemError('room_over_order', { limit: room.orderedCapacity }, { cause });
    });
    return { orderLineId: line.id };
  }

  return {
    async list(actor, { for: purpose, ...request }) {
      const planner = purpose === 'planning' ? await plannerOf(actor) : null;
      const page = await createRoomRepository(db).list(actor, request, planner);
      return { ...page, items: await toNow(actor, page.items, db) };
    },
    async listOwn(actor) {
      return await toNow(actor, await createRoomRepository(db).listOfAssignee(actor, actor.accountId), db);
    },
    async namesHeldBy(tx, scope, accountId) {
      return (await createRoomRepository(tx).listOfAssignee(scope, accountId)).map(({ name }) => name);
    },
    async reclaimFrom(tx, scope, accountId) {
      const held = await createRoomRepository(tx).listOfAssignee(scope, accountId);
      for (const { id } of held) {
        await createRoomRepository(tx).update(scope, id, { assigneeAccountId: null });
        const detail = { from: accountId, to: null };
        await audit.append(tx, scope, { actor: accountId, action: 'room.reclaimed', subjectId: id, detail });
      }
      if (held.length > 0) await changes.mark(tx, scope, 'rooms');
    },
    get,
    async create(actor, { guestPassword = null, ...fields }) {
      const now = clock.now();
      const id = newId('room', now);
      return await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          const line = await orders.lineForNewRoom(tx, actor, fields.capacity);
          await createRoomRepository(tx).insert({
            ...fields,
            id,
            orgId: actor.orgId,
            nameKey: nameKeyOf(fields.name),
            number: await numbers.next(tx, actor, id),
            orderLineId: line.id,
            assigneeAccountId: null,
            guestPassword,
            createdAt: now.toISOString(),
          });
          const detail = { ...fields };
          await audit.append(tx, actor, { actor: actor.accountId, action: 'room.created', subjectId: id, detail });
          await changes.mark(tx, actor, 'rooms', 'resources');
          return await get(actor, id, tx);
        })
        .catch(refuseTakenName('rooms.name_key', fields.name));
    },
    setAssignee: (tx, scope, id, assigneeAccountId) =>
      createRoomRepository(tx).update(scope, id, { assigneeAccountId }),
    async update(actor, id, { guestPassword, ...fields }) {
      const { name, capacity } = fields;
      return await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          const before = await get(actor, id, tx);
          const values = {
            ...fields,
            ...(name === undefined ? {} : { nameKey: nameKeyOf(name) }),
            ...(guestPassword === undefined ? {} : { guestPassword }),
            ...(capacity === undefined || capacity <= before.capacity
              ? {}
              : await lineForCapacity(tx, before, capacity)),
          };
          if (Object.keys(values).length === 0) return before;
          await createRoomRepository(tx).update(actor, id, values);
          // The password itself stays out of the trail.
          const detail = {
            ...fields,
            ...(guestPassword === undefined ? {} : { guestPassword: guestPassword !== null }),
          };
          await audit.append(tx, actor, { actor: actor.accountId, action: 'room.updated', subjectId: id, detail });
          await desired.refresh(tx, before.terminalIds);
          await changes.mark(tx, actor, 'rooms', 'terminals', 'meetings');
          return await get(actor, id, tx);
        })
        .catch(refuseTakenName('rooms.name_key', name ?? ''));
    },
  };
}
