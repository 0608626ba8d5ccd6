import {
  type NetworkQuality,
  type NetworkState,
  shownQuality,
  unknownNetwork,
} from '@anteroom/shared/network/quality.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import type { OwnNetwork } from '@anteroom/ui/network/watch-connections.ts';
import { useSyncExternalStore } from 'react';

/** Of somebody without connections. */
export const silentNetwork: OwnNetwork = { state: () => unknownNetwork, subscribe: () => () => undefined };

export type ShownNetwork = {
  quality: NetworkQuality | 'unknown';
  state: NetworkState;
  /** Since the last measurement; null when there was none. */
  ageS: number | null;
};

/** The own network as it may be shown now: it ages by itself when nothing comes from it any more. */
export function useNetwork(network: OwnNetwork): ShownNetwork {
  const state = useSyncExternalStore(network.subscribe, network.state);
  useNow(1000);
  const nowMs = performance.now();
  const { evidenceAtMs } = state;
  return {
    quality: shownQuality(state, nowMs) ?? 'unknown',
    state,
    ageS: evidenceAtMs === null ? null : Math.max(0, Math.round((nowMs - evidenceAtMs) / 1000)),
  };
}
