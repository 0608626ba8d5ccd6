import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { SearchResult } from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { HoldReason, JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { ShareEnd, ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import type {
  ByeReason,
  MediaState,
  MeetingSummary,
  MeetingView,
  RosterEntry,
} from '@anteroom/shared/signalling/messages.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import type { OwnNetwork } from '../network/watch-connections.ts';
import type { MeetingTalk } from './meeting-talk.ts';

/** Where a meeting client stands. `remotes` holds the media of everybody else who is forwarded to this client. */
export type MeetingClientState =
  | { phase: 'connecting' }
  | {
      phase: 'joined';
      participantId: ParticipantId;
      meeting: MeetingSummary;
      roster: RosterEntry[];
      remotes: ReadonlyMap<ParticipantId, MediaStream>;
      /** What somebody else shares; `talk.content` says who. */
      content: MediaStream | null;
      share: OwnShare;
      media: MediaState;
      talk: MeetingTalk;
      /** The connection is gone and is being restored; the last known meeting stays on screen. */
      isReconnecting: boolean;
    }
  /** At the door, for this reason; goes in by itself when it ends. */
  | {
      phase: 'held';
      reason: HoldReason;
      /** The host's last words to the waiting room. */
      notice: string | null;
    }
  | { phase: 'refused'; reason: JoinRefusal; isTryingAgain: boolean }
  | { phase: 'ended'; reason: EndReason };

/** `hung_up`: a host ended this stay, and the way back in is open. */
export type EndReason = ByeReason | 'hung_up';

/** What this client shares. */
export type OwnShare =
  /** `end`: why the last share ended or did not begin, when that was not its own doing. */
  { phase: 'off'; end: ShareEnd | ShareRefusal | null } | { phase: 'starting' } | { phase: 'on'; stream: MediaStream };

export type MeetingClientOptions = {
  /** Address of the signalling WebSocket: ws(s)://…/api/v1/signal. */
  url: string;
  ticket: string;
  /** What is on at the moment of joining. */
  media: MediaState;
  /** The own camera and microphone; null to watch only. Its tracks stay the caller's: the client never stops them. */
  localStream: MediaStream | null;
  onState(state: MeetingClientState): void;
};

export type MeetingClientStats = {
  /** From the call of `createMeetingClient`; null until it happened. */
  joinedAfterMs: number | null;
  firstFrameAfterMs: number | null;
  framesDecoded: Readonly<Record<ParticipantId, number>>;
  contentFramesDecoded: number;
  framesSent: number;
};

export interface MeetingClient {
  state(): MeetingClientState;
  /** Opens and closes microphone and camera: what is off is not sent. */
  setMedia(media: MediaState): void;
  /** What is shown now: decides which videos come, and how large. Said anew by itself after a reconnection. */
  setView(view: MeetingView): void;
  /** Replaces the own tracks, for example after another camera was chosen or the camera was opened again. */
  setLocalStream(stream: MediaStream | null): void;
  /**
   * Shows a screen, window or tab to everybody; instead of what somebody else shares only with `takesOver`. Resolves with
   * null once it is shown, else why not. Its tracks are stopped when it ends, however it ends.
   */
  share(stream: MediaStream, options: { takesOver: boolean }): Promise<ShareRefusal | null>;
  stopSharing(): void;
  /** Meeting control: null once it is done, else why not. */
  control(action: ControlAction): Promise<ControlRefusal | null>;
  /** The way to the whiteboard. */
  board: BoardChannel;
  /** What the own network does. */
  network: OwnNetwork;
  /** Looks in the directory for whom to call, for hosts and co-hosts. */
  find(text: string): Promise<SearchResult>;
  /** The own microphone or camera that a host asked for was opened, or stays closed. */
  answerAsk(): void;
  stats(): Promise<MeetingClientStats>;
  /** Leaves the meeting for good. */
  leave(): void;
}
