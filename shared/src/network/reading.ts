import { z } from 'zod';

/**
 * What one look at the connections of a participant shows, alike for browsers (`RTCPeerConnection.getStats`) and for the
 * media process of a terminal (webrtcbin's `get-stats`): numbers that were counted since each of them began.
 */
export const streamCount = z.strictObject({
  /** The same stream in another reading. */
  key: z.string(),
  way: z.enum(['sent', 'received']),
  packets: z.number(),
  bytes: z.number(),
  /** Below zero when some came twice. Of what was sent, as the far end reported it last. */
  lost: z.number(),
  /** When the far end reported, by its own clock or ours: another value is another report. Null for what is received. */
  reportedAt: z.number().nullable(),
  jitterMs: z.number().nullable(),
  roundTripMs: z.number().nullable(),
});
export type StreamCount = z.infer<typeof streamCount>;

/** The way that a connection goes: answers to what asks whether the other end is still there (RFC 7675). */
export const pathCount = z.strictObject({
  key: z.string(),
  answers: z.number(),
  roundTripMs: z.number().nullable(),
  /** What the way out can carry, by the browser's estimate; null where nothing estimates it. */
  canSendKbps: z.number().nullable(),
});
export type PathCount = z.infer<typeof pathCount>;

export const networkReading = z.strictObject({
  /** Monotonic. */
  atMs: z.number(),
  streams: z.array(streamCount),
  paths: z.array(pathCount),
});
export type NetworkReading = z.infer<typeof networkReading>;
