import type { DeviceTouch, PanelDevices } from '@anteroom/shared/panel/devices.ts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { usePanel } from '../state/panel-context.tsx';
import type { TouchSnapshot, TouchStore } from '../state/touch-store.ts';

export type DevicesStore = TouchStore<PanelDevices, DeviceTouch>;

const nothingYet: TouchSnapshot<PanelDevices> = {
  current: null,
  isLive: false,
  lostAt: null,
  offsetMs: 0,
  touchFailure: null,
};
const subscribeToNothing = () => () => undefined;

/** The devices as the terminal tells of them, which it does only while somebody looks. */
export function useDevices(): TouchSnapshot<PanelDevices> & { touch: DevicesStore['touch'] } {
  const { openDevices } = usePanel();
  const [store, setStore] = useState<DevicesStore | null>(null);
  useEffect(() => {
    const opened = openDevices();
    setStore(opened);
    return () => opened.close();
  }, [openDevices]);
  const snapshot = useSyncExternalStore(store?.subscribe ?? subscribeToNothing, store?.snapshot ?? (() => nothingYet));
  return { ...snapshot, touch: store?.touch ?? (() => Promise.resolve(false)) };
}
