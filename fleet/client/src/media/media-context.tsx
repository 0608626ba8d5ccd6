import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { LocalMedia, LocalMediaState } from './local-media.ts';

const MediaContext = createContext<LocalMedia | null>(null);

/** The guest's own devices for whatever is drawn inside: fields to choose them, and what plays on the chosen speaker. */
export function MediaProvider({ localMedia, children }: { localMedia: LocalMedia; children: ReactNode }) {
  return <MediaContext value={localMedia}>{children}</MediaContext>;
}

export function useLocalMedia(): LocalMedia {
  const localMedia = useContext(MediaContext);
  if (!localMedia) throw new Error('useLocalMedia: no MediaProvider around this component');
  return localMedia;
}

export function useMediaState(): LocalMediaState {
  const localMedia = useLocalMedia();
  return useSyncExternalStore(localMedia.subscribe, localMedia.state);
}
