import { useAddTexts } from '@anteroom/ui/i18n/texts.ts';
import { type ReactNode, useCallback, useEffect, useState } from 'react';

type Parts = typeof import('./parts.ts');

const tryAgainMs = 3_000;
const load = () => import('./parts.ts');

/**
 * Draws with the panels and menus of the meeting. They are fetched as soon as somebody is in, so that they open without a
 * connection too; while they are missing nothing is drawn and they are asked for again.
 */
export function Parts({ children }: { children: (parts: Parts) => ReactNode }) {
  const parts = useParts();
  return parts ? children(parts) : null;
}

export function useParts(): Parts | null {
  const addTexts = useAddTexts();
  const loadWithTexts = useCallback(async () => {
    const parts = await load();
    addTexts(parts.partTexts);
    return parts;
  }, [addTexts]);
  return useLoaded(loadWithTexts);
}

/** A part of the program, once it is here. `from` stays the same. */
export function useLoaded<Part>(from: () => Promise<Part>): Part | null {
  const [parts, setParts] = useState<Part | null>(null);
  const [tries, setTries] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try loads again
  useEffect(() => {
    let isCurrent = true;
    let timer = 0;
    from().then(
      (loaded) => isCurrent && setParts(() => loaded),
      () => {
        // No connection at the moment.
        if (isCurrent) timer = window.setTimeout(() => setTries((before) => before + 1), tryAgainMs);
      },
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [tries]);
  return parts;
}
