import type { PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { Find } from '@anteroom/ui/calling/use-search.ts';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { DevicesStore } from '../devices/use-devices.ts';
import type { TouchSnapshot, TouchStore } from './touch-store.ts';

export type PanelStore = TouchStore<PanelState, PanelTouch>;

/** What the screens ask of the terminal besides its state. */
export type PanelAsks = {
  find: Find;
  /** Begins to follow the devices beside the terminal; ends with the store. */
  openDevices: () => DevicesStore;
};

type PanelContextValue = PanelAsks & { state: PanelState; isLive: boolean; touch: PanelStore['touch'] };

const PanelContext = createContext<PanelContextValue | null>(null);

export function usePanelSnapshot(store: PanelStore): TouchSnapshot<PanelState> {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

export function PanelProvider(props: PanelContextValue & { children: ReactNode }) {
  const { state, isLive, touch, find, openDevices, children } = props;
  const value = useMemo(() => ({ state, isLive, touch, find, openDevices }), [state, isLive, touch, find, openDevices]);
  return <PanelContext value={value}>{children}</PanelContext>;
}

/** The terminal's state and the way to touch it; only below a `PanelProvider`, so only when a state is there. */
export function usePanel(): PanelContextValue {
  const value = useContext(PanelContext);
  if (!value) throw new Error('usePanel: no PanelProvider around this component');
  return value;
}
