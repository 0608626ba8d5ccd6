import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useText } from '../locales/texts.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import './banner.css';

/** A hiccup shorter than this is not worth a word. */
const graceMs = 800;

/** Over everything, when the terminal's program does not answer: what is shown may be over. */
export function LostBanner({ lostAt }: { lostAt: Date | null }) {
  const text = useText();
  const style = useTimeStyle();
  const clock = useClock();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    setIsShown(false);
    if (!lostAt) return;
    const waiting = new AbortController();
    clock.sleep(graceMs, { signal: waiting.signal }).then(
      () => setIsShown(true),
      // Aborted: it came back in time, or this banner is gone.
      () => undefined,
    );
    return () => waiting.abort();
  }, [lostAt, clock]);
  return (
    <div className="banner-place" role="alert">
      {isShown && lostAt && (
        <div className="banner">
          <IconPlugConnectedX aria-hidden="true" stroke={1.75} />
          <span>
            <b>{text('lost.title', { time: formatTime(lostAt, style) })}</b> {text('lost.next')}
          </span>
        </div>
      )}
    </div>
  );
}
