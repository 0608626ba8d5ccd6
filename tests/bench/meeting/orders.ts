import { clientMessage } from '@anteroom/shared/signalling/messages.ts';
import { z } from 'zod';

/** What the bench and a process of light clients say to each other over the fork's IPC channel. */
export const clientsSetup = z.discriminatedUnion('through', [
  /** Real admission's tickets, one for each client, and the signalling role's WebSocket. */
  z.object({ through: z.literal('fleet'), url: z.url(), tickets: z.array(z.string()) }),
  /** Straight to Janus, with nothing between. */
  z.object({
    ...{ through: z.literal('janus'), url: z.url(), apiSecret: z.string(), feeds: z.array(z.string()) },
    room: z.object({ id: z.string(), token: z.string(), secret: z.string() }),
  }),
]);
export type ClientsSetup = z.infer<typeof clientsSetup>;

const client = z.int().min(0);

export const order = z.discriminatedUnion('order', [
  /** Answered with `firstPacket`. */
  z.object({ order: z.literal('join'), client }),
  /** Lets a tone out instead of silence. */
  z.object({ order: z.literal('speak'), client, isSpeaking: z.boolean() }),
  z.object({ order: z.literal('say'), client, message: clientMessage }),
  /** Answered with `counted`. */
  z.object({ order: z.literal('count') }),
  /** Answered with `left`. */
  z.object({ order: z.literal('leave') }),
]);
export type Order = z.infer<typeof order>;

/** Packets that came, stream by stream, and how many are missing between them by their sequence numbers. */
export const reception = z.object({
  streams: z.array(z.object({ kind: z.enum(['audio', 'video']), packets: z.int().min(0) })),
  lost: z.int().min(0),
});
export type Reception = z.infer<typeof reception>;

export const report = z.discriminatedUnion('report', [
  z.object({ report: z.literal('ready') }),
  /** From sending the join until somebody else's first packet. */
  z.object({ report: z.literal('firstPacket'), client, afterMs: z.number() }),
  z.object({ report: z.literal('counted'), receptions: z.array(reception) }),
  z.object({ report: z.literal('left') }),
  z.object({ report: z.literal('fault'), detail: z.string() }),
]);
export type Report = z.infer<typeof report>;
