import {
  type MeetingView,
  mostVideos,
  type RosterEntry,
  type ViewedVideo,
} from '@anteroom/shared/signalling/messages.ts';
import { useEffect, useRef } from 'react';
import type { Box } from './stage-boxes.ts';

/** A window that is being resized, or people who come in a crowd, are told once they come to rest. */
const restMs = 150;
/** Nobody sees more on a phone's finer screen. */
const finest = 2;

/**
 * What the stage shows, for the server: whom, and in how many physical px of height. While the stage has room, whoever
 * comes next is forwarded without being asked for.
 */
export function viewOf(
  {
    shown,
    boxes,
    hasRoom,
    besides,
  }: {
    shown: readonly RosterEntry[];
    boxes: readonly Box[];
    hasRoom: boolean;
    /** Whom the page shows apart from its stage, so high. */
    besides: ViewedVideo | null;
  },
  pixelRatio: number,
): MeetingView {
  const videos = shown.slice(0, mostVideos).flatMap(({ participantId }, index) => {
    const height = boxes[index]?.height ?? 0;
    return height > 0 ? [{ participantId, heightPx: Math.ceil(height * Math.min(pixelRatio, finest)) }] : [];
  });
  const isOnStage = videos.some(({ participantId }) => participantId === besides?.participantId);
  const all = besides && !isOnStage ? [besides, ...videos].slice(0, mostVideos) : videos;
  return { videos: all, mostVideos: hasRoom ? mostVideos : all.length };
}

/** Tells what the stage shows whenever that changes: the first time at once. */
export function useToldView(view: MeetingView, onView: (view: MeetingView) => void): void {
  const hasTold = useRef(false);
  const key = JSON.stringify(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the view
  useEffect(() => {
    if (view.videos.length === 0 && !hasTold.current) return;
    const tell = () => {
      hasTold.current = true;
      onView(view);
    };
    if (!hasTold.current) {
      tell();
      return;
    }
    const timer = setTimeout(tell, restMs);
    return () => clearTimeout(timer);
  }, [key, onView]);
}
