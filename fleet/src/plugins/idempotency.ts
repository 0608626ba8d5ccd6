import { createHash } from 'node:crypto';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../db/database.ts';
import type { Actor } from '../modules/sessions/service.ts';

/** Kept for a day. A first call that gave no answer for this long died with its process, and may be made again. */
const keptForMs = 86_400_000;
const abandonedAfterMs = 60_000;
const longestKey = 255;

export type StoredAnswer = { status: number; body: unknown };

/** Makes a create that is sent twice with one `Idempotency-Key` happen once: the second gets the first one's answer. */
export function createIdempotency({ db, clock }: { db: FleetDatabase; clock: Clock }) {
  async function begin(row: {
    actor: Actor;
    key: string;
    route: string;
    requestHash: string;
  }): Promise<StoredAnswer | null> {
    const now = clock.now();
    const { key, route, requestHash } = row;
    const { accountId } = row.actor;
    return await db.transaction().execute(async (tx) => {
      const tooOld = new Date(now.getTime() - keptForMs).toISOString();
      await tx.deleteFrom('idempotencyKeys').where('createdAt', '<', tooOld).execute();
      const abandoned = new Date(now.getTime() - abandonedAfterMs).toISOString();
      await tx.deleteFrom('idempotencyKeys').where('status', 'is', null).where('createdAt', '<', abandoned).execute();
      // Another process may be answering the same call at this moment: who writes the key first makes it.
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('idempotencyKeys')
        .values({ accountId, key, route, requestHash, status: null, body: null, createdAt: now.toISOString() })
        .onConflict((conflict) => conflict.columns(['accountId', 'key']).doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 1n) return null;
      const known = await tx
        .selectFrom('idempotencyKeys')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('key', '=', key)
        .executeTakeFirst();
      if (known && (known.route !== route || known.requestHash !== requestHash))
        throw new ProblemError('idempotency_key_reused');
      // None: the first call was refused just now, and gave its key back.
      if (!known || known.status === null) throw new ProblemError('idempotency_key_busy');
      return { status: known.status, body: JSON.parse(known.body ?? 'null') };
    });
  }

  return {
    /** Runs `call`, unless it already ran for this key: then what it answered is answered again. */
    async once<T>(
      request: { actor: Actor; key: string; route: string; body: unknown },
      status: number,
      call: () => Promise<T>,
    ): Promise<T | StoredAnswer['body']> {
      const { actor, key, route } = request;
      if (key.length > longestKey)
        throw new ProblemError('request_invalid', { detail: `Idempotency-Key: at most ${longestKey} characters` });
      const requestHash = createHash('sha256')
        .update(JSON.stringify(request.body ?? null))
        .digest('base64url');
      const known = await begin({ actor, key, route, requestHash });
      if (known) return known.body;
      const own = db.updateTable('idempotencyKeys').where('accountId', '=', actor.accountId).where('key', '=', key);
      try {
        const answer = await call();
        await own.set({ status, body: JSON.stringify(answer) }).execute();
        return answer;
      } catch (error) {
        // A refusal is no answer to keep: corrected and sent again with the same key, the request may succeed.
        await db
          .deleteFrom('idempotencyKeys')
          .where('accountId', '=', actor.accountId)
          .where('key', '=', key)
          .execute();
        throw error;
      }
    },
  };
}

export type Idempotency = ReturnType<typeof createIdempotency>;
