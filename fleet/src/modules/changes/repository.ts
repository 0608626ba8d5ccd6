import { type Change, change } from '@anteroom/shared/api/overview.ts';
import type { OrganizationId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';

export type ChangeCounter = { orgId: OrganizationId; topic: Change['topic']; n: number };

export function createChangeRepository(db: FleetDatabase) {
  return {
    async count(scope: OrgScope, topics: readonly Change['topic'][]): Promise<void> {
      for (const topic of new Set(topics)) {
        await db
          .insertInto('changeCounters')
          .values({ orgId: scope.orgId, topic, n: 1 })
          .onConflict((conflict) =>
            conflict.columns(['orgId', 'topic']).doUpdateSet((eb) => ({ n: eb('changeCounters.n', '+', 1) })),
          )
          .execute();
      }
    },
    /** Of every organization: one poll serves all listeners of this process. */
    async list(): Promise<ChangeCounter[]> {
      const rows = await db.selectFrom('changeCounters').selectAll().execute();
      return rows.map(({ orgId, topic, n }) => ({ orgId, topic: change.shape.topic.parse(topic), n }));
    },
  };
}
