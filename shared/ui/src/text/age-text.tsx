import { useNow } from '../clock/clock.tsx';
import { uiTexts } from '../locales/texts.ts';
import { ageOf } from './age.ts';
import './text.css';

/**
 * How old a value is, ticking by itself: “3 s ago”; with a dotted underline once it is older than `staleAfterMs` (three
 * heartbeats); “unknown” when there never was one.
 */
export function AgeText({ at, staleAfterMs }: { at: string | null; staleAfterMs: number }) {
  const text = uiTexts.useText();
  const now = useNow(1000);
  if (at === null) return <span className="age">{text('age.never')}</span>;
  const instant = new Date(at);
  const { unit, count } = ageOf(instant, now);
  const isStale = now.getTime() - instant.getTime() > staleAfterMs;
  return (
    <time className="age tabular" dateTime={at} data-stale={isStale ? '' : undefined} title={instant.toLocaleString()}>
      {text(`age.${unit}`, { count })}
    </time>
  );
}
