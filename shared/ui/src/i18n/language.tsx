import { type Language, languages } from '@anteroom/shared/text.ts';
import type { i18n } from 'i18next';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { I18nextProvider } from 'react-i18next';

type LanguageContextValue = { language: Language; choose: (language: Language) => void };

const LanguageContext = createContext<LanguageContextValue | null>(null);
const storageKey = 'anteroom.language';

function isLanguage(value: string | null): value is Language {
  return languages.some((known) => known === value);
}

/** `?lang=` wins over the stored choice, which wins over the browser's list; English when none is ours. */
export function readLanguage(search: string, stored: string | null, preferred: readonly string[]): Language {
  const asked = new URLSearchParams(search).get('lang');
  if (isLanguage(asked)) return asked;
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

/** The language that this browser should start with. */
export function initialLanguage(): Language {
  return readLanguage(location.search, localStorage.getItem(storageKey), navigator.languages);
}

/**
 * Makes `i18n` speak one language and writes it on the document. Without `language` the person's own choice is kept in
 * this browser; with it (the panel) somebody else decides and `onChoose` asks for it.
 */
export function LanguageProvider({
  i18n,
  decided,
  children,
}: {
  i18n: i18n;
  decided?: { language: Language; onChoose: (language: Language) => void };
  children: ReactNode;
}) {
  const [own, setOwn] = useState(initialLanguage);
  const language = decided ? decided.language : own;
  const onChoose = decided?.onChoose;

  if (i18n.language !== language) {
    // Resources are in memory, so the change is done when this returns and the first paint is in the right language.
    i18n.changeLanguage(language).catch((error: unknown) => reportError(error));
  }
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const value = useMemo<LanguageContextValue>(
    () => ({
      language,
      choose: (next) => {
        if (onChoose) {
          onChoose(next);
          return;
        }
        localStorage.setItem(storageKey, next);
        setOwn(next);
      },
    }),
    [language, onChoose],
  );
  return (
    <I18nextProvider i18n={i18n}>
      <LanguageContext value={value}>{children}</LanguageContext>
    </I18nextProvider>
  );
}

export function useLanguage(): LanguageContextValue {
  const value = useContext(LanguageContext);
  if (!value) throw new Error('useLanguage: no LanguageProvider around this component');
  return value;
}
