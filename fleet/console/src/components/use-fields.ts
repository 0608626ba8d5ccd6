import { useState } from 'react';
import type { z } from 'zod';

/**
 * The typed values of a form and which of them the contract refuses. `read` parses a request body by the contract's own
 * schema and marks the fields that it does not take; a field that is typed in again is no longer marked.
 */
export function useFields<V extends Record<string, unknown>>(initial: V) {
  const [values, setValues] = useState(initial);
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());

  return {
    values,
    isRefused: (name: keyof V & string) => refused.has(name),
    set<K extends keyof V & string>(name: K, value: V[K]): void {
      setValues((before) => ({ ...before, [name]: value }));
      setRefused((before) => new Set([...before].filter((other) => other !== name)));
    },
    read<S extends z.ZodType>(
      schema: S,
      body: unknown,
      alsoRefused: readonly (keyof V & string)[] = [],
    ): z.output<S> | null {
      const parsed = schema.safeParse(body);
      const names = parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]));
      const all = new Set([...names, ...alsoRefused]);
      setRefused(all);
      return parsed.success && all.size === 0 ? parsed.data : null;
    },
  };
}
