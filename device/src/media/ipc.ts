import { participantId } from '@anteroom/shared/ids.ts';
import { networkReading } from '@anteroom/shared/network/reading.ts';
import {
  iceCandidate,
  mediaState,
  peerConnectionName,
  subscribedStream,
} from '@anteroom/shared/signalling/messages.ts';
import { z } from 'zod';
import { mediaSetup } from './setup.ts';

/**
 * What agent and media process say to each other over the fork's IPC channel (JSON). Both sides parse what they get.
 * The first message to the process is `configure`; the first answer is `ready`, then comes a `publishOffer`.
 */
const sdp = z.string().max(256 * 1024);

export const stageCaption = z.strictObject({ title: z.string().max(300), detail: z.string().max(300) });

export const stageParticipant = z.strictObject({
  participantId,
  name: z.string(),
  shareLabel: z.string(),
  isCameraOn: z.boolean(),
});

export const toMedia = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('configure'), setup: mediaSetup }),
  /** Join was pressed. Media flows from now on, as far as `media` lets it. */
  z.strictObject({ type: z.literal('open') }),
  z.strictObject({ type: z.literal('publishAnswer'), sdp }),
  z.strictObject({
    type: z.literal('subscribeOffer'),
    revision: z.int().min(1),
    isNew: z.boolean(),
    sdp,
    streams: z.array(subscribedStream),
  }),
  z.strictObject({ type: z.literal('candidate'), connection: peerConnectionName, candidate: iceCandidate.nullable() }),
  z.strictObject({ type: z.literal('setMedia'), media: mediaState }),
  z.strictObject({ type: z.literal('setVolume'), volumePercent: z.number().min(0).max(100) }),
  z.strictObject({ type: z.literal('roster'), participants: z.array(stageParticipant) }),
  z.strictObject({ type: z.literal('watermark'), name: z.string().max(300).nullable() }),
  z.strictObject({ type: z.literal('caption'), caption: stageCaption }),
  /** Drop both connections and make a new publish offer. */
  z.strictObject({ type: z.literal('republish') }),
  /** Opens the content input for a new `content` connection; answered by `contentOffer` of the same attempt. */
  z.strictObject({ type: z.literal('offerContent'), attempt: z.int().min(1) }),
  z.strictObject({ type: z.literal('contentAnswer'), sdp }),
  z.strictObject({ type: z.literal('closeContent') }),
  /** The content input on this room's own display and speaker, with these words on it; null takes it away. */
  z.strictObject({ type: z.literal('showInput'), label: z.string().max(300).nullable() }),
  /** The meeting's whiteboard in the place of what is shared; `file` is a JPEG, null before it was painted. */
  z.strictObject({
    type: z.literal('showBoard'),
    board: z.strictObject({ file: z.string().nullable(), label: z.string().max(300) }).nullable(),
  }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToMedia = z.infer<typeof toMedia>;

const connectionState = z.enum(['connecting', 'connected', 'disconnected', 'failed', 'closed']);

export const fromMedia = z.discriminatedUnion('type', [
  /** Pipelines are built and run. */
  z.strictObject({ type: z.literal('ready') }),
  /** Sent by the loop that serves the pipelines' buses, so that a process that hangs falls silent. */
  z.strictObject({ type: z.literal('heartbeat') }),
  z.strictObject({ type: z.literal('publishOffer'), sdp }),
  z.strictObject({ type: z.literal('contentOffer'), attempt: z.int().min(1), sdp }),
  /** Whether a laptop is plugged in: at the start and at each change, where the profile has a content input. */
  z.strictObject({ type: z.literal('input'), isPluggedIn: z.boolean() }),
  z.strictObject({ type: z.literal('subscribeAnswer'), revision: z.int().min(1), sdp }),
  z.strictObject({ type: z.literal('candidate'), connection: peerConnectionName, candidate: iceCandidate.nullable() }),
  z.strictObject({ type: z.literal('connection'), connection: peerConnectionName, state: connectionState }),
  /** `atMs` is on the machine's monotonic clock (`process.hrtime`), which all its processes share. */
  z.strictObject({ type: z.literal('firstFrame'), participantId, atMs: z.number() }),
  z.strictObject({
    type: z.literal('stats'),
    stats: z.strictObject({
      framesRendered: z.int().min(0),
      framesDropped: z.int().min(0),
      framesPublished: z.int().min(0),
      framesReceived: z.record(z.string(), z.int().min(0)),
    }),
  }),
  z.strictObject({ type: z.literal('network'), reading: networkReading }),
  z.strictObject({
    type: z.literal('levels'),
    levels: z.strictObject({ microphoneDb: z.number().nullable(), speakerDb: z.number().nullable() }),
  }),
  z.strictObject({
    type: z.literal('peripheral'),
    peripheral: z.strictObject({
      kind: z.enum(['camera', 'microphone', 'speaker', 'display']),
      state: z.enum(['working', 'missing', 'failed']),
      name: z.string(),
    }),
  }),
  /** A new picture of a virtual display, or of what the camera sends, was written. */
  z.strictObject({ type: z.literal('picture'), of: z.enum(['display', 'content', 'self']), file: z.string() }),
  /** `isFatal`: the process ends next, because a pipeline is broken. */
  z.strictObject({
    type: z.literal('error'),
    code: z.enum([
      'pipeline_failed',
      'content_failed',
      'board_failed',
      'sdp_refused',
      'candidate_refused',
      'device_failed',
      'message_invalid',
    ]),
    detail: z.string(),
    isFatal: z.boolean(),
  }),
]);
export type FromMedia = z.infer<typeof fromMedia>;

/** How often a media process says that it lives. */
export const heartbeatEveryMs = 250;
