import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { CallState, PanelMeeting, PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { Pending, TouchRules } from './touch-store.ts';

export type PendingTouch = Pending<PanelState, PanelTouch>;

/** What the touches of the panel do to its state. */
export const panelTouches: TouchRules<PanelState, PanelTouch> = { groupOf, isSettled, predict };

export function groupOf(touch: PanelTouch): string {
  switch (touch.kind) {
    case 'join':
    case 'answer':
    case 'decline':
    case 'leave':
    case 'cancelJoin':
    case 'dismissFailure':
      return 'call';
    case 'setMicrophone':
    case 'setCamera':
    case 'setVolume':
    case 'setLanguage':
    case 'dismissMissed':
      return touch.kind;
    case 'acceptAsk':
    case 'declineAsk':
      return 'hostWish';
    case 'share':
    case 'stopSharing':
      return 'ownShare';
    case 'control':
      return `control ${touch.action.kind}`;
    default:
      return assertNever(touch);
  }
}

/** Names the call's place in its state machine, without what changes all the time inside it. */
function callFingerprint(call: CallState): string {
  switch (call.state) {
    case 'idle':
      return call.state;
    case 'joining':
      return `${call.state} ${call.meeting.meetingId} ${call.since}`;
    case 'failed':
      return `${call.state} ${call.meeting.meetingId} ${call.reason} ${call.retryAt}`;
    case 'ringing':
    case 'in':
    case 'reconnecting':
    case 'leaving':
      return `${call.state} ${call.meeting.meetingId}`;
    default:
      return assertNever(call);
  }
}

export function isSettled({ touch, before }: PendingTouch, state: PanelState): boolean {
  const { call } = state;
  switch (touch.kind) {
    case 'acceptAsk':
    case 'declineAsk':
      return call.state !== 'in' || call.hostWish === null;
    case 'share':
      return call.state !== 'in' || call.ownShare.phase !== 'off' || call.ownShare.end !== null;
    case 'stopSharing':
      return call.state !== 'in' || (call.ownShare.phase === 'off' && call.ownShare.end === null);
    case 'setMicrophone':
      return !('media' in call) || call.media.isMicrophoneOn === touch.isOn;
    case 'setCamera':
      return !('media' in call) || call.media.isCameraOn === touch.isOn;
    case 'setVolume':
      return state.volumePercent === touch.volumePercent;
    case 'setLanguage':
      return state.language === touch.language;
    case 'dismissMissed':
      return state.missedCalls.length === 0;
    case 'control':
      return true;
    default:
      return callFingerprint(call) !== callFingerprint(before.call);
  }
}

function joining(meeting: PanelMeeting, touchedAt: Date): CallState {
  return { state: 'joining', meeting, since: touchedAt.toISOString(), attempt: 1, startedBy: 'room', beganOpen: false };
}

export function predict(state: PanelState, { touch, touchedAt }: PendingTouch): PanelState {
  const { call } = state;
  switch (touch.kind) {
    case 'join': {
      const meeting = state.meetings.find(({ meetingId }) => meetingId === touch.meetingId);
      return meeting ? { ...state, call: joining(meeting, touchedAt) } : state;
    }
    case 'answer':
      return call.state === 'ringing' ? { ...state, call: joining(call.meeting, touchedAt) } : state;
    case 'leave':
      return 'meeting' in call ? { ...state, call: { state: 'leaving', meeting: call.meeting } } : state;
    case 'decline':
    case 'cancelJoin':
    case 'dismissFailure':
      return { ...state, call: { state: 'idle' } };
    case 'setMicrophone':
      return 'media' in call
        ? { ...state, call: { ...call, media: { ...call.media, isMicrophoneOn: touch.isOn } } }
        : state;
    case 'setCamera':
      return 'media' in call
        ? { ...state, call: { ...call, media: { ...call.media, isCameraOn: touch.isOn } } }
        : state;
    case 'setVolume':
      return { ...state, volumePercent: touch.volumePercent };
    case 'setLanguage':
      return { ...state, language: touch.language };
    case 'acceptAsk':
    case 'declineAsk':
      return call.state === 'in' ? { ...state, call: { ...call, hostWish: null } } : state;
    case 'share':
      return call.state === 'in' ? { ...state, call: { ...call, ownShare: { phase: 'starting' } } } : state;
    case 'stopSharing':
      return call.state === 'in' ? { ...state, call: { ...call, ownShare: { phase: 'off', end: null } } } : state;
    case 'dismissMissed':
      return { ...state, missedCalls: [] };
    // The meeting belongs to everybody in it: nothing of it is shown before the fleet has done it.
    case 'control':
      return state;
    default:
      return assertNever(touch);
  }
}
