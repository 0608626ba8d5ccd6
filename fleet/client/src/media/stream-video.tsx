import { useEffect, useRef } from 'react';

/** A video element that shows a stream, without its sound. */
export function StreamVideo({
  stream,
  label,
  isMirrored = false,
  participantId,
}: {
  stream: MediaStream;
  label: string;
  isMirrored?: boolean;
  /** Only of others: tells their pictures from one's own. */
  participantId?: string;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    element.play().catch((error: unknown) => {
      // AbortError: a newer stream took its place before the first frame. A picture without sound is not held back.
      if (!(error instanceof DOMException && error.name === 'AbortError')) reportError(error);
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
      muted
    />
  );
}
