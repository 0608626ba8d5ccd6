import { type MeetingId, newId } from '@anteroom/shared/ids.ts';
import type { HoldReason } from '@anteroom/shared/meeting/refusal.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { ResourceId, ShortageRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ChangesService } from '../changes/service.ts';
import type { NoticesService, NoticeTemplateName } from '../notices/service.ts';
import { createShortageRepository } from './repository.ts';

/** Reasons that say: there are not seats enough. */
export const shortageReasons = ['room_full', 'pool_full', 'meeting_full'] as const satisfies readonly HoldReason[];
export type ShortageReason = (typeof shortageReasons)[number];

export function isShortage(reason: HoldReason): reason is ShortageReason {
  return shortageReasons.some((shortage) => shortage === reason);
}

/** Where somebody found no seat; `seats` is how many there are. */
export type ShortageAt = {
  resourceId: ResourceId;
  meetingId: MeetingId;
  subject: string;
  reason: ShortageReason;
  seats: number;
};

const templateOf: Record<ShortageReason, NoticeTemplateName> = {
  pool_full: 'shortage.concurrency',
  room_full: 'shortage.room',
  meeting_full: 'shortage.meeting',
};
/** A resource that runs short again within this time is no news: anybody with a link can come and go. */
const quietForMs = 3_600_000;

/**
 * What administrators, and a personal user about the own meetings, are told when somebody finds no seat: one incident with a start and an end, not an alarm each, and
 * a message when it begins.
 */
export interface ShortagesService {
  /** Somebody found no seat who was not known to wait. */
  report(tx: FleetDatabase, scope: OrgScope, at: ShortageAt): Promise<void>;
  /** Ends the incidents of which nobody waits any more. */
  closeEnded(): Promise<void>;
  listBetween(scope: OrgScope, resourceId: ResourceId | null, from: Date, to: Date): Promise<ShortageRow[]>;
}

export function createShortagesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  changes: ChangesService;
  notices: NoticesService;
  publicUrl: () => string;
}): ShortagesService {
  const { db, clock, changes, notices, publicUrl } = deps;

  /** Before the incident is written: the one before it decides. */
  async function tell(tx: FleetDatabase, scope: OrgScope, { resourceId, subject, reason, seats }: ShortageAt) {
    const repository = createShortageRepository(tx);
    const now = clock.now();
    const quietFrom = new Date(now.getTime() - quietForMs);
    if ((await repository.listBetween(scope, resourceId, quietFrom, now)).length > 0) return;
    // A personal user orders nothing: an organization does.
    const isPersonal = await repository.isPersonal(scope);
    const url = `${publicUrl()}${isPersonal ? '/organization' : '/resources'}`;
    const template = isPersonal ? 'shortage.personal' : templateOf[reason];
    await notices.tellAdministrators(tx, scope, { template, values: { meeting: subject, seats, url } });
  }

  return {
    async report(tx, scope, shortage) {
      const { resourceId, meetingId } = shortage;
      const repository = createShortageRepository(tx);
      const at = clock.now().toISOString();
      const open = await repository.findOpen(scope, resourceId);
      if (open) await repository.update(scope, open.id, { lastAt: at, turnedAway: open.turnedAway + 1 });
      else {
        await tell(tx, scope, shortage);
        await repository.insert({
          ...{ id: newId('shortage', clock.now()), orgId: scope.orgId, resourceId, meetingId },
          ...{ startedAt: at, lastAt: at, endedAt: null, turnedAway: 1 },
        });
      }
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
