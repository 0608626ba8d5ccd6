import { formatDate } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { readerZone } from '../../app/use-when.ts';

/** Writes an instant as day and minute in the reader's language and time zone. */
export function useDay(): (instant: string) => string {
  const { language } = useLanguage();
  return (instant) => formatDate(new Date(instant), { language, timeZone: readerZone });
}
