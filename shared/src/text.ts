import { z } from 'zod';

/** Languages of every text that a person reads. */
export const languages = ['en', 'zh-CN'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;

/** One text in every language; `{name}` marks a value to fill in. */
export type LocalizedText = Readonly<Record<Language, string>>;

/** The text in `lang`, with `{name}` replaced from `values`; a missing value stays visible as `{name}`. */
export function localize(text: LocalizedText, lang: Language, values: Record<string, string | number> = {}): string {
  return text[lang].replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark));
}
