import { useEffect, useState } from 'react';
import { texts } from '../locales/texts.ts';

const steps = ['picture', 'voice', 'people', 'leave'] as const;
/** The whole guide plays for a minute. */
const stepMs = 60_000 / steps.length;

/** Shows what is where, one thing after the other; whoever is faster goes on, and whoever has seen enough ends it. */
export function Guide() {
  const text = texts.useText();
  const [index, setIndex] = useState(0);
  const step = steps[index];
  useEffect(() => {
    if (index >= steps.length) return;
    const timer = setTimeout(() => setIndex(index + 1), stepMs);
    return () => clearTimeout(timer);
  }, [index]);
  if (!step) return null;
  const isLast = index === steps.length - 1;
  return (
    <section className="guide" aria-label={text('guide.label')}>
      <p className="t2 tabular">{text('guide.step', { step: index + 1, count: steps.length })}</p>
      <p className="guide-words" aria-live="polite">
        {text(`guide.${step}`)}
      </p>
      <div className="guide-acts">
        <button type="button" className="button primary" onClick={() => setIndex(index + 1)}>
          {isLast ? text('guide.done') : text('guide.next')}
        </button>
        {isLast ? null : (
          <button type="button" className="button" onClick={() => setIndex(steps.length)}>
            {text('guide.end')}
          </button>
        )}
      </div>
    </section>
  );
}
