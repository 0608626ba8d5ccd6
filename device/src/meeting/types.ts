import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { CalledEntry } from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction, ControlRefusal, MeetingControls, Reaction } from '@anteroom/shared/meeting/control.ts';
import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { SharedContent, ShareEnd, ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import type { CallStarter, MissedCall } from '@anteroom/shared/panel/state.ts';
import type { scheduledMeeting } from '@anteroom/shared/protocol/desired.ts';
import type { EventMessage } from '@anteroom/shared/protocol/messages.ts';
import type {
  ByeReason,
  ChatEntry,
  MediaState,
  MeetingSummary,
  RosterEntry,
  WaitingEntry,
} from '@anteroom/shared/signalling/messages.ts';
import type { z } from 'zod';

/** A meeting as the fleet announced it, with the ticket that lets this terminal in. */
export type Meeting = z.infer<typeof scheduledMeeting>;

/** An instant on both clocks: server time for people and deadlines of meetings, elapsed time for everything that waits. */
export type Moment = { readonly wallMs: number; readonly elapsedMs: number };

export const closed: MediaState = { isMicrophoneOn: false, isCameraOn: false };

export type ReconnectCause = 'network' | 'mediaProcess' | 'mediaServer';

/** What a host wants of this room, or did to it; shown until somebody here touches it. */
export type HostWish = {
  what: 'microphone' | 'camera';
  by: string;
  /** `asked`: nothing is open before the room agrees; `opened`: the room's setting lets hosts open it. */
  manner: 'asked' | 'opened';
};

/** An action of meeting control that this room asked for; the fleet's answer bears its id. */
export type AskedControl = { id: number; action: ControlAction };

/** What goes on in a meeting besides who is in it. */
export type Proceedings = {
  /** Of the last word on the controls; an older one means nothing any more. */
  revision: number;
  controls: MeetingControls;
  /** What somebody shares. */
  content: SharedContent | null;
  /** Told to hosts and co-hosts only. */
  waiting: readonly WaitingEntry[];
  /** Who was called and is not in; told to hosts and co-hosts only. */
  called: readonly CalledEntry[];
  /** The latest of each participant. */
  reactions: readonly { participantId: ParticipantId; reaction: Reaction; at: Moment }[];
  /** What somebody else wrote last. */
  words: ChatEntry | null;
  asked: readonly AskedControl[];
  lastAskedId: number;
  outcome: (AskedControl & { refusal: ControlRefusal | null; at: Moment }) | null;
};

/** What this room shares of the laptop that is plugged into it. */
export type OwnShare =
  /** `end`: why it ended, or did not begin, without a touch in the room; until somebody here puts it away. */
  | { phase: 'off'; end: ShareEnd | ShareRefusal | 'unplugged' | null }
  /** Asked for and not granted yet. */
  | { phase: 'starting'; takesOver: boolean }
  | { phase: 'on' };

/** What is true from the first answer of the media server on. */
export type Presence = {
  meeting: Meeting;
  /** Came with the schedule since; tried when the one of `meeting` is refused. */
  newerTicket: string | null;
  startedBy: CallStarter;
  /** It began open although nobody in the room pressed anything; until somebody there chooses a device. */
  beganOpen: boolean;
  /** What this room sends. Only the room opens. */
  media: MediaState;
  hostWish: HostWish | null;
  ownShare: OwnShare;
  since: Moment;
  /** Null after a restart of the agent, until the fleet has answered. */
  ownParticipantId: ParticipantId | null;
  roster: readonly RosterEntry[];
  proceedings: Proceedings;
  /** When Join was pressed; null after a restart of the agent. */
  pressedAt: Moment | null;
  firstFrameMs: number | null;
  /** Whether the publish connection of the present media process stands. */
  isMediaUp: boolean;
  /** Media processes that died of late. */
  deaths: readonly number[];
};

export type Call =
  | { state: 'idle' }
  | { state: 'ringing'; meeting: Meeting; untilMs: number }
  | {
      state: 'joining';
      meeting: Meeting;
      media: MediaState;
      since: Moment;
      attempt: number;
      pressedAt: Moment;
      startedBy: CallStarter;
      beganOpen: boolean;
      deaths: readonly number[];
    }
  /** `announceAt`: when the event `joined` goes out without a first frame; null when it has gone out. */
  | (Presence & { state: 'in'; ownParticipantId: ParticipantId; announceAt: Moment | null })
  | (Presence & {
      state: 'reconnecting';
      cause: ReconnectCause;
      /** The fleet has let this room in since the line broke: only media is missing. */
      isIn: boolean;
      /** When to ask again, because an answer is missing or was "later". */
      retryAt: Moment;
    })
  | { state: 'leaving'; meeting: Meeting }
  | {
      state: 'failed';
      meeting: Meeting;
      media: MediaState;
      startedBy: CallStarter;
      pressedAt: Moment;
      reason: JoinRefusal;
      retryAt: Moment | null;
      attempt: number;
    };

export type Machine = {
  readonly call: Call;
  /** Rings that were answered, declined or missed: they do not ring again. */
  readonly silenced: readonly string[];
  /** Rings that came while the room was busy, and are not over yet. */
  readonly heard: readonly Meeting[];
  /** What nobody answered and nobody has put away, the latest first. */
  readonly missed: readonly MissedCall[];
  /** The hardware's own; `reopens`: what it closed was open, and opens when it comes up. */
  readonly muteKey: { readonly isMuted: boolean; readonly reopens: boolean };
  /** What laptops are plugged into; null where there is none. */
  readonly input: { readonly isPluggedIn: boolean } | null;
};

/** What a ring does in this room, by its settings: it rings, is answered automatically, or is missed without a sound. */
export type RingManner = 'ring' | 'answer' | 'quiet';

/** What people in the room do. Nothing else may open a microphone or a camera. */
export type RoomEvent =
  | { from: 'room'; type: 'join'; meeting: Meeting; media: MediaState }
  | { from: 'room'; type: 'answer'; media: MediaState }
  | { from: 'room'; type: 'decline' }
  | { from: 'room'; type: 'dismissMissed' }
  | { from: 'room'; type: 'leave' }
  | { from: 'room'; type: 'cancelJoin' }
  | { from: 'room'; type: 'dismissFailure' }
  | { from: 'room'; type: 'setMicrophone'; isOn: boolean }
  | { from: 'room'; type: 'setCamera'; isOn: boolean }
  | { from: 'room'; type: 'acceptAsk' }
  | { from: 'room'; type: 'declineAsk' }
  | { from: 'room'; type: 'control'; action: ControlAction }
  | { from: 'room'; type: 'share'; takesOver: boolean }
  | { from: 'room'; type: 'stopSharing' };

/** What comes from beyond the room: the desired document, commands, signalling. */
export type CloudEvent =
  | { from: 'cloud'; type: 'schedule'; meetings: readonly Meeting[]; manner: RingManner; media: MediaState }
  /** `media`: what the room's settings let a call begin with that nobody there started; closed but for one of them. */
  | { from: 'cloud'; type: 'join'; meeting: Meeting; media: MediaState }
  | { from: 'cloud'; type: 'leave' }
  | { from: 'cloud'; type: 'mute' }
  | { from: 'cloud'; type: 'stopCamera' }
  | { from: 'cloud'; type: 'revoked' }
  | {
      from: 'cloud';
      type: 'joined';
      participantId: ParticipantId;
      roster: readonly RosterEntry[];
      summary: MeetingSummary;
      controls: MeetingControls;
      content: SharedContent | null;
    }
  | { from: 'cloud'; type: 'refused'; reason: JoinRefusal }
  | { from: 'cloud'; type: 'roster'; roster: readonly RosterEntry[] }
  /** A host asks for this room's microphone or camera; `manner` is what the room's setting makes of it. */
  | ({ from: 'cloud'; type: 'ask' } & HostWish)
  | { from: 'cloud'; type: 'controlled'; id: number; refusal: ControlRefusal | null }
  | {
      from: 'cloud';
      type: 'meeting';
      revision: number;
      summary: MeetingSummary;
      controls: MeetingControls;
      content: SharedContent | null;
    }
  | { from: 'cloud'; type: 'waiting'; waiting: readonly WaitingEntry[] }
  | { from: 'cloud'; type: 'called'; called: readonly CalledEntry[] }
  | { from: 'cloud'; type: 'chat'; words: ChatEntry }
  | { from: 'cloud'; type: 'reaction'; participantId: ParticipantId; reaction: Reaction }
  /** The answers to this room's share. */
  | { from: 'cloud'; type: 'shared' }
  | { from: 'cloud'; type: 'shareRefused'; reason: ShareRefusal }
  | { from: 'cloud'; type: 'shareEnded'; reason: ShareEnd }
  | { from: 'cloud'; type: 'republish' }
  | { from: 'cloud'; type: 'bye'; reason: ByeReason }
  | { from: 'cloud'; type: 'lineLost' };

/** What the terminal itself notices. */
export type OwnEvent =
  | { from: 'own'; type: 'mediaUp' }
  /** The publish connection broke while its process lives. */
  | { from: 'own'; type: 'mediaBroken' }
  | { from: 'own'; type: 'mediaDied'; detail: string }
  | { from: 'own'; type: 'firstFrame'; elapsedMs: number }
  /** The agent comes back and was in a meeting; `media` is what the room had chosen. */
  | { from: 'own'; type: 'remembered'; meeting: Meeting; media: MediaState }
  /** The agent comes back: what was missed before. */
  | { from: 'own'; type: 'missedRemembered'; missed: readonly MissedCall[] }
  /** Somebody pressed or released the mute key of the room's microphones. */
  | { from: 'own'; type: 'muteKey'; isMuted: boolean }
  /** A laptop was plugged into the room's content input, or pulled out. */
  | { from: 'own'; type: 'input'; isPluggedIn: boolean }
  /** The content connection broke while its process lives; or media could not make one. */
  | { from: 'own'; type: 'shareBroken' }
  | { from: 'own'; type: 'shareFailed' }
  /** Leaving is done: the fleet was told and the devices are closed. */
  | { from: 'own'; type: 'left' }
  | { from: 'own'; type: 'tick' };

export type MeetingEvent = RoomEvent | CloudEvent | OwnEvent;

export type LeftReason = ByeReason | JoinRefusal;

/** What is to be done, as plain values; agent/call.ts does it. */
export type Effect =
  /** Take media, open the devices, and ask the fleet to let this room in. */
  | { effect: 'startCall'; meeting: Meeting; media: MediaState }
  /** Ask again with what is there. */
  | { effect: 'askAgain'; meeting: Meeting }
  | { effect: 'setMedia'; media: MediaState }
  /** Ask the fleet for an action of meeting control. */
  | ({ effect: 'control' } & AskedControl)
  /** Take another media process and publish and subscribe anew with it. */
  | { effect: 'replaceMedia'; media: MediaState }
  /** Keep the media process, but publish anew; unless the fleet asked for it, it has to be told to offer anew as well. */
  | { effect: 'publishAgain'; isAsked: boolean }
  /** Offer the laptop's picture and sound to the meeting; with `takesOver` instead of what somebody else shares. */
  | { effect: 'offerShare'; takesOver: boolean }
  /** It is granted: show it on the own display too. */
  | { effect: 'showShare' }
  | { effect: 'closeShare' }
  | { effect: 'showRoster'; roster: readonly RosterEntry[]; ownParticipantId: ParticipantId | null }
  /** Tell the fleet, and close everything of this call. Ends with the event `left`. */
  | { effect: 'endCall' }
  | { effect: 'remember'; meeting: Meeting; media: MediaState }
  | { effect: 'forget' }
  | { effect: 'rememberMissed'; missed: readonly MissedCall[] }
  | { effect: 'announce'; kind: EventMessage['kind']; detail: EventMessage['detail'] };

export type Step = { machine: Machine; effects: readonly Effect[] };
