import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Fragment } from 'react';

/**
 * A headline that breaks between Chinese words, never inside one: CSS knows no words there, so each gets a place to
 * break (`word-break: keep-all` forbids the others).
 */
export function Subject({ children }: { children: string }) {
  const { language } = useLanguage();
  if (!/\p{Script=Han}/u.test(children)) return children;
  const words = new Intl.Segmenter(language, { granularity: 'word' }).segment(children);
  return [...words].map(({ segment, index, isWordLike }) => (
    <Fragment key={index}>
      {/* Punctuation stays with the word before it. */}
      {index > 0 && isWordLike && <wbr />}
      {segment}
    </Fragment>
  ));
}
