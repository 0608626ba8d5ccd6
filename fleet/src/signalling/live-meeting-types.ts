import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { BoardClientMessage, ByeReason, ClientMessage } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { RoomHost } from '../media-nodes/room-host.ts';
import type { BoardDesk } from './boards/board-desk.ts';
import type { ShareMessage } from './content-desk.ts';
import type { Actor } from './hosting-desk.ts';
import type { NetworkWord } from './network-word.ts';
import type { ParticipantMedia } from './participant-media.ts';
import type {
  AdmittedMeeting,
  AdmittedParticipant,
  Calling,
  Found,
  Hosting,
  LiveView,
  SignallingPeer,
} from './ports.ts';
import type { Session } from './session.ts';
import type { ViewPace } from './view-pace.ts';
import type { WaitingRooms } from './waiting-room.ts';

/**
 * One meeting while somebody is in it: the places of its participants, their sockets and their media. Who may enter was
 * decided before; this decides who sees whom.
 */
export interface LiveMeeting {
  /** Takes or takes back the participant's place. An earlier socket of the same participant is told so. */
  enter(entry: Entry): Promise<EnterResult>;
  /** Gives back the seat of somebody admitted who went away before entering; a place that is taken stays. */
  forget(participantId: ParticipantId): void;
  publish(participantId: ParticipantId, session: Session, offer: string): Promise<void>;
  share(participantId: ParticipantId, session: Session, message: ShareMessage): Promise<void>;
  /** The message to one participant's media or state; false when it does not fit. */
  handle(participantId: ParticipantId, session: Session, message: PlaceMessage): boolean;
  /** What one participant asks of the whiteboard, or draws on it. */
  draw(participantId: ParticipantId, session: Session, message: BoardClientMessage): Promise<void>;
  /** The socket is gone; the place is kept for a while. */
  lose(participantId: ParticipantId, session: Session): void;
  remove(participantId: ParticipantId, reason: ByeReason): void;
  /** Carries one action of meeting control out; null when it was, else why not. */
  control(by: Actor, action: ControlAction): Promise<ControlRefusal | null>;
  /** Looks in the directory for whom a host may call. */
  find(by: ParticipantId, text: string): Promise<Found>;
  changeMeeting(change: MeetingChange): void;
  /** Who stands in the waiting room has changed. */
  followWaiting(): void;
  view(): LiveView;
  end(reason: ByeReason): void;
  participants(): { participantId: ParticipantId; peer: SignallingPeer }[];
  /** The media server is gone, or there is a new one without any room. */
  changeHost(host: RoomHost | null): void;
}

export type JoinMessage = Extract<ClientMessage, { type: 'join' }>;
export type PlaceMessage = Extract<
  ClientMessage,
  { type: 'answer' | 'candidate' | 'media' | 'network' | 'roomMute' | 'view' | 'resubscribe' }
>;
export type CandidateMessage = Extract<ClientMessage, { type: 'candidate' }>;
export type Entry = {
  meeting: AdmittedMeeting;
  participant: AdmittedParticipant;
  session: Session;
  join: JoinMessage;
  /** Candidates that came before the place was taken. */
  early: CandidateMessage[];
};
export type EnterResult = 'entered' | 'media_unavailable' | 'media_failed' | 'removed' | 'replaced';
export type MeetingChange = Partial<Pick<AdmittedMeeting, 'subject' | 'endAt'>>;

export type LiveMeetingDeps = {
  meeting: AdmittedMeeting;
  hosting: Hosting;
  calling: Calling;
  waitingRooms: WaitingRooms;
  board: BoardDesk;
  host: RoomHost | null;
  /** Waits a moment for a media server that restarts; null when it did not come. */
  waitForHost: () => Promise<RoomHost | null>;
  /** Ends with the service. */
  signal: AbortSignal;
  onReleased: (participantId: ParticipantId) => void;
  onEmpty: () => void;
  /** What controllers outside see has changed. */
  onChange: () => void;
  clock: Clock;
  log: Logger;
};

export type Place = {
  participant: AdmittedParticipant;
  peer: SignallingPeer;
  session: Session | null;
  media: ParticipantMedia | null;
  revisions: number;
  /** Candidates that wait for the media. */
  early: CandidateMessage[];
  /** A join is under way, which makes the media itself. */
  isEntering: boolean;
  /** False until `joined` was said for the first time. */
  isIn: boolean;
  /** What its layout shows. */
  view: ViewPace;
  /** What it says of its network. */
  network: NetworkWord;
  /** Ends the wait for the participant to come back. */
  absence: AbortController | null;
};
