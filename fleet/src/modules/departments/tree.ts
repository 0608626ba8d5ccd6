import type { DepartmentId } from '@anteroom/shared/ids.ts';

type Placed = { id: DepartmentId; parentId: DepartmentId | null };

/** These departments and everything below them. */
export function withBelow(departments: readonly Placed[], roots: Iterable<string>): Set<string> {
  const found = new Set<string>(roots);
  const children = Map.groupBy(departments, ({ parentId }) => parentId);
  const open = [...found];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    // Ids of departments only: what is no department has no children.
    for (const child of children.get(id as DepartmentId) ?? [])
      if (!found.has(child.id)) {
        found.add(child.id);
        open.push(child.id);
      }
  return found;
}
