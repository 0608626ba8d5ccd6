import { offsetMinutes } from '@anteroom/shared/time/zoned.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatDay, formatSpan, formatTime, isSameDay } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { texts } from '../locales/texts.ts';

/** The reader's own time zone. */
export const readerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `Shanghai` of `Asia/Shanghai`, as people name their zone. */
export function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

const dayMs = 86_400_000;

/** Instants in the reader's words and zone. */
export function useWhen() {
  const text = texts.useText();
  const { language } = useLanguage();
  const now = useNow(30_000);
  const style = { language, timeZone: readerZone };

  const day = (at: Date): string => {
    if (isSameDay(at, now, readerZone)) return text('when.today');
    if (isSameDay(at, new Date(now.getTime() + dayMs), readerZone)) return text('when.tomorrow');
    if (isSameDay(at, new Date(now.getTime() - dayMs), readerZone)) return text('when.yesterday');
    return formatDay(at, style);
  };

  const span = (startAt: string, endAt: string) => formatSpan(new Date(startAt), new Date(endAt), style);

  return {
    now,
    time: (at: string) => formatTime(new Date(at), style),
    day: (at: string) => day(new Date(at)),
    /** `10:29` today, else `Sun 22 Nov, 10:29`. */
    stamp: (at: string) => {
      const instant = new Date(at);
      const time = formatTime(instant, style);
      return isSameDay(instant, now, readerZone) ? time : text('when.dayTime', { day: day(instant), time });
    },
    span,
    /** `Today, 10:30 – 11:15`. */
    daySpan: (startAt: string, endAt: string) =>
      text('when.dayTime', { day: day(new Date(startAt)), time: span(startAt, endAt) }),
    /** The span in the meeting's own zone; null when the reader's clock shows the same. */
    ownSpan: (startAt: string, endAt: string, zone: string) => {
      const atMs = Date.parse(startAt);
      if (offsetMinutes(atMs, zone) === offsetMinutes(atMs, readerZone)) return null;
      const span = formatSpan(new Date(startAt), new Date(endAt), { language, timeZone: zone });
      return text('when.ownZone', { span, zone: cityOf(zone) });
    },
  };
}
