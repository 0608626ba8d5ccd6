import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { IconHandOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useText } from '../locales/texts.ts';
import './banner.css';

const shownMs = 6000;

/** Says for a while that the terminal did not take a touch. Keyed by its instant: the next failure shows anew. */
export function TouchFailed({ sentence }: { sentence: string | null }) {
  const text = useText();
  const clock = useClock();
  const [isShown, setIsShown] = useState(true);
  useEffect(() => {
    const waiting = new AbortController();
    clock.sleep(shownMs, { signal: waiting.signal }).then(
      () => setIsShown(false),
      // Aborted: this notice is gone.
      () => undefined,
    );
    return () => waiting.abort();
  }, [clock]);
  return (
    <div className="banner-place" role="alert">
      {isShown && (
        <div className="banner">
          <IconHandOff aria-hidden="true" stroke={1.75} />
          <span>{sentence ?? text('common.touchFailed')}</span>
        </div>
      )}
    </div>
  );
}
