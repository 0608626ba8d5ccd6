import { ProblemError } from '@anteroom/shared/errors/problem.ts';

/** Whether a write failed because a unique index already holds its value; `column` as `table.column`. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // better-sqlite3 names the columns ("UNIQUE constraint failed: rooms.org_id, rooms.name_key"), PostgreSQL says 23505.
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE') return error.message.includes(column);
  return error.code === '23505';
}

/** Catches the failure of a write whose `column` (`table.column`) already holds `name`, and says so. */
export function refuseTakenName(column: string, name: string) {
  return (error: unknown): never => {
    if (isUniqueViolation(error, column)) throw new ProblemError('name_taken', { name }, { cause: error });
    throw error;
  };
}
