import { useLanguage } from '@anteroom/ui/i18n/language.tsx';

/** Writes an instant as day and minute in the reader's language and time zone. */
export function useDay(): (instant: string) => string {
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (instant) => format.format(new Date(instant));
}
