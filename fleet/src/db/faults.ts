import { ProblemError } from '@anteroom/shared/errors/problem.ts';

/** Whether a write failed because a unique index already holds its value; `what` as `table.column`, or an index's name. */
export function isUniqueViolation(error: unknown, what: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // better-sqlite3 names the columns ("UNIQUE constraint failed: rooms.org_id, rooms.name_key"), or an index over
  // expressions ("UNIQUE constraint failed: index 'departments_name'").
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE') return error.message.includes(what);
  if (error.code !== '23505' || !('table' in error && 'constraint' in error && 'detail' in error)) return false;
  if (error.constraint === what) return true;
  // PostgreSQL, in its own language: "Key (org_id, name_key)=(org_1, atlas) already exists."
  const columns = /\(([^)]*)\)=/.exec(String(error.detail))?.[1]?.split(', ') ?? [];
  return columns.some((name) => `${error.table}.${name}` === what);
}

/** Catches the failure of a write whose unique column or index already holds `name`, and says so. */
export function refuseTakenName(what: string, name: string) {
  return (error: unknown): never => {
    if (isUniqueViolation(error, what)) throw new ProblemError('name_taken', { name }, { cause: error });
    throw error;
  };
}

/** PostgreSQL keeps no U+0000 in a text (22021), wherever a schema let one through. */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22021';
}

/** Whether a statement failed because a table that it names is not there. */
export function isTableMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === '42P01' || (error.code === 'SQLITE_ERROR' && error.message.startsWith('no such table'));
}
