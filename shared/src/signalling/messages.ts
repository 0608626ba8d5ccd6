import { z } from 'zod';
import { participantId } from '../ids.ts';
import { calledEntry, findRefusal, foundInDirectory, longestSearch } from '../meeting/calling.ts';
import { controlAction, controlRefusal, meetingControls, participantRole, reaction } from '../meeting/control.ts';
import { holdReason, joinRefusal } from '../meeting/refusal.ts';
import { sharedContent, shareEnd, shareRefusal } from '../meeting/sharing.ts';
import { instant } from '../protocol/envelope.ts';
import { boardRefusal } from '../whiteboard/limits.ts';
import { boardPart } from '../whiteboard/parts.ts';
import { boardPoint } from '../whiteboard/point.ts';

/**
 * Signalling: JSON text frames on a WebSocket, the same for terminals (mutual TLS, path /signal on their listener) and
 * browsers (path /api/v1/signal). Only the fleet's signalling role talks to Janus.
 *
 * A participant has two peer connections: `publish` (its own microphone and camera; the client offers) and `subscribe`
 * (everybody else; the server offers, again and again as people come and go). Whoever shares a screen has a third,
 * `content` (the client offers).
 *
 * Shortest join: `join` bears the publish offer; `joined` bears its answer, and when anybody else is there the first
 * `offer` follows without being asked for.
 */
const sdp = z.string().max(64 * 1024);
export const peerConnectionName = z.enum(['publish', 'subscribe', 'content']);
export type PeerConnectionName = z.infer<typeof peerConnectionName>;

/** One trickled ICE candidate; null ends the candidates. */
export const iceCandidate = z.object({
  candidate: z.string().max(1024),
  sdpMid: z.string().nullable(),
  sdpMLineIndex: z.int().min(0).nullable(),
});

export type IceCandidate = z.infer<typeof iceCandidate>;

export const mediaState = z.object({ isMicrophoneOn: z.boolean(), isCameraOn: z.boolean() });
export type MediaState = z.infer<typeof mediaState>;

/** Trouble with the network of a participant, as its own client measures it; it says nothing while all is well. */
export const networkTrouble = z.enum(['impaired', 'bad']);
export type NetworkTrouble = z.infer<typeof networkTrouble>;

export const rosterEntry = z.object({
  participantId,
  name: z.string(),
  kind: z.enum(['terminal', 'person', 'guest']),
  /** What they are now; a host can hand the role over. */
  role: participantRole,
  /** What is heard and seen of them: closed when a host closed it. */
  media: mediaState,
  isMutedByHost: z.boolean(),
  isCameraStoppedByHost: z.boolean(),
  /** Since when the hand is up; null when it is down. */
  handRaisedAt: instant.nullable(),
  /** False while the participant's connection is being restored. */
  isConnected: z.boolean(),
  isSpeaking: z.boolean(),
  /** Null: none is known of. That is no sign that there is none. */
  networkTrouble: networkTrouble.nullable().default(null),
  /** A key of the room's hardware mutes its microphones: only somebody in the room lifts that. */
  isMutedInRoom: z.boolean().default(false),
  joinedAt: instant,
});
export type RosterEntry = z.infer<typeof rosterEntry>;

/** Which m-line of a subscribe offer carries whose media. */
export const subscribedStream = z.object({
  mid: z.string(),
  participantId,
  kind: z.enum(['audio', 'video']),
  /** `camera`: themselves, microphone included; `content`: what they share. */
  source: z.enum(['camera', 'content']).default('camera'),
});
export type SubscribedStream = z.infer<typeof subscribedStream>;

export const meetingSummary = z.object({
  meetingId: z.string(),
  number: z.string(),
  subject: z.string(),
  startAt: instant,
  endAt: instant,
});
export type MeetingSummary = z.infer<typeof meetingSummary>;

/** Somebody in the waiting room, as hosts see them. */
export const waitingEntry = z.object({ participantId, name: z.string(), kind: rosterEntry.shape.kind, since: instant });
export type WaitingEntry = z.infer<typeof waitingEntry>;

export const chatEntry = z.object({
  id: z.int(),
  from: participantId,
  name: z.string(),
  text: z.string(),
  at: instant,
});
export type ChatEntry = z.infer<typeof chatEntry>;

/** What one side has of the whiteboard (a Yjs state vector, in base64): the other sends what is missing from it. */
export const boardSync = z.object({ type: z.literal('boardSync'), stateVector: z.base64().max(64 * 1024) });
/** A Yjs update of the whiteboard, in parts that follow each other. */
const boardUpdate = z.object({ type: z.literal('boardUpdate'), ...boardPart });
/** What the client sent was not taken, so its board is another one now: it drops it and asks for the meeting's. */
const boardRefused = z.object({ type: z.literal('boardRefused'), reason: boardRefusal });
/** Where somebody points at on the whiteboard; null once they point no more. It is no part of the board, and not kept. */
const boardPointed = z.object({ type: z.literal('boardPointed'), participantId, at: boardPoint.nullable() });
export const boardServerMessage = z.discriminatedUnion('type', [boardSync, boardUpdate, boardRefused, boardPointed]);
export type BoardServerMessage = z.infer<typeof boardServerMessage>;

/** At most so many videos of people are forwarded to one receiver. */
export const mostVideos = 9;

/** One video on a receiver's screen, and how high it stands there in physical pixels. */
export const viewedVideo = z.object({ participantId, heightPx: z.int().min(1).max(16_384) });
export type ViewedVideo = z.infer<typeof viewedVideo>;

/**
 * What a receiver's layout shows. Those videos are forwarded, in layers that fit their height; whoever speaks fills what
 * is left of `mostVideos`. Who never says it gets the videos of whoever speaks, in full.
 */
export const meetingView = z.object({
  /** What matters most first. */
  videos: z.array(viewedVideo).max(mostVideos),
  /** Not more than the layout has places for. */
  mostVideos: z.int().min(0).max(mostVideos),
});
export type MeetingView = z.infer<typeof meetingView>;

export const clientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('join'),
    v: z.int().min(1),
    ticket: z.string().max(4096),
    media: mediaState,
    /** Publish offer; absent for somebody who only watches. */
    offer: sdp.optional(),
    /** Whoever is held waits at the open door, and is told `held`; others are refused and ask again. */
    canWait: z.boolean().optional(),
    /** They come back and `share` anew at once: what they shared stays theirs. Without it, it ends. */
    isSharing: z.boolean().optional(),
  }),
  /** A new publish offer: after `republish`, after a local media restart, or to begin publishing. */
  z.object({ type: z.literal('publish'), offer: sdp }),
  /**
   * Shows a screen to everybody, answered with `shared` or `shareRefused`; instead of what somebody else shares only with
   * `takesOver`. Also a new offer of whoever shares. The control action `stopShare` ends it.
   */
  z.object({ type: z.literal('share'), offer: sdp, takesOver: z.boolean() }),
  /** Answer to the `offer` of the same revision. */
  z.object({ type: z.literal('answer'), revision: z.int().min(1), answer: sdp }),
  z.object({ type: z.literal('candidate'), connection: peerConnectionName, candidate: iceCandidate.nullable() }),
  z.object({ type: z.literal('media'), media: mediaState }),
  /** Said when it changes, and again at least every 15 s while there is any: what is not said again is forgotten. */
  z.object({ type: z.literal('network'), trouble: networkTrouble.nullable() }),
  /** A terminal's mute key went down or came up; said anew after every `joined` while it is down. */
  z.object({ type: z.literal('roomMute'), isMuted: z.boolean() }),
  /** What the layout shows from now on; said anew after every `joined`. */
  z.object({ type: z.literal('view'), view: meetingView }),
  /** The client lost its subscribe connection (its media process restarted): start it anew. */
  z.object({ type: z.literal('resubscribe') }),
  /** Meeting control; answered with `controlled` of the same id. */
  z.object({ type: z.literal('control'), id: z.int().min(1), action: controlAction }),
  /** Looks in the organization's directory for whom a host may call; answered with `found` of the same id. */
  z.object({ type: z.literal('find'), id: z.int().min(1), text: z.string().trim().max(longestSearch) }),
  z.object({ type: z.literal('leave') }),
  /** Asks for the whiteboard; from then on its updates come by themselves, until this connection ends. */
  boardSync,
  /** Only after `boardSync` was answered by one. */
  boardUpdate,
  /** The same; answered by nothing, and passed on as far as others can follow. */
  z.object({ type: z.literal('boardPoint'), at: boardPoint.nullable() }),
  /**
   * A browser without a meeting tests its way to the media server: one sound, which nobody hears. Answered with `probed`;
   * candidates follow for the connection `publish`.
   */
  z.object({ type: z.literal('probe'), offer: sdp }),
]);
export type BoardClientMessage = Extract<ClientMessage, { type: 'boardSync' | 'boardUpdate' | 'boardPoint' }>;
export type ClientMessage = z.infer<typeof clientMessage>;

export const byeReasons = [
  'left',
  'meeting_ended',
  'removed',
  'revoked',
  'joined_elsewhere',
  'server_stopping',
] as const;
export const byeReason = z.enum(byeReasons);
export type ByeReason = z.infer<typeof byeReason>;

export const serverMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('joined'),
    participantId,
    meeting: meetingSummary,
    controls: meetingControls,
    content: sharedContent.nullable().default(null),
    /** Of the roster: the next `roster` message changes this one. */
    revision: z.int().min(0),
    roster: z.array(rosterEntry),
    /** The latest messages, the oldest first. */
    chat: z.array(chatEntry),
    answer: sdp.optional(),
  }),
  z.object({ type: z.literal('refused'), reason: joinRefusal }),
  /**
   * Not yet, for this reason: the client stays, hears when the reason becomes another one, and is `joined` by itself when
   * none is left. Its offer is not kept: it publishes once it is in.
   */
  z.object({ type: z.literal('held'), reason: holdReason }),
  z.object({ type: z.literal('published'), answer: sdp }),
  /** Null: no media server now, or too many tests at once. */
  z.object({ type: z.literal('probed'), answer: sdp.nullable() }),
  z.object({ type: z.literal('shared'), answer: sdp }),
  z.object({ type: z.literal('shareRefused'), reason: shareRefusal }),
  /** What the client shared is over, and forwarded no more; one that ended it itself knows already. */
  z.object({ type: z.literal('shareEnded'), reason: shareEnd }),
  /** A subscribe offer. `isNew`: make a new peer connection; otherwise renegotiate the present one. */
  z.object({
    type: z.literal('offer'),
    revision: z.int().min(1),
    isNew: z.boolean(),
    offer: sdp,
    streams: z.array(subscribedStream),
  }),
  z.object({ type: z.literal('candidate'), connection: peerConnectionName, candidate: iceCandidate.nullable() }),
  /** What changed in the roster since the last one, oneself included: entries that are new or different, and who left. */
  z.object({
    type: z.literal('roster'),
    /** The revision that this changes; whoever does not have it yet keeps this until they do. */
    from: z.int().min(0),
    revision: z.int().min(1),
    changed: z.array(rosterEntry),
    left: z.array(participantId),
  }),
  /** The meeting itself, its controls or its content changed: locked, extended, renamed, shared. */
  z.object({
    type: z.literal('meeting'),
    /** Grows; an older one means nothing any more. */
    revision: z.int().min(1),
    meeting: meetingSummary,
    controls: meetingControls,
    content: sharedContent.nullable().default(null),
  }),
  /** Everybody in the waiting room; only hosts and co-hosts are told. */
  z.object({ type: z.literal('waiting'), waiting: z.array(waitingEntry) }),
  /** Everybody who was called and is not in the meeting; only hosts and co-hosts are told. */
  z.object({ type: z.literal('called'), called: z.array(calledEntry) }),
  /** The answer to `find`: who was found, or why nobody was looked for. */
  z.object({
    type: z.literal('found'),
    id: z.int().min(1),
    found: foundInDirectory.nullable(),
    refusal: findRefusal.nullable(),
  }),
  /** Words from the host to whoever waits. */
  z.object({ type: z.literal('notice'), text: z.string() }),
  /** A host asks this person to open their microphone or camera. Nothing is opened before somebody here does. */
  z.object({ type: z.literal('ask'), what: z.enum(['microphone', 'camera']), by: z.string() }),
  z.object({ type: z.literal('chat'), chat: chatEntry }),
  z.object({ type: z.literal('reaction'), participantId, reaction }),
  /** The answer to `control`: done, or why not. */
  z.object({ type: z.literal('controlled'), id: z.int().min(1), refusal: controlRefusal.nullable() }),
  /** The media server came back empty: drop all peer connections and send `publish`, and `share`, with a new offer. */
  z.object({ type: z.literal('republish') }),
  /** What the fleet has: ends the answer to the client's `boardSync`. The client sends what this lacks, now and each time. */
  boardSync,
  boardUpdate,
  boardRefused,
  boardPointed,
  /** A frame could not be understood or followed; the connection goes on. */
  z.object({ type: z.literal('error'), code: z.string(), detail: z.string() }),
  /** `isHungUp`: a host ended this stay and not more; whoever knows it may be offered the way back in. */
  z.object({ type: z.literal('bye'), reason: byeReason, isHungUp: z.boolean().optional() }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
/** What is about the whiteboard alone. */
export function isAboutBoard(message: ServerMessage): message is BoardServerMessage {
  const { type } = message;
  return type === 'boardSync' || type === 'boardUpdate' || type === 'boardRefused' || type === 'boardPointed';
}
/** Largest frame in bytes, either way. */
export const maxFrameBytes = 256 * 1024;
/** A client whose socket is gone may come back within this time with the same ticket and keep its place. */
export const resumeWithinMs = 30_000;
/** WebSocket pings in both directions; a peer silent for three of them is gone. */
export const pingEveryMs = 5_000;
