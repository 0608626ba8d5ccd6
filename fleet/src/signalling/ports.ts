import type { AccountId, MeetingId, OrganizationId, ParticipantId, TerminalId } from '@anteroom/shared/ids.ts';
import type {
  CalledEntry,
  CalleeChoice,
  CalleeId,
  FindRefusal,
  FoundInDirectory,
} from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction, ControlRefusal, MeetingControls } from '@anteroom/shared/meeting/control.ts';
import type { HoldReason, JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { SharedContent } from '@anteroom/shared/meeting/sharing.ts';
import type { ByeReason, MeetingSummary, RosterEntry, WaitingEntry } from '@anteroom/shared/signalling/messages.ts';
import type { WebSocket } from 'ws';

/** Whom a join ticket names. */
export type AdmittedParticipant = Pick<RosterEntry, 'participantId' | 'name' | 'kind'> & {
  /** What they are to the meeting: `host` may hold it. */
  role: 'host' | 'member' | 'guest';
  /** Account or terminal of the ticket, else its participant: what hosts decided about one is about all its tickets. */
  holder: AccountId | TerminalId | ParticipantId;
};
/** Names a meeting to the port below. */
export type MeetingRef = { orgId: OrganizationId; meetingId: MeetingId };
/** The meeting that a ticket opens; `capacity` is its number of seats. */
export type AdmittedMeeting = MeetingSummary &
  MeetingRef & {
    capacity: number;
    /** What its options begin with. */
    controls: MeetingControls;
    /** As `save` was given it last; null for a meeting without decisions so far. */
    saved: unknown;
  };

export type AdmitRequest = {
  ticket: string;
  /** Thumbprint of the client certificate that the connection proved; null for browsers. */
  certificateThumbprint: string | null;
};
export type AdmitResult =
  | { decision: 'admit'; participant: AdmittedParticipant; meeting: AdmittedMeeting }
  /** Not now, but as soon as the reason ends: ask again. */
  | { decision: 'hold'; reason: HoldReason; participant: AdmittedParticipant; meeting: MeetingRef }
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

/**
 * What hosts decide beyond the media: kept so that it holds for every way in, and after a restart of signalling.
 *
 * - `save` keeps what the live meeting gives as it is; `isLocked` is asked by admission.
 * - `remove` makes admission refuse this holder until they are called again.
 * - `letIn` lets people in who wait in the waiting room.
 * - `extend` resolves with the new end, or null when the meeting cannot be extended.
 */
export interface Hosting {
  save(meeting: MeetingRef, saved: { isLocked: boolean; state: unknown }): Promise<void>;
  remove(meeting: MeetingRef, holder: AdmittedParticipant['holder']): Promise<void>;
  letIn(meeting: MeetingRef, who: readonly ParticipantId[]): Promise<void>;
  extend(meeting: MeetingRef, minutes: number, by: AccountId | null): Promise<string | null>;
  end(meeting: MeetingRef, by: AccountId | null): Promise<void>;
}

/**
 * Keeps the whiteboard of each meeting, as signalling writes it; rejections are tried again.
 *
 * - `load` gives the state that was saved last, null for a meeting without a board so far.
 */
export interface BoardStore {
  load(meeting: MeetingRef): Promise<Uint8Array | null>;
  save(meeting: MeetingRef, board: { state: Uint8Array; elements: number }): Promise<void>;
}

/** Who calls: whoever holds a ticket, or controls from outside. */
export type Caller = AdmittedParticipant['holder'];
/** Somebody who was called for a meeting, whether they came in or not. */
export type Call = Pick<CalledEntry, 'calleeId' | 'kind' | 'name'> & {
  state: 'ringing' | 'answered' | 'declined' | 'missed' | 'withdrawn' | 'invited' | 'unreachable';
  calledAt: string;
  ringUntil: string;
  /** When it stopped ringing; null while it rings. */
  settledAt: string | null;
};
/** `called`: who rings from now on, and may come back if they were removed. */
export type CallResult =
  | { ok: true; called: readonly AdmittedParticipant['holder'][] }
  | { ok: false; refusal: ControlRefusal };
/** As the directory has it; who of them is in the meeting is known here. */
export type Directory = {
  [group in keyof FoundInDirectory]: {
    items: Omit<FoundInDirectory[group]['items'][number], 'isHere'>[];
    hasMore: boolean;
  };
};
export type FindResult = { ok: true; found: Directory } | { ok: false; refusal: FindRefusal };

/**
 * Whom hosts call into a meeting, and how they find them. The directory is of people and terminals of the meeting's
 * organization; to everybody else it is not there.
 *
 * - `call` rings, and invites contacts; nobody is called when anything about the choice is refused.
 * - `hangUp` ends a ring, or writes down that the stay of somebody in the meeting was ended.
 * - `follow` calls `listener` with everybody who was called, soon and after each change. Returns the end of it.
 */
export interface Calling {
  call(meeting: MeetingRef, by: Caller, choice: CalleeChoice): Promise<CallResult>;
  hangUp(
    meeting: MeetingRef,
    by: Caller,
    what: { ring: CalleeId } | { stayOf: Caller },
  ): Promise<ControlRefusal | null>;
  find(meeting: MeetingRef, by: Caller, text: string): Promise<FindResult>;
  follow(meeting: MeetingRef, listener: (calls: readonly Call[]) => void): () => void;
}

/** Who is at the other end of an accepted WebSocket, as the listener has proved it. */
export type SignallingPeer =
  | { kind: 'terminal'; terminalId: TerminalId; certificateThumbprint: string }
  | { kind: 'browser'; address: string };

export type LiveMeeting = { meetingId: string; roster: RosterEntry[] };
/** A live meeting as its controllers see it, from outside too. */
export type LiveView = {
  meeting: MeetingSummary;
  controls: MeetingControls;
  roster: RosterEntry[];
  waiting: WaitingEntry[];
  content: SharedContent | null;
  /** Who was called and is not in it. */
  called: CalledEntry[];
};
/** What a search found, or why nobody was looked for. */
export type Found = { found: FoundInDirectory; refusal: null } | { found: null; refusal: FindRefusal };
/** Who controls from outside of the meeting, with its host's rights. */
export type Controller = { name: string; accountId: AccountId };

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
  /** Says `bye` to everybody, stops their media and releases their seats. */
  endMeeting(meetingId: string, reason: ByeReason): void;
  /** Says `bye` to one, stops their media and releases their seat; nothing when they are not there. */
  removeParticipant(meetingId: string, participantId: ParticipantId, reason: ByeReason): void;
  liveMeetings(): LiveMeeting[];
  /** Null when nobody is in the meeting on this node. */
  view(meetingId: string): LiveView | null;
  /** Who waits for a host or in the waiting room, also while nobody is in. */
  waiting(meetingId: string): WaitingEntry[];
  /** Calls `listener` after each change of `view` and `waiting`, also when the meeting ends. Returns the end of it. */
  watch(meetingId: string, listener: () => void): () => void;
  /**
   * One action of somebody outside; null when it was carried out, else why not. While nobody is in, there is only who
   * waits.
   */
  control(meetingId: string, by: Controller, action: ControlAction): Promise<ControlRefusal | null>;
  /** The meeting was changed elsewhere, for example extended. */
  changeMeeting(meetingId: string, change: Partial<Pick<MeetingSummary, 'subject' | 'endAt'>>): void;
  counters(): SignallingCounters;
  /** Says `bye server_stopping` to everybody. Seats are kept: the same participants come back to the next process. */
  close(): Promise<void>;
}
