import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { requestControl } from './control-answer.ts';
import type { Meetings } from './meetings.ts';
import type { Preferences } from './preferences.ts';

export type TouchDeps = { meetings: Meetings; preferences: Preferences; mediaAtJoin: MediaState; clock: Clock };

/** Follows a touch that is allowed now. Meeting control is the fleet's to do: resolves to its refusal, else to null. */
export async function followTouch(
  touch: PanelTouch,
  deps: TouchDeps,
  { signal }: { signal: AbortSignal },
): Promise<ControlRefusal | null> {
  const { meetings, clock } = deps;
  if (touch.kind === 'control') return await requestControl(touch.action, { meetings, clock, signal });
  dispatchTouch(touch, deps);
  return null;
}

function dispatchTouch(
  touch: Exclude<PanelTouch, { kind: 'control' }>,
  { meetings, preferences, mediaAtJoin }: TouchDeps,
): void {
  switch (touch.kind) {
    case 'join': {
      const meeting = meetings.known().find((known) => known.meetingId === touch.meetingId);
      if (meeting) meetings.dispatch({ from: 'room', type: 'join', meeting, media: mediaAtJoin });
      return;
    }
    case 'answer':
      meetings.dispatch({ from: 'room', type: 'answer', media: mediaAtJoin });
      return;
    case 'decline':
    case 'leave':
    case 'cancelJoin':
    case 'dismissFailure':
    case 'dismissMissed':
    case 'acceptAsk':
    case 'declineAsk':
      meetings.dispatch({ from: 'room', type: touch.kind });
      return;
    case 'share':
      meetings.dispatch({ from: 'room', type: touch.kind, takesOver: touch.takesOver });
      return;
    case 'stopSharing':
      meetings.dispatch({ from: 'room', type: touch.kind });
      return;
    case 'setMicrophone':
    case 'setCamera':
      meetings.dispatch({ from: 'room', type: touch.kind, isOn: touch.isOn });
      return;
    case 'setVolume':
      preferences.setVolume(touch.volumePercent);
      return;
    case 'setLanguage':
      preferences.setLanguage(touch.language);
      return;
    default:
      assertNever(touch);
  }
}
