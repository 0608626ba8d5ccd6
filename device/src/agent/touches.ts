import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import type { Meetings } from './meetings.ts';
import type { Preferences } from './preferences.ts';

/** Follows a touch that is allowed now. */
export function dispatchTouch(
  touch: PanelTouch,
  { meetings, preferences, mediaAtJoin }: { meetings: Meetings; preferences: Preferences; mediaAtJoin: MediaState },
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
