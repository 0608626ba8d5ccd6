import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { MeetingSummary, RosterEntry } from '@anteroom/shared/signalling/messages.ts';

/** Whom a join ticket names. */
export type AdmittedParticipant = Pick<RosterEntry, 'participantId' | 'name' | 'kind' | 'role'>;
/** The meeting that a ticket opens; `capacity` is its number of seats. */
export type AdmittedMeeting = MeetingSummary & { capacity: number };

export type AdmitRequest = {
  ticket: string;
  /** Thumbprint of the client certificate that the connection proved; null for browsers. */
  certificateThumbprint: string | null;
};
export type AdmitResult =
  | { ok: true; participant: AdmittedParticipant; meeting: AdmittedMeeting }
  | { ok: false; reason: JoinRefusal };

/**
 * Seats. Signalling asks here who may enter and keeps the seats of those inside alive; it knows no database.
 *
 * - `admit` takes a seat with a lease. The same ticket always yields the same participant, and a participant who holds a
 *   seat already keeps it: a client that lost its connection comes back through the same call.
 * - `renew` is called every 10 s with everybody who holds a place, also while their connection is being restored.
 *   Ids without a seat are ignored.
 * - `release` gives a seat back; releasing twice does nothing.
 *
 * A rejection of `admit` refuses the join with `media_unavailable`, which clients try again by themselves.
 */
export interface Admission {
  admit(request: AdmitRequest): Promise<AdmitResult>;
  renew(participantIds: readonly ParticipantId[]): Promise<void>;
  release(participantId: ParticipantId): Promise<void>;
}
