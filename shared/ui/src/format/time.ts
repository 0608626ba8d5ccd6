import type { Language } from '@anteroom/shared/text.ts';

/** English is written as in Europe (23 Nov, 24 hours): every surface shows 24-hour times. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

export type TimeStyle = { language: Language; timeZone: string };

/** `10:30` */
export function formatTime(at: Date, { language, timeZone }: TimeStyle): string {
  return new Intl.DateTimeFormat(locales[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
}

/** `Mon 23 Nov`, or in full `Monday 23 November`; in Chinese `11月23日 周一`. */
export function formatDay(at: Date, { language, timeZone }: TimeStyle, length: 'short' | 'long' = 'short'): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { timeZone, ...options }).format(at);
  const weekday = part({ weekday: length });
  return language === 'zh-CN'
    ? `${part({ month: 'long', day: 'numeric' })} ${weekday}`
    : `${weekday} ${part({ day: 'numeric' })} ${part({ month: length })}`;
}

/** `24 Nov 2030, 10:30`; in Chinese `2030年11月24日 10:30`. */
export function formatDate(at: Date, { language, timeZone }: TimeStyle): string {
  const style = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone } as const;
  return new Intl.DateTimeFormat(locales[language], style).format(at);
}

/** `10:30 – 11:15` */
export function formatSpan(startAt: Date, endAt: Date, style: TimeStyle): string {
  return `${formatTime(startAt, style)} – ${formatTime(endAt, style)}`;
}

/** Whether two instants fall on one calendar day of the zone. */
export function isSameDay(a: Date, b: Date, timeZone: string): boolean {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return day.format(a) === day.format(b);
}

/** Stop-watch figures: `12:04`, from an hour on `1:02:04`. */
export function formatStopwatch(elapsedMs: number): string {
  const totalS = Math.max(0, Math.floor(elapsedMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(totalS / 3600);
  const minutes = Math.floor(totalS / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(totalS % 60)}` : `${minutes}:${two(totalS % 60)}`;
}

/** Initials for a round mark: `Lin Yuehan` → `LY`, `林悦涵` → `悦涵`. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const [first = '', ...rest] = words;
  const last = rest.at(-1);
  if (last) return `${Array.from(first)[0] ?? ''}${Array.from(last)[0] ?? ''}`.toUpperCase();
  const isHan = /^\p{Script=Han}+$/u.test(first);
  return isHan ? first.slice(-2) : Array.from(first).slice(0, 2).join('').toUpperCase();
}
