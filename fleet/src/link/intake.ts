import type { MessageId, TerminalId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { LinkCounters } from './link.ts';
import type { DurableMessage, LinkRepository, StoreResult } from './repository.ts';

/** Most messages in one transaction. */
const mostPerBatch = 200;

export type Intake = ReturnType<typeof createIntake>;

/**
 * Stores what terminals may only forget once it is stored, many messages to a transaction, and acknowledges afterwards.
 * A message that cannot be stored is not acknowledged: its terminal sends it again.
 */
export function createIntake(deps: {
  repository: Pick<LinkRepository, 'store'>;
  clock: Clock;
  log: Logger;
  counters: LinkCounters;
  acknowledge: (terminalId: TerminalId, ids: MessageId[]) => Promise<void>;
  onStored: (item: DurableMessage, result: StoreResult) => void;
}) {
  const { repository, clock, log, counters, acknowledge, onStored } = deps;
  let waiting: { item: DurableMessage; isFromRevoked: () => boolean }[] = [];
  let draining: Promise<void> | null = null;

  async function storeOneByOne(items: readonly DurableMessage[]): Promise<(StoreResult | null)[]> {
    const results: (StoreResult | null)[] = [];
    for (const item of items) {
      try {
        results.push((await repository.store([item], clock.now()))[0] ?? null);
      } catch (error) {
        counters.storeFailures += 1;
        log.error({ err: error, kind: item.kind, terminalId: item.terminalId }, 'message not stored');
        results.push(null);
      }
    }
    return results;
  }

  async function storeBatch(items: readonly DurableMessage[]): Promise<void> {
    let results: (StoreResult | null)[];
    try {
      results = await repository.store(items, clock.now());
    } catch (error) {
      // One bad message must not hold up those of other terminals.
      log.warn({ err: error, count: items.length }, 'batch not stored; storing one by one');
      results = await storeOneByOne(items);
    }
    const acked = new Map<TerminalId, MessageId[]>();
    for (const [index, item] of items.entries()) {
      const result = results[index];
      if (!result) continue;
      if (item.kind === 'outcome' && result === 'surplus') counters.surplusOutcomes += 1;
      onStored(item, result);
      acked.set(item.terminalId, [...(acked.get(item.terminalId) ?? []), item.message.id]);
    }
    for (const [terminalId, ids] of acked) {
      await acknowledge(terminalId, ids).catch((error: unknown) =>
        log.debug({ err: error, terminalId }, 'acknowledgement not sent'),
      );
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostPerBatch);
      waiting = waiting.slice(mostPerBatch);
      const kept = batch.filter(({ isFromRevoked }) => !isFromRevoked());
      counters.dropped.revoked += batch.length - kept.length;
      if (kept.length > 0) await storeBatch(kept.map(({ item }) => item));
    }
    draining = null;
  }

  return {
    add(item: DurableMessage, isFromRevoked: () => boolean): void {
      waiting.push({ item, isFromRevoked });
      // Starting a turn later lets all messages of one read from a socket share a transaction.
      draining ??= new Promise<void>((resolve) => setImmediate(resolve)).then(drain);
    },
    size: () => waiting.length,
    async idle(): Promise<void> {
      await draining;
    },
  };
}
