import type { SeriesId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow, SeriesRow } from '../../db/tables/meetings.ts';

export function createSeriesRepository(db: FleetDatabase) {
  return {
    async find(scope: OrgScope, id: SeriesId): Promise<SeriesRow> {
      return await db
        .selectFrom('series')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    },
    async insert(series: SeriesRow): Promise<void> {
      await db.insertInto('series').values(series).execute();
    },
    async update(scope: OrgScope, id: SeriesId, values: Partial<Omit<SeriesRow, 'id' | 'orgId'>>): Promise<void> {
      await db.updateTable('series').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    /** Also cancelled ones, in the order that the rule gives. */
    async listOccurrences(scope: OrgScope, id: SeriesId): Promise<MeetingRow[]> {
      return await db
        .selectFrom('meetings')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('seriesId', '=', id)
        .orderBy('recurrenceAt')
        .execute();
    },
  };
}
