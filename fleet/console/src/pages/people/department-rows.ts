import type { Department } from '@anteroom/shared/api/people.ts';

export type DepartmentRow = Department & {
  /** Names of what it stands under, from the top. */
  path: string[];
  /** Steps below the top, or below what is shown of its path. */
  depth: number;
  /** People in it and in everything below, as the directory finds them. */
  everybody: number;
};

/** Every department in the order of the tree: each followed by those below it. */
export function inTreeOrder(departments: readonly Department[]): DepartmentRow[] {
  const children = Map.groupBy(departments, ({ parentId }) => parentId);
  const rowsBelow = (parent: Department['parentId'], path: string[]): DepartmentRow[] =>
    (children.get(parent) ?? []).flatMap((department) => {
      const below = rowsBelow(department.id, [...path, department.name]);
      const inBelow = below.reduce((sum, { people }) => sum + people, 0);
      const everybody = department.people + inBelow;
      return [{ ...department, path, depth: path.length, everybody }, ...below];
    });
  return rowsBelow(null, []);
}

/** The department and everything below it: where it cannot be moved. */
export function withBelow(rows: readonly DepartmentRow[], id: Department['id']): ReadonlySet<string> {
  const within = new Set<string>([id]);
  for (const row of rows) if (row.parentId !== null && within.has(row.parentId)) within.add(row.id);
  return within;
}

/**
 * A page of the tree. A row whose parent stands above it on this page is set in below it; any other begins at the edge,
 * and its path says where it is.
 */
export function pageOfRows(
  rows: readonly DepartmentRow[],
  { words, from, limit }: { words: string; from: number; limit: number },
): { items: DepartmentRow[]; total: number; isLast: boolean } {
  const wanted = words.trim().toLowerCase();
  const found = wanted ? rows.filter(({ name }) => name.toLowerCase().includes(wanted)) : rows;
  const shown = found.slice(from, from + limit);
  const depths = new Map<string, number>();
  const items = shown.map((row) => {
    const above = row.parentId === null ? undefined : depths.get(row.parentId);
    const depth = above === undefined ? 0 : above + 1;
    depths.set(row.id, depth);
    return { ...row, depth };
  });
  return { items, total: found.length, isLast: from + limit >= found.length };
}
