import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { MeetingSummary, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { isHosting, type MeetingState, type Member, toRosterEntry, toSharedContent } from './members.ts';
import type { AdmittedMeeting } from './ports.ts';

/** What was told last; `news` counts the changes of the meeting itself. */
export type Announced = { state: MeetingState; meeting: AdmittedMeeting; news: number };

/** What everybody in a meeting is to be told after a change, and who began to host. */
export function announcementOf(
  before: Announced,
  after: Omit<Announced, 'news'>,
): { roster: ServerMessage | null; news: ServerMessage | null; newHosts: ReadonlySet<ParticipantId> } {
  const isNew =
    before.meeting !== after.meeting ||
    before.state.controls !== after.state.controls ||
    !isSharedAlike(before.state, after.state);
  return {
    roster: rosterChange(before.state, after.state),
    news: isNew
      ? {
          type: 'meeting',
          revision: before.news + 1,
          meeting: toSummary(after.meeting),
          controls: after.state.controls,
          content: toSharedContent(after.state.content),
        }
      : null,
    newHosts: newHostsOf(before.state, after.state),
  };
}

function rosterChange(before: MeetingState, after: MeetingState): ServerMessage | null {
  if (before.revision === after.revision) return null;
  const changed = [...after.members.values()].filter((member) => {
    const known = before.members.get(member.participantId);
    // Members that did not change are the same objects.
    return known !== member && (known === undefined || !isShownAlike(known, member));
  });
  const left = [...before.members.keys()].filter((participantId) => !after.members.has(participantId));
  return { type: 'roster', from: before.revision, revision: after.revision, changed: changed.map(toRosterEntry), left };
}

function isShownAlike(a: Member, b: Member): boolean {
  return JSON.stringify(toRosterEntry(a)) === JSON.stringify(toRosterEntry(b));
}

/** The same share by the same participant, whatever became of its media. */
function isSharedAlike({ content: a }: MeetingState, { content: b }: MeetingState): boolean {
  return JSON.stringify(toSharedContent(a)) === JSON.stringify(toSharedContent(b));
}

function newHostsOf(before: MeetingState, after: MeetingState): ReadonlySet<ParticipantId> {
  return new Set(
    [...after.members.values()]
      .filter((member) => isHosting(member) && !isHosting(before.members.get(member.participantId)))
      .map(({ participantId }) => participantId),
  );
}

export function toSummary({ meetingId, number, subject, startAt, endAt }: AdmittedMeeting): MeetingSummary {
  return { meetingId, number, subject, startAt, endAt };
}
