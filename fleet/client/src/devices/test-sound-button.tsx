import { useEffect, useRef, useState } from 'react';
import { texts } from '../locales/texts.ts';
import { useMediaState } from '../media/media-context.tsx';
import { playTestSound } from '../media/test-sound.ts';

/** Plays a sound on the speaker that others are heard from; pressed again, from its beginning. */
export function TestSound() {
  const text = texts.useText();
  const { speakerId } = useMediaState();
  const [state, setState] = useState<'silent' | 'playing' | 'blocked' | 'failed'>('silent');
  const playing = useRef<AbortController>(new AbortController());
  useEffect(() => () => playing.current.abort(), []);

  const play = async () => {
    playing.current.abort();
    const own = new AbortController();
    playing.current = own;
    setState('playing');
    const result = await playTestSound(speakerId, { signal: own.signal });
    if (!own.signal.aborted) setState(result === 'played' ? 'silent' : result);
  };
  return (
    <div className="test-sound">
      <button
        type="button"
        className="text-button"
        onClick={() => play().catch((error: unknown) => reportError(error))}
      >
        {text('speaker.play')}
      </button>
      <span className="t2" role="status">
        {state === 'silent' ? '' : text(`speaker.${state}`)}
      </span>
    </div>
  );
}
