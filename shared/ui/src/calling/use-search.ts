import type { FindRefusal, FoundInDirectory, SearchResult } from '@anteroom/shared/meeting/calling.ts';
import { useCallback, useEffect, useState } from 'react';

/** Looks in the organization's directory for whom to call. */
export type Find = (text: string) => Promise<SearchResult>;

/** The server answers two searches a second. */
const restMs = 600;

/** `typed` of an answer: what it answers, while something else may stand in the field already. */
export type Search =
  | { name: 'idle' }
  | { name: 'searching'; before: FoundInDirectory | null }
  | { name: 'found'; typed: string; found: FoundInDirectory }
  | { name: 'refused'; refusal: FindRefusal };

/**
 * Searches the directory for what is typed, as soon as the typing rests. `whenEmpty`: nothing is looked for, or the first
 * of everything, for screens on which typing is slow.
 */
export function useSearch(
  find: Find,
  { typed, whenEmpty }: { typed: string; whenEmpty: 'idle' | 'first' },
): { search: Search; tryAgain: () => void } {
  const [search, setSearch] = useState<Search>({ name: 'idle' });
  const [tries, setTries] = useState(1);
  const wanted = typed.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try searches again
  useEffect(() => {
    if (wanted === '' && whenEmpty === 'idle') {
      setSearch({ name: 'idle' });
      return;
    }
    let isCurrent = true;
    // What was found stays to be read until something else is.
    setSearch((last) => ({ name: 'searching', before: foundOf(last) }));
    const look = async () => {
      const { found, refusal } = await find(wanted);
      if (!isCurrent) return;
      setSearch(found === null ? { name: 'refused', refusal } : { name: 'found', typed: wanted, found });
    };
    const timer = setTimeout(() => look().catch((error: unknown) => reportError(error)), wanted === '' ? 0 : restMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [find, wanted, whenEmpty, tries]);
  return { search, tryAgain: useCallback(() => setTries((before) => before + 1), []) };
}

export function foundOf(search: Search): FoundInDirectory | null {
  if (search.name === 'found') return search.found;
  return search.name === 'searching' ? search.before : null;
}
