import type { ShortageId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { ResourceId, ShortageRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export function createShortageRepository(db: FleetDatabase) {
  return {
    async findOpen(scope: OrgScope, resourceId: ResourceId): Promise<ShortageRow | undefined> {
      return await db
        .selectFrom('shortages')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('resourceId', '=', resourceId)
        .where('endedAt', 'is', null)
        .executeTakeFirst();
    },
    async isPersonal({ orgId }: OrgScope): Promise<boolean> {
      const row = await db
        .selectFrom('organizations')
        .select('id')
        .where('id', '=', orgId)
        .where('kind', '=', 'personal')
        .executeTakeFirst();
      return row !== undefined;
    },
    async insert(row: ShortageRow): Promise<void> {
      await db.insertInto('shortages').values(row).execute();
    },
    async update(
      scope: OrgScope,
      id: ShortageId,
      values: Partial<Pick<ShortageRow, 'lastAt' | 'endedAt' | 'turnedAway'>>,
    ): Promise<void> {
      await db.updateTable('shortages').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    /** Of every organization: open ones of which nobody waits for a seat any more. */
    async listEnded(now: string, reasons: readonly string[]): Promise<ShortageRow[]> {
      return await db
        .selectFrom('shortages')
        .selectAll()
        .where('endedAt', 'is', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('waiting')
                .innerJoin('meetings', 'meetings.id', 'waiting.meetingId')
                .select('waiting.participantId')
                .whereRef('waiting.orgId', '=', 'shortages.orgId')
                .where((inner) =>
                  inner(inner.cast<string>('meetings.resourceId', 'text'), '=', inner.ref('shortages.resourceId')),
                )
                .where('waiting.reason', 'in', reasons)
                .where('waiting.leaseUntil', '>', now),
            ),
          ),
        )
        .execute();
    },
    /** The latest first. */
    async listBetween(scope: OrgScope, resourceId: ResourceId | null, from: Date, to: Date): Promise<ShortageRow[]> {
      let rows = db
        .selectFrom('shortages')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('startedAt', '<', to.toISOString())
        .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedAt', '>', from.toISOString())]));
      if (resourceId !== null) rows = rows.where('resourceId', '=', resourceId);
      return await rows.orderBy('startedAt', 'desc').limit(200).execute();
    },
  };
}
