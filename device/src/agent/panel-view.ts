import { lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { BindingState, CallState, MissedCall, PanelMeeting, PanelState } from '@anteroom/shared/panel/state.ts';
import type { DesiredDocument, Peripheral } from '@anteroom/shared/protocol/desired.ts';
import { type Language, localize } from '@anteroom/shared/text.ts';
import type { EnrolmentView } from '../enrolment/enrolment.ts';
import type { Call, Meeting, Moment } from '../meeting/types.ts';

/** Everything that the screens show, as the terminal holds it. */
export type PanelFacts = {
  nowMs: number;
  language: Language;
  enrolment: EnrolmentView;
  desired: DesiredDocument | null;
  isOnline: boolean;
  linkSince: string | null;
  meetings: readonly Meeting[];
  call: Call;
  missedCalls: readonly MissedCall[];
  doNotDisturb: boolean;
  isMutedInRoom: boolean;
  input: PanelState['input'];
  volumePercent: number;
  peripherals: readonly Peripheral[];
  identifyUntil: string | null;
  hasDisplayPreview: boolean;
  hasSelfPreview: boolean;
  hasDevices: boolean;
  serial: string;
  software: string;
};

/** The document of the screens, but what numbers and stamps each push. Pure. */
export type PanelContent = Omit<PanelState, 'revision' | 'serverTime'>;

export function panelContent(facts: PanelFacts): PanelContent {
  const { language, isOnline, linkSince, call, volumePercent, identifyUntil, serial, software } = facts;
  const {
    hasDisplayPreview,
    hasSelfPreview,
    hasDevices,
    peripherals,
    nowMs,
    enrolment,
    missedCalls,
    doNotDisturb,
    isMutedInRoom,
    input,
  } = facts;
  return {
    language,
    binding: bindingView(facts),
    link: { isOnline, since: linkSince },
    meetings: shownMeetings(facts).map(meetingView),
    call: callView(call),
    missedCalls: enrolment.state === 'enrolled' ? [...missedCalls] : [],
    doNotDisturb,
    isMutedInRoom,
    input,
    volumePercent,
    peripherals: [...peripherals],
    identifyUntil: identifyUntil !== null && Date.parse(identifyUntil) > nowMs ? identifyUntil : null,
    hasDisplayPreview,
    hasSelfPreview,
    hasDevices,
    serial,
    software,
  };
}

/** A terminal that was just revoked says so before it has wiped what it knew: what it knew is not shown any more. */
function shownMeetings({ enrolment, meetings, isOnline, nowMs }: PanelFacts): Meeting[] {
  return enrolment.state === 'enrolled' ? meetings.filter((meeting) => isShown(meeting, isOnline, nowMs)) : [];
}

/** A meeting past its planned end may go on, as the fleet says while it can be asked; alone, the terminal goes by the plan. */
function isShown(meeting: Meeting, isOnline: boolean, nowMs: number): boolean {
  return nowMs < Date.parse(meeting.endAt) + (isOnline ? lingerAfterMs : 0);
}

function bindingView({ enrolment, desired, language }: PanelFacts): BindingState {
  switch (enrolment.state) {
    case 'contacting':
      return { state: 'contacting', fault: enrolment.fault && localize(enrolment.fault, language) };
    case 'pairing':
    case 'revoked':
      return enrolment;
    case 'enrolled': {
      if (!desired) return { state: 'configuring' };
      const { terminal, organization, room, space } = desired;
      return {
        state: 'claimed',
        terminalName: terminal.name,
        organizationName: organization.name,
        space: space && {
          ...{ name: space.name, site: space.site, floor: space.floor },
          ...{ capacity: space.capacity, timeZone: space.timeZone },
        },
        roomName: room?.name ?? null,
      };
    }
  }
}

export function meetingView(meeting: Meeting): PanelMeeting {
  const { meetingId, number, subject, organizerName, startAt, endAt, ticket } = meeting;
  return { meetingId, number, subject, organizerName, startAt, endAt, canJoin: ticket !== null };
}

function callView(call: Call): CallState {
  if (call.state === 'idle') return { state: 'idle' };
  const meeting = meetingView(call.meeting);
  switch (call.state) {
    case 'ringing':
      return {
        ...{ state: 'ringing', meeting, until: new Date(call.untilMs).toISOString() },
        callerName: call.meeting.callerName ?? call.meeting.organizerName,
      };
    case 'joining': {
      const { attempt, startedBy, beganOpen } = call;
      return { state: 'joining', meeting, since: instantOf(call.since), attempt, startedBy, beganOpen };
    }
    case 'in': {
      const { media, ownParticipantId, firstFrameMs, startedBy, beganOpen, hostWish, ownShare, proceedings } = call;
      const { controls, content, waiting, called, words, reactions, outcome } = proceedings;
      return {
        ...{ state: 'in', meeting, since: instantOf(call.since), startedBy, ownParticipantId, media },
        ...{ beganOpen, firstFrameMs, hostWish },
        ownShare: ownShare.phase === 'starting' ? { phase: 'starting' } : ownShare,
        ...{ roster: [...call.roster], controls, content, waiting: [...waiting], called: [...called], words },
        reactions: reactions.map((one) => ({ ...one, at: instantOf(one.at) })),
        outcome: outcome && { action: outcome.action, refusal: outcome.refusal, at: instantOf(outcome.at) },
      };
    }
    case 'reconnecting':
      return { state: 'reconnecting', meeting, since: instantOf(call.since), media: call.media, cause: call.cause };
    case 'leaving':
      return { state: 'leaving', meeting };
    case 'failed': {
      const retryAt = call.retryAt && instantOf(call.retryAt);
      return { state: 'failed', meeting, reason: call.reason, retryAt };
    }
  }
}

function instantOf(moment: Moment): string {
  return new Date(moment.wallMs).toISOString();
}
