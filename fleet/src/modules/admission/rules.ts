import type { AdmissionScope, ResourceKind, WaitingRoom } from '@anteroom/shared/meeting/fields.ts';
import type { HoldReason, JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import { joinableFrom, type MeetingTimes, type Standing, stateAt } from '../meetings/service.ts';
import type { TicketClaims } from '../tickets/service.ts';

/** What a meeting's door asks for. */
export type MeetingFacts = MeetingTimes & {
  startAt: string;
  resource: ResourceKind;
  admissionScope: AdmissionScope;
  waitingRoom: WaitingRoom;
  canJoinBeforeHost: boolean;
  /** `passwordProof` of its guest password; null when guests need none. */
  passwordProof: string | null;
};

/** What a meeting may use when somebody comes: of its resource, and of its plan. */
export type ResourceFacts = {
  /** Whether a paid order covers the resource now; the free plan is always there. */
  isValid: boolean;
  /** Seats of the whole resource. */
  capacity: number;
  /** Seats of one meeting in the plan, and minutes from its start; null for no limit. */
  meetingCapacity: number;
  maxMinutes: number | null;
};

/** What admission knows when it decides; seats are those whose lease runs. */
export type AdmissionFacts = {
  now: Date;
  claims: TicketClaims;
  meeting: MeetingFacts | undefined;
  /** What the connection proved; null for a browser. */
  certificate: { standing: 'valid' | 'revoked' | 'unknown'; terminalId: string | null } | null;
  /** The ticket's terminal; undefined for people, or when it does not exist any more. */
  terminal: { isRetired: boolean; isExpected: boolean; isLicensed: boolean } | undefined;
  /** Their account was deleted since the ticket was given. */
  isAccountDeleted: boolean;
  standing: Standing;
  hasSeat: boolean;
  /** A host has locked the meeting: nobody else comes in. */
  isLocked: boolean;
  /** A host has removed them, and nobody called them again. */
  isRemoved: boolean;
  /** Whether somebody who may let people in has done so. */
  isLetIn: boolean;
  isHostHere: boolean;
  /** Whether anybody has been in the meeting so far. */
  hasBegun: boolean;
  resource: ResourceFacts;
  /** Taken in this meeting, by others. */
  seatsInMeeting: number;
  /** Taken in other meetings of the same resource. */
  seatsElsewhere: number;
};

export type Decision =
  | { kind: 'admit' }
  | { kind: 'hold'; reason: HoldReason }
  | { kind: 'refuse'; reason: JoinRefusal };

/** One decision for every way in; the first reason that applies is told. Whoever is in already stays in. */
export function decide(facts: AdmissionFacts): Decision {
  const refusal = refusalOf(facts);
  if (refusal !== null) return { kind: 'refuse', reason: refusal };
  if (facts.hasSeat || facts.meeting === undefined) return { kind: 'admit' };
  const hold = holdOf(facts, facts.meeting);
  return hold === null ? { kind: 'admit' } : { kind: 'hold', reason: hold };
}

function refusalOf(facts: AdmissionFacts): JoinRefusal | null {
  const { claims, meeting, now, resource } = facts;
  const proof = refusalOfProof(facts);
  if (proof !== null) return proof;
  if (!meeting) return 'meeting_not_found';
  const state = stateAt(meeting, now, facts.hasSeat || facts.seatsInMeeting > 0);
  if (state === 'cancelled') return 'meeting_cancelled';
  if (state === 'over') return 'meeting_ended';
  if (planEndOf(meeting, resource.maxMinutes) <= now) return 'plan_minutes_used';
  if (isTicketOver(claims, meeting, now)) return 'ticket_expired';
  if (facts.isRemoved) return 'removed';
  if (facts.hasSeat) return null;
  return (
    refusalOfScope(facts, meeting) ??
    (facts.isLocked && facts.standing !== 'host' ? 'meeting_locked' : null) ??
    // When a paid resource expires, live meetings run to their end and new ones are refused.
    (resource.isValid || facts.hasBegun ? null : 'resource_expired')
  );
}

/** A ticket for the meeting's time is good as long as the meeting, also when it was extended since; one for another time ends. */
function isTicketOver({ nbf, exp }: TicketClaims, meeting: MeetingFacts, now: Date): boolean {
  const isOfItsTime = nbf === Math.floor(joinableFrom(meeting).getTime() / 1000);
  return !isOfItsTime && exp * 1000 <= now.getTime();
}

/** A terminal's ticket is good only in the hands of that terminal; a person's is not good in the hands of one. */
function refusalOfProof({ claims, certificate, terminal, isAccountDeleted }: AdmissionFacts): JoinRefusal | null {
  if (isAccountDeleted) return 'ticket_invalid';
  if (certificate?.standing === 'revoked') return 'certificate_revoked';
  if (claims.trm === undefined) return certificate === null ? null : 'ticket_invalid';
  if (certificate?.standing !== 'valid' || certificate.terminalId !== claims.trm) return 'ticket_invalid';
  if (!terminal || terminal.isRetired) return 'certificate_revoked';
  if (!terminal.isExpected) return 'ticket_invalid';
  return terminal.isLicensed ? null : 'terminal_unlicensed';
}

function refusalOfScope({ standing, claims }: AdmissionFacts, meeting: MeetingFacts): JoinRefusal | null {
  if (meeting.admissionScope === 'organization' && standing === 'outsider') return 'organization_only';
  if (meeting.admissionScope === 'invited' && (standing === 'outsider' || standing === 'member')) return 'invited_only';
  const isProofMissing = meeting.passwordProof !== null && claims.pwp !== meeting.passwordProof;
  return standing === 'outsider' && isProofMissing ? 'password_required' : null;
}

function holdOf(facts: AdmissionFacts, meeting: MeetingFacts): HoldReason | null {
  const { now, standing, resource } = facts;
  if (now < joinableFrom(meeting)) return 'meeting_not_started';
  // A cloud room holds one meeting at a time: before its start, a meeting waits until the room is empty.
  if (meeting.resource === 'room' && now < new Date(meeting.startAt) && facts.seatsElsewhere > 0) return 'room_in_use';
  if (!meeting.canJoinBeforeHost && standing !== 'host' && !facts.isHostHere && facts.seatsInMeeting === 0)
    return 'host_not_here';
  if (isForWaitingRoom(meeting.waitingRoom, standing) && !facts.isLetIn) return 'waiting_room';
  if (facts.seatsInMeeting >= resource.meetingCapacity) return 'meeting_full';
  if (facts.seatsInMeeting + facts.seatsElsewhere < resource.capacity) return null;
  return meeting.resource === 'room' ? 'room_full' : meeting.resource === 'concurrency' ? 'pool_full' : 'meeting_full';
}

function isForWaitingRoom(waitingRoom: WaitingRoom, standing: Standing): boolean {
  if (waitingRoom === 'off' || standing === 'host') return false;
  return waitingRoom === 'everyone' || standing === 'outsider';
}

/** When the plan's minutes are used up; far away when the plan has no limit. */
export function planEndOf({ startAt }: Pick<MeetingFacts, 'startAt'>, maxMinutes: number | null): Date {
  return new Date(maxMinutes === null ? 8.64e15 : Date.parse(startAt) + maxMinutes * 60_000);
}
