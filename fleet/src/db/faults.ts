import { ProblemError } from '@anteroom/shared/errors/problem.ts';

/** Whether a write failed because a unique index already holds its value; `column` as `table.column`. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // better-sqlite3 names the columns: "UNIQUE constraint failed: rooms.org_id, rooms.name_key".
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE') return error.message.includes(column);
  if (error.code !== '23505' || !('table' in error) || !('detail' in error)) return false;
  // PostgreSQL, in its own language: "Key (org_id, name_key)=(org_1, atlas) already exists."
  const columns = /\(([^)]*)\)=/.exec(String(error.detail))?.[1]?.split(', ') ?? [];
  return columns.some((name) => `${error.table}.${name}` === column);
}

/** Catches the failure of a write whose `column` (`table.column`) already holds `name`, and says so. */
export function refuseTakenName(column: string, name: string) {
  return (error: unknown): never => {
    if (isUniqueViolation(error, column)) throw new ProblemError('name_taken', { name }, { cause: error });
    throw error;
  };
}

/** PostgreSQL keeps no U+0000 in a text (22021), wherever a schema let one through. */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '22021';
}
