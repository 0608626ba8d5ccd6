import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';

/** Older evidence than this shows nothing as working. */
export const evidenceLastsMs = 90_000;

/** What is wrong in the room, worst first, and how old the news of the rest is. */
export type Health = {
  faults: Peripheral[];
  /** `working` needs recent evidence for every device; `worked` has some that is old; `unknown` lacks some. */
  rest: 'working' | 'worked' | 'unknown' | 'none';
  /** The oldest evidence among devices that are not at fault. */
  observedAt: Date | null;
};

export function healthOf({ peripherals }: Pick<PanelState, 'peripherals'>, now: Date): Health {
  const isFault = ({ state }: Peripheral) => state === 'failed' || state === 'missing';
  const faults = peripherals
    .filter(isFault)
    .sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
  const others = peripherals.filter((device) => !isFault(device));
  const oldestMs = Math.min(...others.map(({ observedAt }) => Date.parse(observedAt)));
  if (others.length === 0) return { faults, rest: 'none', observedAt: null };
  const observedAt = new Date(oldestMs);
  if (others.some(({ state }) => state === 'unknown')) return { faults, rest: 'unknown', observedAt };
  return { faults, rest: now.getTime() - oldestMs <= evidenceLastsMs ? 'working' : 'worked', observedAt };
}
