import { newId } from '@anteroom/shared/ids.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { CallState, PanelState } from '@anteroom/shared/panel/state.ts';

export type InMeeting = Extract<CallState, { state: 'in' }>;
export type RosterEntry = InMeeting['roster'][number];

const startAt = '2026-01-05T09:03:00.000Z';
export const ownParticipantId = newId('participant');

export const meeting = {
  ...{ meetingId: newId('meeting'), number: '123456789', subject: 'Review', organizerName: 'Ada', canJoin: true },
  ...{ startAt, endAt: '2026-01-05T10:00:00.000Z' },
};

/** A terminal that is in no meeting, before it knows where it stands. */
export const idleState: PanelState = {
  ...{ revision: 1, serverTime: '2026-01-05T09:00:00.000Z', language: 'en', binding: { state: 'configuring' } },
  ...{ link: { isOnline: true, since: null }, meetings: [], call: { state: 'idle' }, missedCalls: [] },
  ...{ doNotDisturb: false, isMutedInRoom: false, input: null, hasDevices: true, volumePercent: 50, peripherals: [] },
  ...{ identifyUntil: null, hasDisplayPreview: false, hasSelfPreview: false, serial: 'S', software: '0' },
};

export function inRoster(participantId: RosterEntry['participantId'], change: Partial<RosterEntry> = {}): RosterEntry {
  return {
    ...{ name: 'Room', kind: 'terminal', role: 'member', isCameraStoppedByHost: false, isMutedByHost: false },
    ...{ handRaisedAt: null, isConnected: true, isSpeaking: false, networkTrouble: null, isMutedInRoom: false },
    ...{ joinedAt: startAt, participantId, media: { isMicrophoneOn: true, isCameraOn: true } },
    ...change,
  };
}

/** The room is alone in its meeting, and heard there. */
export function inMeeting(change: Partial<InMeeting> = {}): InMeeting {
  return {
    ...{ state: 'in', meeting, since: startAt, startedBy: 'room', beganOpen: false, ownParticipantId },
    ...{ media: { isMicrophoneOn: true, isCameraOn: true }, roster: [inRoster(ownParticipantId)], firstFrameMs: null },
    ...{ hostWish: null, content: null, controls: openControls, waiting: [], called: [], reactions: [], words: null },
    ...{ outcome: null, ownShare: { phase: 'off', end: null } },
    ...change,
  };
}

/** Somebody else shares a screen. */
export const sharedScreen: NonNullable<InMeeting['content']> = {
  ...{ kind: 'screen', participantId: newId('participant'), startedAt: startAt },
};

/** As the media server tells of a room that a host has muted. */
export const mutedByHost = inRoster(ownParticipantId, {
  ...{ isMutedByHost: true, media: { isMicrophoneOn: false, isCameraOn: true } },
});
