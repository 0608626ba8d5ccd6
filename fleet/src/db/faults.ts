/** Whether a write failed because a unique index already holds its value; `columns` as `table.column`, any of them. */
export function isUniqueViolation(error: unknown, columns: readonly string[]): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // better-sqlite3 names the columns ("UNIQUE constraint failed: rooms.org_id, rooms.name_key"), PostgreSQL says 23505.
  if (error.code === 'SQLITE_CONSTRAINT_UNIQUE') return columns.some((column) => error.message.includes(column));
  return error.code === '23505';
}
