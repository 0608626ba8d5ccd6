import { createHash } from 'node:crypto';
import type { AuditRow } from '../../db/schema.ts';

/** What the first entry of an organization points back to. */
export const firstPreviousHash = '0'.repeat(64);

/** Binds an entry to everything in it and to the entry before. */
export function hashOf(entry: Omit<AuditRow, 'hash'>): string {
  const { orgId, seq, id, at, actorKind, actorId, action, subjectId, detail, previousHash } = entry;
  const bound = JSON.stringify([orgId, seq, id, at, actorKind, actorId, action, subjectId, detail, previousHash]);
  return createHash('sha256').update(bound).digest('hex');
}

export type ChainVerdict = { ok: true; entries: number } | { ok: false; seq: number; fault: string };

/** Checks an organization's entries, given from the first on: none changed, none missing in between, none moved. */
export function checkChain(entries: readonly AuditRow[]): ChainVerdict {
  let previousHash = firstPreviousHash;
  for (const [index, entry] of entries.entries()) {
    const { hash, ...rest } = entry;
    if (entry.seq !== index + 1) return { ok: false, seq: index + 1, fault: 'an entry is missing' };
    if (entry.previousHash !== previousHash)
      return { ok: false, seq: entry.seq, fault: 'the entry before was changed' };
    if (hash !== hashOf(rest)) return { ok: false, seq: entry.seq, fault: 'the entry was changed' };
    previousHash = hash;
  }
  return { ok: true, entries: entries.length };
}
