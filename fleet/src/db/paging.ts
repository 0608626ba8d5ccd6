import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type Expression, type SqlBool, sql } from 'kysely';
import { z } from 'zod';

/** What a list route was asked for. */
export type PageRequest = { cursor?: string | undefined; limit: number; search?: string | undefined };
export type Page<T> = { items: T[]; nextCursor: string | null; total: number };

/** Where a page ends: the sort key of its last item and its id, which makes the order total. */
export type Position = { key: string; id: string };

// Of what is stored, where U+0000 never is: PostgreSQL cannot even compare with it.
const part = z.string().regex(/^[^\0]*$/);
const position = z.tuple([part, part]);

export function toCursor({ key, id }: Position): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** Null for the first page; a cursor that this fleet did not make is the caller's fault. */
export function fromCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  try {
    const [key, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { key, id };
  } catch (cause) {
    throw new ProblemError(
      'request_invalid',
      { detail: 'cursor: expected the nextCursor of the last answer' },
      { cause },
    );
  }
}

/** Makes a page of rows that were asked for with one more than `limit`. */
export function toPage<Row, Item>(
  rows: Row[],
  options: { limit: number; total: number; positionOf: (row: Row) => Position; toItem: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(options.toItem),
    nextCursor: rows.length > options.limit && last ? toCursor(options.positionOf(last)) : null,
    total: options.total,
  };
}

/**
 * How many there are in all. A first page that holds them all has counted them already: a search that finds few looks
 * through everything once, not twice.
 */
export async function totalOf(
  rows: readonly unknown[],
  { cursor, limit }: PageRequest,
  count: () => Promise<{ total: number }>,
): Promise<number> {
  if (cursor === undefined && rows.length <= limit) return rows.length;
  // PostgreSQL counts in bigint, which its driver gives as text.
  return Number((await count()).total);
}

/** How names are compared, searched and sorted: without case, and with full-width letters as their common forms. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** `column` holds `search`, taken literally. */
export function holds(column: Expression<string>, search: string): Expression<SqlBool> {
  const pattern = `%${nameKeyOf(search).replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${column} like ${pattern} escape '\\'`;
}

/** Past `position` in the order of `key` and then `id`: what a page after it begins with. */
export function isBeyond(
  key: Expression<string>,
  id: Expression<string>,
  position: Position,
  order: 'asc' | 'desc' = 'asc',
): Expression<SqlBool> {
  return sql<SqlBool>`(${key}, ${id}) ${sql.raw(order === 'asc' ? '>' : '<')} (${position.key}, ${position.id})`;
}

/** SQL cannot write a list of nothing, in which nothing is. */
export function isOneOf(column: Expression<unknown>, ids: readonly string[]): Expression<SqlBool> {
  if (ids.length === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${column} in (${sql.join(ids)})`;
}
