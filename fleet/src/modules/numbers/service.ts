import { inBatches } from '../../db/batches.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { OrgScope } from '../../db/scope.ts';
import { createNumberRepository, type NumberRow } from './repository.ts';

export type { NumberRow } from './repository.ts';

/** The nine-digit numbers that people type: cloud rooms, meetings and people share them, so that a number names one thing. */
export interface NumbersService {
  /** A number that nothing has, drawn at random: knowing one does not help to guess another. */
  next(tx: FleetDatabase, scope: OrgScope, ownerId: string): Promise<string>;
  /** The same for many owners: a number for each, by owner. */
  nextOfEach<T extends string>(tx: FleetDatabase, scope: OrgScope, ownerIds: readonly T[]): Promise<Map<T, string>>;
  /** The owner's number; a new one when it has none yet. */
  of(tx: FleetDatabase, scope: OrgScope, ownerId: string): Promise<string>;
  /** Gives a number that somebody chose; false when something already has it. */
  take(tx: FleetDatabase, scope: OrgScope, ownerId: string, number: string): Promise<boolean>;
  /** What the number names, in whichever organization. */
  find(db: FleetDatabase, number: string): Promise<NumberRow | undefined>;
  /** Lets the owner's number name something else. */
  release(tx: FleetDatabase, ownerId: string): Promise<void>;
}

/** `draw` gives nine digits at random. */
export function createNumbersService({ draw }: { draw: () => string }): NumbersService {
  const take: NumbersService['take'] = (tx, { orgId }, ownerId, number) =>
    createNumberRepository(tx).insert({ number, orgId, ownerId });
  const next: NumbersService['next'] = async (tx, scope, ownerId) => {
    for (;;) {
      const number = draw();
      if (await take(tx, scope, ownerId, number)) return number;
    }
  };
  return {
    take,
    next,
    async nextOfEach(tx, { orgId }, ownerIds) {
      const given = new Map<(typeof ownerIds)[number], string>();
      let open = [...ownerIds];
      while (open.length > 0) {
        for await (const batch of inBatches(open)) {
          const rows = batch.map((ownerId) => ({ number: draw(), orgId, ownerId }));
          const taken = new Set(await createNumberRepository(tx).insertFree(rows));
          for (const [index, ownerId] of batch.entries()) {
            const number = rows[index]?.number;
            if (number !== undefined && taken.has(ownerId)) given.set(ownerId, number);
          }
        }
        open = open.filter((ownerId) => !given.has(ownerId));
      }
      return given;
    },
    async of(tx, scope, ownerId) {
      const repository = createNumberRepository(tx);
      const known = await repository.findOf(ownerId);
      if (known) return known.number;
      await lockOrganization(tx, scope);
      return (await repository.findOf(ownerId))?.number ?? (await next(tx, scope, ownerId));
    },
    find: (db, number) => createNumberRepository(db).find(number),
    release: (tx, ownerId) => createNumberRepository(tx).remove(ownerId),
  };
}
