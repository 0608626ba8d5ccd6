import type { PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { Find } from '@anteroom/ui/calling/use-search.ts';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { TouchSnapshot, TouchStore } from './touch-store.ts';

export type PanelStore = TouchStore<PanelState, PanelTouch>;

type PanelContextValue = { state: PanelState; isLive: boolean; touch: PanelStore['touch']; find: Find };

const PanelContext = createContext<PanelContextValue | null>(null);

export function usePanelSnapshot(store: PanelStore): TouchSnapshot<PanelState> {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

export function PanelProvider({ state, isLive, touch, find, children }: PanelContextValue & { children: ReactNode }) {
  const value = useMemo(() => ({ state, isLive, touch, find }), [state, isLive, touch, find]);
  return <PanelContext value={value}>{children}</PanelContext>;
}

/** The terminal's state and the way to touch it; only below a `PanelProvider`, so only when a state is there. */
export function usePanel(): PanelContextValue {
  const value = useContext(PanelContext);
  if (!value) throw new Error('usePanel: no PanelProvider around this component');
  return value;
}
