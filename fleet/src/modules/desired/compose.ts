import type { DesiredDocument, ScheduledMeeting, TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
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
  /** Those that are kept; the others have their defaults. */
  settings: Partial<TerminalSettings>;
  signallingUrl: string;
};

/** What a terminal is told. Equal facts give equal documents. */
export function composeDesired(facts: DesiredFacts): DesiredContent {
  const { settings, meetings, ...rest } = facts;
  return { ...rest, settings: terminalSettings.parse(settings), meetings: meetings.slice(0, mostMeetings) };
}
