import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { NetworkReading } from '@anteroom/shared/network/reading.ts';
import type {
  iceCandidate,
  MediaState,
  PeerConnectionName,
  SubscribedStream,
} from '@anteroom/shared/signalling/messages.ts';
import type { z } from 'zod';

export type IceCandidate = z.infer<typeof iceCandidate>;

/**
 * What the agent asks of media, and what media tells the agent. The agent owns signalling; media owns pictures and
 * sound, in a process of its own for each call, so that a crash in it is an event here and nothing worse.
 */
export interface MediaPort extends AsyncDisposable {
  /** True when `take` hands over a process that is already running, with its publish offer made. */
  readonly isSpareReady: boolean;
  /** File of the newest picture (JPEG); null when no call is on, the display is a real one, or the camera is off. */
  pictureFile(of: PictureOf): string | null;
  /** Hands over a call's media at once; the process behind it is the spare, or a new one when there is no spare. */
  take(options: TakeOptions): MediaCall;
  /** Whether a plugged in laptop is on the room's display and speaker while no call is on. A call begins without it. */
  showInput(isShown: boolean): void;
  /** Returns what ends the subscription. */
  onEvent(listener: (event: MediaPortEvent) => void): () => void;
}

/** The composed picture of the room display, of the second one for what is shared, or what the room's camera sends. */
export type PictureOf = 'display' | 'content' | 'self';

export type TakeOptions = { media: MediaState; caption: StageCaption };

/** What the room display shows while nobody else is seen. Both lines are ready for the reader, in their language. */
export type StageCaption = { title: string; detail: string };

/** One call's media: one process. After `died` nothing but disposal is left to do with it; take another. */
export interface MediaCall extends AsyncDisposable {
  readonly pid: number | undefined;
  /** The offer for the `publish` connection, its candidates inside. At once when the spare was ready. */
  publishOffer(options: { signal: AbortSignal }): Promise<string>;
  /**
   * Somebody pressed Join: opens real cameras and microphones, and lets media flow as soon as it can. Before this,
   * nothing leaves the room. Call it before the join is sent, so that devices open meanwhile.
   */
  open(): void;
  applyPublishAnswer(sdp: string): void;
  /** Follows a subscribe offer and resolves to its answer, candidates inside. */
  answerSubscribeOffer(offer: SubscribeOffer, options: { signal: AbortSignal }): Promise<string>;
  addCandidate(connection: PeerConnectionName, candidate: IceCandidate | null): void;
  setMedia(media: MediaState): void;
  /** Loudness of the room's speaker, 0 to 100, as it is heard: half is half as loud. */
  setVolume(volumePercent: number): void;
  /** Names on tiles; participants who are not in `roster` lose their tile. The own participant stays out. */
  setRoster(roster: readonly StageParticipant[]): void;
  setCaption(caption: StageCaption): void;
  /** This name again and again over everything that the displays show; null for none. */
  setWatermark(name: string | null): void;
  /** Opens the content input and resolves to an offer for the `content` connection; a later one takes its place. */
  offerContent(options: { signal: AbortSignal }): Promise<string>;
  applyContentAnswer(sdp: string): void;
  /** Ends the `content` connection. */
  closeContent(): void;
  /** The content input on the own display and speaker, with these words on it; null takes it away. */
  showInput(label: string | null): void;
  /** The meeting's whiteboard in the place of what is shared; null takes it away. */
  showBoard(board: BoardPicture | null): void;
  /** The media server came back empty: drops both connections and resolves to a new publish offer. */
  republish(options: { signal: AbortSignal }): Promise<string>;
  /** Returns what ends the subscription. */
  onEvent(listener: (event: MediaCallEvent) => void): () => void;
}

export type StageParticipant = {
  participantId: ParticipantId;
  name: string;
  /** Stands on what they share: whose it is, ready for the reader, in their language. */
  shareLabel: string;
  isCameraOn: boolean;
};

/** The whiteboard as a screen of this terminal painted it (JPEG; null before the first picture), and the words on it. */
export type BoardPicture = { jpeg: Buffer | null; label: string };

export type SubscribeOffer = { revision: number; isNew: boolean; offer: string; streams: readonly SubscribedStream[] };

export type MediaCallEvent =
  /** One of our candidates that came too late for the offer or answer. */
  | { type: 'candidate'; connection: PeerConnectionName; candidate: IceCandidate | null }
  | { type: 'connection'; connection: PeerConnectionName; state: ConnectionState }
  /** The first frame of this participant, or of what they share, was drawn by the display sink, at this time of the clock given to media. */
  | { type: 'firstFrame'; participantId: ParticipantId; atMonotonicMs: number }
  | { type: 'stats'; stats: MediaStats }
  /** What both connections sent and received so far. */
  | { type: 'network'; reading: NetworkReading }
  | { type: 'levels'; levels: MediaLevels }
  | { type: 'peripheral'; peripheral: Peripheral }
  | { type: 'error'; code: MediaFaultCode; detail: string }
  | { type: 'died'; reason: DeathReason; detail: string };

export type ConnectionState = 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

/** `exited`: the process ended by itself or was killed. `hung`: it stopped answering and was killed by us. */
export type DeathReason = 'exited' | 'hung';

export type MediaStats = {
  /** Composed frames drawn by the display sink since the call began. */
  framesRendered: number;
  framesDropped: number;
  /** Encoded frames handed to the publish connection since the call began. */
  framesPublished: number;
  /** Decoded frames of each participant's camera since its tile was made. */
  framesReceived: Record<string, number>;
};

/** Root mean square of the last tenth of a second in dB of full scale; null while there is no sound to measure. */
export type MediaLevels = { microphoneDb: number | null; speakerDb: number | null };

export type PeripheralKind = 'camera' | 'microphone' | 'speaker' | 'display';

/** `missing`: no such device is plugged in. `failed`: it is there and does not work. */
export type PeripheralState = 'working' | 'missing' | 'failed';

export type Peripheral = { kind: PeripheralKind; state: PeripheralState; name: string };

export type MediaFaultCode =
  | 'pipeline_failed'
  | 'content_failed'
  | 'board_failed'
  | 'sdp_refused'
  | 'candidate_refused'
  | 'device_failed'
  | 'message_invalid';

export type MediaPortEvent =
  | { type: 'spare'; isReady: boolean }
  /** `pictureFile` has its first picture, or none any more. */
  | { type: 'pictures' }
  /** A laptop was plugged in or pulled out; told again by each process. Never where there is no content input. */
  | { type: 'input'; isPluggedIn: boolean }
  /** What an idle terminal's spare sees of its devices, without opening any. */
  | { type: 'peripheral'; peripheral: Peripheral };

/** A request to media that will not be answered any more. */
export class MediaError extends Error {
  readonly code: 'media_died' | 'media_closed' | MediaFaultCode;

  constructor(code: MediaError['code'], message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'MediaError';
    this.code = code;
  }
}
