import { useSyncExternalStore } from 'react';

/** Remembered by the screen that knocks, as its colours are. */
const storageKey = 'anteroom.knock';

function subscribe(notify: () => void) {
  addEventListener('storage', notify);
  return () => removeEventListener('storage', notify);
}

const isHeardNow = () => localStorage.getItem(storageKey) !== 'silent';

/** Whether somebody who waits to be let in is heard knocking at this panel; at first they are. */
export function useKnockSetting(): { isKnockHeard: boolean; hearKnock: (isHeard: boolean) => void } {
  const isKnockHeard = useSyncExternalStore(subscribe, isHeardNow);
  const hearKnock = (isHeard: boolean) => {
    if (isHeard) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, 'silent');
    // A browser tells only of what other windows store.
    dispatchEvent(new StorageEvent('storage', { key: storageKey }));
  };
  return { isKnockHeard, hearKnock };
}
