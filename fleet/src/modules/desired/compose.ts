import type { DesiredDocument, ScheduledMeeting } from '@anteroom/shared/protocol/desired.ts';
import { terminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { DesiredContent } from '../../link/desired.ts';

/** Meetings that a terminal is told ahead of time. */
export const horizonMs = 7 * 86_400_000;
export const mostMeetings = 50;

export type DesiredFacts = {
  terminal: DesiredDocument['terminal'];
  organization: DesiredDocument['organization'];
  space: DesiredDocument['space'];
  room: DesiredDocument['room'];
  /** Live and upcoming meetings of the room, and those it is invited to, within the horizon, each with its ticket. */
  meetings: readonly ScheduledMeeting[];
  signallingUrl: string;
};

/**
 * What a terminal is told. Equal facts give equal documents: a ring that is over is left out of them, so that nothing in
 * a document depends on when it was composed but what the terminal must know.
 */
export function composeDesired(facts: DesiredFacts, now: Date): DesiredContent {
  const { terminal, organization, space, room, signallingUrl } = facts;
  return {
    terminal,
    organization,
    space,
    room,
    settings: terminalSettings.parse({}),
    meetings: facts.meetings.slice(0, mostMeetings).map((meeting) => withoutPastRing(meeting, now)),
    signallingUrl,
  };
}

function withoutPastRing(meeting: ScheduledMeeting, now: Date): ScheduledMeeting {
  const isRinging = meeting.ringUntil !== null && new Date(meeting.ringUntil) > now;
  return isRinging ? meeting : { ...meeting, ringUntil: null };
}
