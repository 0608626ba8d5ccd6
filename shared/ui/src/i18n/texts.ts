import { type Language, languages } from '@anteroom/shared/text.ts';
import i18next, { type i18n } from 'i18next';
import { useCallback, useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';

/** English texts of one workspace: flat keys; `{name}` marks a value; `_one`/`_other` mark plural forms of `{count}`. */
export type EnglishTexts = Readonly<Record<string, string>>;
/** The same keys in another language: a missing or an extra one does not compile. */
export type Translation<E extends EnglishTexts> = { readonly [K in keyof E]: string };

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type BaseKey<K> = K extends `${infer B}_one` | `${infer B}_other` ? B : K;
type FormOf<E, B extends string> = B extends keyof E ? E[B] : `${B}_other` extends keyof E ? E[`${B}_other`] : never;
type Values<S> = [Placeholder<S>] extends [never] ? [] : [values: Record<Placeholder<S>, string | number>];

/** Looks up one text; the values that the English text names are required. */
export type Text<E extends EnglishTexts> = <B extends BaseKey<keyof E> & string>(
  key: B,
  ...values: Values<FormOf<E, B>>
) => string;

export type TextSource = { namespace: string; catalogue: Record<Language, Readonly<Record<string, string>>> };

/** Binds the catalogues of one workspace to a hook that gives its typed lookup in the current language. */
export function defineTexts<const E extends EnglishTexts>(
  namespace: string,
  catalogue: { en: E; 'zh-CN': Translation<E> },
): TextSource & { useText: () => Text<E> } {
  return {
    namespace,
    catalogue,
    useText: () => {
      const { t } = useTranslation(namespace);
      return useMemo<Text<E>>(
        () =>
          (key, ...[values]) => {
            // i18next's own key typing wants one global catalogue; ours is checked by `Text`, so it gets plain strings.
            const name: string = key;
            const filled: Record<string, string | number> = values ?? {};
            return t(name, filled);
          },
        [t],
      );
    },
  };
}

/** One i18next for a page, with the texts of every workspace that it shows. */
export function createI18n(sources: readonly TextSource[], language: Language): i18n {
  const instance = i18next.createInstance();
  const pick = (lang: Language) =>
    Object.fromEntries(sources.map(({ namespace, catalogue }) => [namespace, catalogue[lang]]));
  const whenReady = instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    // Keys are flat, and a text may hold any character.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    resources: { en: pick('en'), 'zh-CN': pick('zh-CN') },
  });
  // Without a backend, init finishes before it returns; a rejection would be a fault of this code.
  whenReady.catch((error: unknown) => reportError(error));
  return instance;
}

/** Adds texts to those of the page that this is drawn on. */
export function useAddTexts(): (sources: readonly TextSource[]) => void {
  const { i18n: instance } = useTranslation();
  return useCallback((sources) => addTexts(instance, sources), [instance]);
}

/** Texts of a part of the page that is fetched later. */
export function addTexts(instance: i18n, sources: readonly TextSource[]): void {
  for (const { namespace, catalogue } of sources) {
    for (const language of languages) instance.addResourceBundle(language, namespace, catalogue[language]);
  }
}
