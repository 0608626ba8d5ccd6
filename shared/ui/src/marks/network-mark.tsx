import type { NetworkQuality } from '@anteroom/shared/network/quality.ts';

/** Bars that are lit, of four. */
const lit: Readonly<Record<NetworkQuality | 'unknown', number>> = { good: 4, impaired: 2, bad: 1, unknown: 0 };
const bars = [
  { x: 3, y: 15 },
  { x: 8, y: 11 },
  { x: 13, y: 7 },
  { x: 18, y: 3 },
] as const;

/** How well somebody’s network does, told apart by its bars; alike in client, panel and console. Always with a word. */
export function NetworkBars({ quality, size }: { quality: NetworkQuality | 'unknown'; size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" aria-hidden="true">
      {bars.map(({ x, y }, index) => (
        <rect
          key={x}
          {...{ x, y, width: 3, height: 20 - y, rx: 0.75 }}
          fill={index < lit[quality] ? 'currentColor' : 'none'}
          strokeWidth={index < lit[quality] ? 1.5 : 1}
          strokeOpacity={index < lit[quality] ? 1 : 0.65}
        />
      ))}
    </svg>
  );
}
