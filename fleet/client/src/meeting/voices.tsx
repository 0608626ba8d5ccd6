import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { useEffect, useRef } from 'react';
import { useMediaState } from '../media/media-context.tsx';

/**
 * The sound of everybody who is forwarded, and of what is shared, apart from the pictures: it goes on whoever is on the stage, and wherever their
 * picture stands, on the chosen speaker. `onBlocked`: the browser holds sound back until somebody touches the page.
 */
export function Voices({
  remotes,
  content,
  onBlocked,
}: {
  remotes: ReadonlyMap<ParticipantId, MediaStream>;
  /** What somebody shares has a sound of its own. */
  content: MediaStream | null;
  onBlocked: (voice: HTMLMediaElement) => void;
}) {
  const sounds = new Map<string, MediaStream>(remotes);
  if (content) sounds.set('content', content);
  return [...sounds].map(([key, stream]) => <Voice key={key} stream={stream} onBlocked={onBlocked} />);
}

function Voice({ stream, onBlocked }: { stream: MediaStream; onBlocked: (voice: HTMLMediaElement) => void }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    element.srcObject = stream;
    element.play().catch((error: unknown) => {
      // AbortError: a newer stream took its place before the first sound.
      if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked(element);
    });
    return () => {
      element.srcObject = null;
    };
  }, [stream, onBlocked]);
  const { speakerId } = useMediaState();
  const hasSpeaker = useRef(false);
  useEffect(() => {
    const element = audio.current;
    // Never touched while nobody chose: not every browser can.
    if (!element || (speakerId === null && !hasSpeaker.current)) return;
    hasSpeaker.current = true;
    element.setSinkId(speakerId ?? '').catch((error: unknown) => {
      // Unplugged at this moment: the list of devices changes next, and with it the speaker.
      if (!(error instanceof DOMException)) reportError(error);
    });
  }, [speakerId]);
  // biome-ignore lint/a11y/useMediaCaption: live speech, of which there are no captions
  return <audio ref={audio} autoPlay />;
}
