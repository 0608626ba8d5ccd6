import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { isPresent } from '../meeting/steps.ts';
import type { Call, Proceedings } from '../meeting/types.ts';
import type { Meetings } from './meetings.ts';

/** A person waits at the panel: an answer that takes longer counts as none. */
const answerWithinMs = 3_500;

/** Asks the fleet for an action of meeting control, and waits for what becomes of it; null when it was done. */
export async function requestControl(
  action: ControlAction,
  { meetings, clock, signal }: { meetings: Meetings; clock: Clock; signal: AbortSignal },
): Promise<ControlRefusal | null> {
  meetings.dispatch({ from: 'room', type: 'control', action });
  const asked = proceedingsOf(meetings.call())?.asked.find((one) => one.action === action);
  if (!asked) return 'failed';
  const answered = new AbortController();
  const late = clock.sleep(answerWithinMs, { signal: AbortSignal.any([signal, answered.signal]) });
  try {
    return await Promise.race([
      answerTo(asked.id, action, { meetings, signal: answered.signal }),
      late.then(
        () => 'failed' as const,
        () => 'failed' as const, // Nobody waits any more.
      ),
    ]);
  } finally {
    answered.abort();
  }
}

function answerTo(
  id: number,
  action: ControlAction,
  { meetings, signal }: { meetings: Meetings; signal: AbortSignal },
): Promise<ControlRefusal | null> {
  return new Promise((resolve) => {
    const stop = meetings.onChange((call) => {
      const proceedings = proceedingsOf(call);
      if (proceedings?.asked.some((one) => one.id === id)) return;
      // A meeting that is over answers nothing more: that is what its host asked for.
      if (!proceedings) resolve(action.kind === 'end' ? null : 'failed');
      else resolve(proceedings.outcome?.id === id ? proceedings.outcome.refusal : 'failed');
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function proceedingsOf(call: Call): Proceedings | null {
  return isPresent(call) ? call.proceedings : null;
}
