import type { Logger } from 'pino';
import type { Journal } from '../ports/store.ts';
import type { Ledger, LedgerRecord } from './ledger.ts';

/** Journals shorter than this are never compacted. */
const fewestEntries = 1_000;
/** A journal so many times longer than what it adds up to is rewritten. */
const mostPerFact = 3;

export type LedgerStore = {
  /** Resolves when the records are on disk and the ledger knows them. */
  record(records: readonly LedgerRecord[]): Promise<void>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
};

/** Writes records to disk before the ledger believes them, and keeps the journal short. */
export function createLedgerStore(deps: {
  journal: Journal<LedgerRecord>;
  ledger: Ledger;
  log: Logger;
  serverNow: () => Date;
}): LedgerStore {
  const { journal, ledger, log, serverNow } = deps;
  const writing = new Set<Promise<void>>();
  let compacting: Promise<void> | null = null;

  async function write(records: readonly LedgerRecord[]): Promise<void> {
    await journal.append(records);
    for (const record of records) ledger.apply(record);
  }

  /** Runs alone, so that every record on disk is in the ledger whose records replace it. */
  async function compact(): Promise<void> {
    await Promise.allSettled(writing);
    try {
      ledger.forgetPast(serverNow());
      await journal.compact(ledger.records());
    } catch (error) {
      // The long journal still says the same.
      log.error({ err: error }, 'link journal not compacted');
    }
    compacting = null;
  }

  return {
    async record(records) {
      while (compacting) await compacting;
      const written = write(records);
      writing.add(written);
      try {
        await written;
      } finally {
        writing.delete(written);
      }
      const isLong = journal.entryCount() > Math.max(fewestEntries, mostPerFact * ledger.size());
      if (isLong) compacting ??= compact();
    },
    async idle() {
      while (compacting || writing.size > 0) await Promise.allSettled([...writing, compacting]);
    },
  };
}
