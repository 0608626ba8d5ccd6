import type { MeetingId } from '@anteroom/shared/ids.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useEffect, useState } from 'react';
import { followLiveMeeting, unheard } from '../../api/live-meeting.ts';
import { useApp } from '../../app/app-context.ts';

/** A live meeting, followed while the page is open. `again` tries once more after a refusal. */
export function useLiveMeeting(meetingId: MeetingId) {
  const { fetch } = useApp();
  const clock = useClock();
  const [state, setState] = useState(unheard);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round is one more try.
  useEffect(() => {
    const ending = new AbortController();
    setState(unheard);
    followLiveMeeting({ fetch, clock, meetingId, onState: setState }, { signal: ending.signal }).catch(
      (error: unknown) => reportError(error),
    );
    return () => ending.abort();
  }, [fetch, clock, meetingId, round]);
  return { ...state, again: () => setRound((before) => before + 1) };
}
