import { z } from 'zod';

/** Where facts of a profile were read: `of` names them as paths in the file, `facts.inputs` standing for all below it. */
export const factSource = z.strictObject({
  of: z.array(z.string().min(1)).min(1),
  document: z.string().min(1),
  /** Page or section. */
  at: z.string().min(1),
});
export type FactSource = z.infer<typeof factSource>;

/** Paths of `facts` that no source names. */
export function unnamedFacts(facts: object, sources: readonly FactSource[]): string[] {
  const named = sources.flatMap(({ of }) => of);
  return leavesOf(facts, []).filter((path) => !named.some((each) => isWithin(path, each)));
}

/** Paths that a source names and that are not in `facts`. */
export function unknownFacts(facts: object, sources: readonly FactSource[]): string[] {
  const paths = leavesOf(facts, []);
  return sources.flatMap(({ of }) => of).filter((each) => !paths.some((path) => isWithin(path, each)));
}

const isWithin = (path: string, named: string) => path === named || path.startsWith(`${named}.`);

function leavesOf(value: unknown, path: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]));
}
