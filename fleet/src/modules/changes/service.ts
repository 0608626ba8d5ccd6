import type { Change } from '@anteroom/shared/api/overview.ts';
import type { OrganizationId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import { createChangeRepository } from './repository.ts';

export type ChangeTopic = Change['topic'];

/**
 * Tells consoles that something they may show has changed. The counters in the database are the one source, so that a
 * change by another process shows as well. A burst of changes is told once per topic and `tellAtMostEveryMs`.
 */
export interface ChangesService extends AsyncDisposable {
  /** Counts a change, in its transaction. */
  mark(tx: FleetDatabase, scope: OrgScope, ...topics: ChangeTopic[]): Promise<void>;
  /** Looks at once instead of at the next poll; to be called after the commit. */
  poke(): void;
  /** Calls `listener` for every change from now on, until the returned function is called. */
  listen(scope: OrgScope, listener: (change: Change) => void): () => void;
}

const pollEveryMs = 500;
const tellAtMostEveryMs = 200;

export function createChangesService(deps: { db: FleetDatabase; clock: Clock; log: Logger }): ChangesService {
  const { db, clock, log } = deps;
  const repository = createChangeRepository(db);
  const listeners = new Set<{ orgId: OrganizationId; call: (change: Change) => void }>();
  const stop = new AbortController();
  /** Last counts seen; undefined while nobody listens. */
  let seen: Map<string, number> | undefined;
  let wake = () => {};

  async function look(): Promise<void> {
    const counters = await repository.list();
    const at = clock.now().toISOString();
    for (const { orgId, topic, n } of counters) {
      const key = `${orgId} ${topic}`;
      const isNew = seen !== undefined && seen.get(key) !== n;
      if (isNew) for (const listener of listeners) if (listener.orgId === orgId) listener.call({ topic, at });
    }
    seen = new Map(counters.map(({ orgId, topic, n }) => [`${orgId} ${topic}`, n]));
  }

  async function poll(): Promise<void> {
    const { signal } = stop;
    const pause = (ms: number) => clock.sleep(ms, { signal }).catch(() => {}); // aborted: the condition ends the loop
    while (!signal.aborted) {
      const poked = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (listeners.size > 0) {
        await look().catch((error: unknown) => log.warn({ err: error }, 'changes could not be read'));
      } else {
        seen = undefined;
      }
      await pause(tellAtMostEveryMs);
      await Promise.race([poked, pause(pollEveryMs - tellAtMostEveryMs)]);
    }
  }
  const polling = poll();

  return {
    async mark(tx, scope, ...topics) {
      await createChangeRepository(tx).count(scope, topics);
    },
    poke: () => wake(),
    listen({ orgId }, call) {
      const listener = { orgId, call };
      listeners.add(listener);
      // The counts of now are the ones from which changes are told.
      wake();
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await polling;
    },
  };
}
