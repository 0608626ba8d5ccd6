import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { useCallback, useState } from 'react';
import type { JoinedState } from '../stage.ts';
import { type DocumentPip, type PipRefusal, type PipWay, pipWayOf, whyNoPip } from './pip-way.ts';

/** Where whoever speaks is shown besides the page. */
export type OpenPip = { way: 'document'; window: Window } | { way: 'video' };

export type Pip = {
  way: PipWay | null;
  open: OpenPip | null;
  /** The browser did not open it, though it has it. */
  hasFailed: boolean;
  refusal: PipRefusal | null;
  /** Called from a touch or a key: a browser opens it only then. */
  toggle: () => void;
  close: () => void;
  fail: () => void;
  /** Whom it shows: their picture is forwarded wherever they stand on the stage. */
  shownId: ParticipantId | null;
  show: (participantId: ParticipantId | null) => void;
};

const size = { width: 380, height: 300 };

declare global {
  interface Window {
    documentPictureInPicture?: DocumentPip;
  }
}

/** Picture-in-picture of the meeting; it closes with whatever page uses it. */
export function usePip({ roster, participantId }: JoinedState): Pip {
  const [open, setOpen] = useState<OpenPip | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [shownId, show] = useState<ParticipantId | null>(null);
  const way = pipWayOf(window);
  const hasVideo = roster.some((entry) => entry.participantId !== participantId && entry.media.isCameraOn);
  const refusal = whyNoPip(way, { hasVideo });
  const close = useCallback(() => {
    setOpen(null);
    show(null);
  }, []);

  const fail = useCallback(() => {
    close();
    setHasFailed(true);
  }, [close]);

  async function openWindow(from: DocumentPip): Promise<void> {
    const opened = await from.requestWindow(size);
    opened.addEventListener('pagehide', close);
    setOpen({ way: 'document', window: opened });
  }

  return {
    ...{ way, open, hasFailed, refusal, close, fail, shownId, show },
    toggle() {
      setHasFailed(false);
      if (open) close();
      else if (refusal === null && window.documentPictureInPicture)
        openWindow(window.documentPictureInPicture).catch(fail);
      else if (refusal === null) setOpen({ way: 'video' });
    },
  };
}
