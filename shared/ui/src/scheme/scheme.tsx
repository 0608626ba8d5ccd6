import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];
/** `system` follows the browser's `prefers-color-scheme`. */
export type SchemeChoice = Scheme | 'system';

type SchemeContextValue = { scheme: Scheme; choice: SchemeChoice; choose: (choice: SchemeChoice) => void };

const SchemeContext = createContext<SchemeContextValue | null>(null);
/** As the tokens have it: a browser takes no variable for its bars. */
const grounds: Readonly<Record<Scheme, string>> = { light: '#f5f3ee', dark: '#0c1116' };
const storageKey = 'anteroom.scheme';
const lightQuery = '(prefers-color-scheme: light)';

function isScheme(value: string | null): value is Scheme {
  return value === 'light' || value === 'dark';
}

/** `?scheme=light|dark|system` wins over the stored choice, which wins over `fallback`. */
export function readSchemeChoice(search: string, stored: string | null, fallback: SchemeChoice): SchemeChoice {
  const asked = new URLSearchParams(search).get('scheme');
  if (isScheme(asked) || asked === 'system') return asked;
  return isScheme(stored) ? stored : fallback;
}

function subscribeToSystem(notify: () => void) {
  const query = matchMedia(lightQuery);
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
}

/** Holds the colour scheme, writes it on the document for the tokens, and remembers what the person chose. */
export function SchemeProvider({ fallback, children }: { fallback: SchemeChoice; children: ReactNode }) {
  const [choice, setChoice] = useState(() =>
    readSchemeChoice(location.search, localStorage.getItem(storageKey), fallback),
  );
  const isSystemLight = useSyncExternalStore(subscribeToSystem, () => matchMedia(lightQuery).matches);
  const scheme: Scheme = choice === 'system' ? (isSystemLight ? 'light' : 'dark') : choice;

  useEffect(() => {
    document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
    // The bars of the browser go by the system's scheme, unless both of its rules say what was chosen here.
    for (const bar of document.querySelectorAll('meta[name="theme-color"]'))
      bar.setAttribute('content', grounds[scheme]);
  }, [scheme]);

  const value = useMemo<SchemeContextValue>(
    () => ({
      scheme,
      choice,
      choose: (next) => {
        if (next === 'system') localStorage.removeItem(storageKey);
        else localStorage.setItem(storageKey, next);
        setChoice(next);
      },
    }),
    [scheme, choice],
  );
  return <SchemeContext value={value}>{children}</SchemeContext>;
}

export function useScheme(): SchemeContextValue {
  const value = useContext(SchemeContext);
  if (!value) throw new Error('useScheme: no SchemeProvider around this component');
  return value;
}
