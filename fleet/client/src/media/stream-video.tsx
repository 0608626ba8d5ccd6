import { useEffect, useRef } from 'react';
import { useMediaState } from './media-context.tsx';

/**
 * A video element that shows a stream. Not muted it carries the sound as well, on the chosen speaker; `onBlocked` when a
 * browser holds that back.
 */
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
  const { speakerId } = useMediaState();
  const hasSpeaker = useRef(false);
  useEffect(() => {
    const element = video.current;
    // Never touched while nobody chose: not every browser can.
    if (!element || isMuted || (speakerId === null && !hasSpeaker.current)) return;
    hasSpeaker.current = true;
    element.setSinkId(speakerId ?? '').catch((error: unknown) => {
      // Unplugged at this moment: the list of devices changes next, and with it the speaker.
      if (!(error instanceof DOMException)) reportError(error);
    });
  }, [speakerId, isMuted]);
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
