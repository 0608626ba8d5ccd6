import type { ParticipantId, TerminalId } from '@anteroom/shared/ids.ts';
import type { HoldReason, JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { ByeReason, MeetingSummary, RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { WebSocket } from 'ws';

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
  | { decision: 'admit'; participant: AdmittedParticipant; meeting: AdmittedMeeting }
  /** Not now, but as soon as the reason ends: ask again. */
  | { decision: 'hold'; reason: HoldReason; participantId: ParticipantId }
  | { decision: 'refuse'; reason: JoinRefusal };

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

/** Who is at the other end of an accepted WebSocket, as the listener has proved it. */
export type SignallingPeer =
  | { kind: 'terminal'; terminalId: TerminalId; certificateThumbprint: string }
  | { kind: 'browser'; address: string };

export type LiveMeeting = { meetingId: string; roster: RosterEntry[] };

export type SignallingCounters = {
  connections: number;
  joins: number;
  refusedJoins: number;
  /** Frames answered with `error`, by its code. */
  faultyFrames: Readonly<Record<string, number>>;
};

/**
 * The signalling role. `accept` takes over an open WebSocket, whose server is made with
 * `maxPayload: socketMaxPayloadBytes` (limits.ts): frames between the contract's limit and that are answered with an
 * error; larger ones make the library close the socket.
 */
export interface SignallingService {
  accept(socket: WebSocket, peer: SignallingPeer): void;
  /** Revocation: says `bye revoked`, closes the sockets of this terminal id or certificate thumbprint and stops its media. */
  disconnectTerminal(terminalIdOrThumbprint: string): void;
  /** Says `bye` to one participant or to everybody, stops their media and releases their seats. */
  removeParticipant(meetingId: string, participantId: ParticipantId): void;
  endMeeting(meetingId: string, reason: ByeReason): void;
  liveMeetings(): LiveMeeting[];
  counters(): SignallingCounters;
  /** Says `bye server_stopping` to everybody. Seats are kept: the same participants come back to the next process. */
  close(): Promise<void>;
}
