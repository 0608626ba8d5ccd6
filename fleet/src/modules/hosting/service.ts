import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { RemovalRow } from '../../db/tables/hosting.ts';
import type { Hosting } from '../../signalling/ports.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { WaitingService } from '../waiting/service.ts';
import { createHostingRepository } from './repository.ts';

/** What hosts decided in a meeting: kept for the signalling role, and asked by admission. */
export interface HostingService extends Hosting {
  /** For admission, in its transaction. */
  decisionsOn(
    tx: FleetDatabase,
    scope: OrgScope,
    meetingId: MeetingId,
    holder: RemovalRow['holder'],
  ): Promise<{ isLocked: boolean; isRemoved: boolean; saved: unknown }>;
  /** They were called again: they may come back. */
  pardon(
    tx: FleetDatabase,
    scope: OrgScope,
    meetingId: MeetingId,
    holders: readonly RemovalRow['holder'][],
  ): Promise<void>;
}

export function createHostingService(deps: {
  db: FleetDatabase;
  clock: Clock;
  meetings: MeetingsService;
  waiting: WaitingService;
}): HostingService {
  const { db, clock, meetings, waiting } = deps;
  const now = () => clock.now().toISOString();

  return {
    async save({ orgId, meetingId }, { isLocked, state }) {
      const row = { orgId, meetingId, isLocked: isLocked ? 1 : 0, state: JSON.stringify(state), savedAt: now() };
      await createHostingRepository(db).saveControls(row);
    },
    async remove({ orgId, meetingId }, holder) {
      await createHostingRepository(db).insertRemoval({ orgId, meetingId, holder, removedAt: now() });
    },
    async letIn(meeting, who) {
      await db.transaction().execute((tx) => waiting.letIn(tx, meeting, meeting.meetingId, who));
    },
    async extend({ orgId, meetingId }, minutes, by) {
      try {
        return await meetings.extendByHost({ orgId, accountId: by }, meetingId, minutes);
      } catch (error) {
        // What stands in the way: the next meeting, or the plan.
        if (error instanceof ProblemError) return null;
        throw error;
      }
    },
    end: ({ orgId, meetingId }, by) => meetings.endByHost({ orgId, accountId: by }, meetingId),
    async decisionsOn(tx, scope, meetingId, holder) {
      const repository = createHostingRepository(tx);
      const controls = await repository.findControls(scope, meetingId);
      return {
        isLocked: controls?.isLocked === 1,
        isRemoved: await repository.isRemoved(scope, meetingId, holder),
        saved: controls ? (JSON.parse(controls.state) as unknown) : null,
      };
    },
    pardon: (tx, scope, meetingId, holders) => createHostingRepository(tx).deleteRemovals(scope, meetingId, holders),
  };
}
