import { uiTexts } from '../locales/texts.ts';

/** Writes a length of time in words: `45 min`, `1 h 30 min`, below a minute `42 s`. */
export function useDuration(): (ms: number) => string {
  const text = uiTexts.useText();
  return (ms) => {
    const totalS = Math.max(0, Math.ceil(ms / 1000));
    if (totalS < 60) return text('duration.seconds', { seconds: totalS });
    const totalMinutes = Math.ceil(totalS / 60);
    const hours = Math.floor(totalMinutes / 60);
    const minutes = totalMinutes % 60;
    if (hours === 0) return text('duration.minutes', { minutes });
    return minutes === 0 ? text('duration.hours', { hours }) : text('duration.hoursMinutes', { hours, minutes });
  };
}
