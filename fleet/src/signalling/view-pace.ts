import type { MeetingView } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { viewEveryMs } from './limits.ts';

/** What one receiver shows, followed no faster than `viewEveryMs` however often it says so; the last word counts. */
export interface ViewPace {
  /** Null before it said anything. */
  current(): MeetingView | null;
  tell(view: MeetingView): void;
  /** Another client took the place, which may not say what it shows. */
  forget(): void;
}

export type ViewPaceDeps = {
  onChange: () => void;
  clock: Clock;
  /** Ends with the service. */
  signal: AbortSignal;
};

export function createViewPace({ onChange, clock, signal }: ViewPaceDeps): ViewPace {
  let current: MeetingView | null = null;
  let latest: MeetingView | null = null;
  let isPausing = false;

  function follow(): void {
    current = latest;
    isPausing = true;
    onChange();
    clock.sleep(viewEveryMs, { signal }).then(
      () => {
        isPausing = false;
        if (latest !== current) follow();
      },
      () => undefined, // The service ends.
    );
  }

  return {
    current: () => current,
    tell(view) {
      latest = view;
      if (!isPausing) follow();
    },
    forget() {
      current = null;
      latest = null;
    },
  };
}
