import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useEffect, useReducer } from 'react';
import { nextSpeech, type Speech, silence, speakerDueAtMs } from './speech.ts';

/** Follows who of the others speaks, by the page's clock. */
export function useSpeech(roster: readonly RosterEntry[], ownId: ParticipantId): Speech {
  const [speech, follow] = useReducer(
    (before: Speech, { speaking, nowMs }: { speaking: readonly ParticipantId[]; nowMs: number }) =>
      nextSpeech(before, speaking, nowMs),
    silence,
  );
  const speaking = roster.flatMap(({ participantId, isSpeaking }) =>
    isSpeaking && participantId !== ownId ? [participantId] : [],
  );
  const dueAtMs = speakerDueAtMs(speech);
  const key = speaking.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of `speaking`
  useEffect(() => {
    follow({ speaking, nowMs: performance.now() });
    if (dueAtMs === null) return;
    // Timers count whole milliseconds and may come a fraction early.
    const timer = setTimeout(
      () => follow({ speaking, nowMs: Math.max(dueAtMs, performance.now()) }),
      dueAtMs - performance.now(),
    );
    return () => clearTimeout(timer);
  }, [key, dueAtMs]);
  return speech;
}
