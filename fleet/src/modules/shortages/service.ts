import { type MeetingId, newId } from '@anteroom/shared/ids.ts';
import type { HoldReason } from '@anteroom/shared/meeting/refusal.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { ResourceId, ShortageRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ChangesService } from '../changes/service.ts';
import { createShortageRepository } from './repository.ts';

/** Reasons that say: there are not seats enough. */
export const shortageReasons: readonly HoldReason[] = ['room_full', 'pool_full', 'meeting_full'];

/** What administrators are told when somebody finds no seat: one incident with a start and an end, not an alarm each. */
export interface ShortagesService {
  /** Somebody found no seat who was not known to wait. */
  report(tx: FleetDatabase, scope: OrgScope, at: { resourceId: ResourceId; meetingId: MeetingId }): Promise<void>;
  /** Ends the incidents of which nobody waits any more. */
  closeEnded(): Promise<void>;
  listBetween(scope: OrgScope, resourceId: ResourceId | null, from: Date, to: Date): Promise<ShortageRow[]>;
}

export function createShortagesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  changes: ChangesService;
}): ShortagesService {
  const { db, clock, changes } = deps;
  return {
    async report(tx, scope, { resourceId, meetingId }) {
      const repository = createShortageRepository(tx);
      const at = clock.now().toISOString();
      const open = await repository.findOpen(scope, resourceId);
      if (open) await repository.update(scope, open.id, { lastAt: at, turnedAway: open.turnedAway + 1 });
      else
        await repository.insert({
          ...{ id: newId('shortage', clock.now()), orgId: scope.orgId, resourceId, meetingId },
          ...{ startedAt: at, lastAt: at, endedAt: null, turnedAway: 1 },
        });
      await changes.mark(tx, scope, 'resources');
    },
    async closeEnded() {
      const endedAt = clock.now().toISOString();
      if ((await createShortageRepository(db).listEnded(endedAt, shortageReasons)).length === 0) return;
      await db.transaction().execute(async (tx) => {
        const repository = createShortageRepository(tx);
        // Read again inside: somebody may have come in between.
        for (const shortage of await repository.listEnded(endedAt, shortageReasons)) {
          await repository.update(shortage, shortage.id, { endedAt });
          await changes.mark(tx, shortage, 'resources');
        }
      });
      changes.poke();
    },
    listBetween: (scope, resourceId, from, to) => createShortageRepository(db).listBetween(scope, resourceId, from, to),
  };
}
