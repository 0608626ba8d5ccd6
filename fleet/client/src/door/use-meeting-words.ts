import type { MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatDay, formatSpan, formatTime, isSameDay } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { texts } from '../locales/texts.ts';
import { readerZone } from '../reader-zone.ts';

/** When, who and where, in the reader's zone; with the meeting's own time when its clocks show another. */
export function useMeetingWords(door: MeetingDoor) {
  const text = texts.useText();
  const { language } = useLanguage();
  const now = useNow(1000);
  const startAt = new Date(door.startAt);
  const endAt = new Date(door.endAt);
  const style = { language, timeZone: readerZone };
  const own = { language, timeZone: door.timeZone };
  const span = formatSpan(startAt, endAt, style);
  const ownSpan = formatSpan(startAt, endAt, own);
  const day = formatDay(startAt, style);
  return {
    now,
    startAt,
    endAt,
    when: isSameDay(startAt, now, readerZone) ? span : text('when.day', { day, span }),
    own:
      ownSpan === span
        ? null
        : text('zone.own', { span: ownSpan, zone: (door.timeZone.split('/').at(-1) ?? '').replaceAll('_', ' ') }),
    timeOf: (at: Date) =>
      isSameDay(at, now, readerZone) ? formatTime(at, style) : `${formatDay(at, style)} ${formatTime(at, style)}`,
  };
}
