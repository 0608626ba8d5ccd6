import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';

/** Older evidence than this shows nothing as working. */
export const evidenceLastsMs = 90_000;

/** What is wrong in the room, worst first, and how old the news of the rest is. */
export type Health = {
  faults: Peripheral[];
  /** `working` needs recent evidence for every device; `unknown` has some that is too old. */
  rest: 'working' | 'unknown' | 'none';
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
  const isKnown = others.every(({ state }) => state === 'working') && now.getTime() - oldestMs <= evidenceLastsMs;
  return { faults, rest: isKnown ? 'working' : 'unknown', observedAt: new Date(oldestMs) };
}
