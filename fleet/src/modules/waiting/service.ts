import type { MeetingId, ParticipantId } from '@anteroom/shared/ids.ts';
import type { HoldReason } from '@anteroom/shared/meeting/refusal.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { WaitingRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ChangesService } from '../changes/service.ts';
import { createWaitingRepository } from './repository.ts';

/** Whoever is held asks again within this time, or has gone away. */
export const waitingLeaseMs = 40_000;
/** Longer than the longest meeting: until then, whoever was let in need not knock again. */
const letInForMs = 2 * 86_400_000;

export type Held = Pick<WaitingRow, 'participantId' | 'meetingId' | 'name' | 'kind'> & { reason: HoldReason };

/** Who stands at which meeting's door, why, and who of them was let in. They hold no seat. */
export interface WaitingService {
  /** Notes that somebody is held; true when they were not held for this reason before. */
  hold(tx: FleetDatabase, scope: OrgScope, held: Held): Promise<boolean>;
  isLetIn(tx: FleetDatabase, scope: OrgScope, participantId: ParticipantId): Promise<boolean>;
  /** They are in, or went away. Who was let in may come back without knocking. */
  forget(tx: FleetDatabase, scope: OrgScope, participantId: ParticipantId): Promise<void>;
  list(scope: OrgScope, meetingId: MeetingId): Promise<WaitingRow[]>;
  /** Lets people in who wait; says how many. They come in as soon as nothing else holds them. */
  letIn(
    tx: FleetDatabase,
    scope: OrgScope,
    meetingId: MeetingId,
    who: readonly ParticipantId[] | 'everybody',
  ): Promise<number>;
  forgetGone(): Promise<void>;
}

export function createWaitingService(deps: {
  db: FleetDatabase;
  clock: Clock;
  changes: ChangesService;
}): WaitingService {
  const { db, clock, changes } = deps;
  const now = () => clock.now().toISOString();

  return {
    async hold(tx, scope, { participantId, reason, ...who }) {
      const repository = createWaitingRepository(tx);
      const known = await repository.find(scope, participantId);
      const nowMs = clock.now().getTime();
      const leaseUntil = new Date(nowMs + waitingLeaseMs).toISOString();
      const isGone = known !== undefined && known.leaseUntil <= now();
      if (known?.reason === reason && !isGone) {
        // Whoever waits asks every few seconds: it is enough to write now and then.
        if (Date.parse(known.leaseUntil) - nowMs < waitingLeaseMs / 2)
          await repository.update(scope, participantId, { leaseUntil });
        return false;
      }
      if (known) {
        const since = isGone ? now() : known.since;
        await repository.update(scope, participantId, { reason, leaseUntil, since });
      } else {
        const row = { ...who, orgId: scope.orgId, participantId, reason, since: now(), leaseUntil, letInAt: null };
        await repository.insert(row);
      }
      await changes.mark(tx, scope, 'meetings');
      return true;
    },
    async isLetIn(tx, scope, participantId) {
      const known = await createWaitingRepository(tx).find(scope, participantId);
      return known !== undefined && known.letInAt !== null;
    },
    forget: (tx, scope, participantId) => createWaitingRepository(tx).remove(scope, participantId),
    list: (scope, meetingId) => createWaitingRepository(db).list(scope, meetingId, now()),
    async letIn(tx, scope, meetingId, who) {
      if (who !== 'everybody' && who.length === 0) return 0;
      const count = await createWaitingRepository(tx).letIn(scope, meetingId, who, now());
      if (count > 0) await changes.mark(tx, scope, 'meetings');
      return count;
    },
    forgetGone: () =>
      createWaitingRepository(db).removeGone(now(), new Date(clock.now().getTime() - letInForMs).toISOString()),
  };
}
