import { useClock, useNow } from '@anteroom/ui/clock/clock.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconBroadcast, IconBroadcastOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useApp } from '../app/app-context.ts';
import { texts } from '../locales/texts.ts';

/** Whether this page hears of changes by itself, and when it last heard anything. */
export function LiveMark() {
  const text = texts.useText();
  const { live } = useApp();
  const { isLive, heardAtMs } = useSyncExternalStore(live.subscribe, live.get);
  return (
    <span className="live t2" data-live={isLive ? '' : undefined}>
      {isLive ? (
        <IconBroadcast size={18} stroke={1.75} aria-hidden="true" />
      ) : (
        <IconBroadcastOff size={18} stroke={1.75} aria-hidden="true" />
      )}
      <span>
        {isLive ? text('live.on') : text('live.off')}
        {heardAtMs === null ? null : <HeardAgo heardAtMs={heardAtMs} />}
      </span>
    </span>
  );
}

function HeardAgo({ heardAtMs }: { heardAtMs: number }) {
  const text = texts.useText();
  const clock = useClock();
  const duration = useDuration();
  useNow(200);
  const ageMs = Math.max(0, clock.monotonicMs() - heardAtMs);
  const age = ageMs < 10_000 ? text('live.seconds', { seconds: (ageMs / 1000).toFixed(1) }) : duration(ageMs);
  return <span className="desk-only tabular">{text('live.heard', { age })}</span>;
}
