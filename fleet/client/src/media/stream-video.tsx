import { useEffect, useRef } from 'react';

/** A video element that shows a stream. Not muted it carries the sound as well; `onBlocked` when a browser holds that back. */
export function StreamVideo({
  stream,
  label,
  isMuted,
  isMirrored = false,
  participantId,
  onBlocked,
}: {
  stream: MediaStream;
  label: string;
  isMuted: boolean;
  isMirrored?: boolean;
  /** Only of others: tells their pictures from one's own. */
  participantId?: string;
  onBlocked?: (video: HTMLVideoElement) => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const blocked = useRef(onBlocked);
  useEffect(() => {
    blocked.current = onBlocked;
  }, [onBlocked]);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    element.play().catch((error: unknown) => {
      // AbortError: a newer stream took its place before the first frame.
      if (error instanceof DOMException && error.name === 'NotAllowedError') blocked.current?.(element);
    });
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      className="stream"
      data-mirrored={isMirrored ? '' : undefined}
      data-participant-id={participantId}
      aria-label={label}
      autoPlay
      playsInline
      muted={isMuted}
    />
  );
}
