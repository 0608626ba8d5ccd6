import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import { joinableFrom, type MeetingTimes, stateAt } from '../meetings/service.ts';
import type { TicketClaims } from '../tickets/service.ts';

/** What admission knows when it decides; seats are those whose lease runs. */
export type AdmissionFacts = {
  now: Date;
  claims: TicketClaims;
  meeting: (MeetingTimes & { startAt: string; capacity: number }) | undefined;
  /** What the connection proved; null for a browser. */
  certificate: { standing: 'valid' | 'revoked' | 'unknown'; terminalId: string | null } | null;
  /** The ticket's terminal; undefined for people, or when it does not exist any more. */
  terminal: { isRetired: boolean; isInRoom: boolean } | undefined;
  hasSeat: boolean;
  /** Taken in this meeting, by others. */
  seatsInMeeting: number;
  /** Taken in other meetings of the same cloud room. */
  seatsElsewhereInRoom: number;
};

/** Null admits. One decision for every way in; the first reason that applies is told. */
export function refusalOf(facts: AdmissionFacts): JoinRefusal | null {
  const { claims, meeting, now } = facts;
  const proof = refusalOfProof(facts);
  if (proof !== null) return proof;
  if (!meeting) return 'meeting_not_found';
  const state = stateAt(meeting, now, facts.hasSeat || facts.seatsInMeeting > 0);
  if (state === 'cancelled') return 'meeting_cancelled';
  if (state === 'over') return 'meeting_ended';
  if (claims.exp * 1000 <= now.getTime()) return 'ticket_expired';
  if (facts.hasSeat) return null;
  if (now < joinableFrom(meeting)) return 'meeting_not_started';
  // A cloud room holds one meeting at a time: before its start, a meeting waits until the room is empty.
  if (now < new Date(meeting.startAt) && facts.seatsElsewhereInRoom > 0) return 'meeting_not_started';
  return facts.seatsInMeeting + facts.seatsElsewhereInRoom >= meeting.capacity ? 'room_full' : null;
}

/** A terminal's ticket is good only in the hands of that terminal; a person's is not good in the hands of one. */
function refusalOfProof({ claims, certificate, terminal }: AdmissionFacts): JoinRefusal | null {
  if (certificate?.standing === 'revoked') return 'certificate_revoked';
  if (claims.trm === undefined) return certificate === null ? null : 'ticket_invalid';
  if (certificate?.standing !== 'valid' || certificate.terminalId !== claims.trm) return 'ticket_invalid';
  if (!terminal || terminal.isRetired) return 'certificate_revoked';
  return terminal.isInRoom ? null : 'ticket_invalid';
}
