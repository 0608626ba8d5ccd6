import { iceCandidate } from '@anteroom/shared/signalling/messages.ts';
import { z } from 'zod';

/** What Janus says on its WebSocket API (Janus 1.1 documentation, "The Janus API"), as far as this fleet listens. */
export const jsep = z.object({ type: z.enum(['offer', 'answer']), sdp: z.string() });
export type Jsep = z.infer<typeof jsep>;

const transaction = z.string();
const handleId = z.int();
const pluginAnswer = z.object({ plugin: z.string(), data: z.record(z.string(), z.unknown()) });
export type PluginData = z.infer<typeof pluginAnswer>['data'];

/** `{completed: true}` ends the candidates. */
const trickled = z.union([z.object({ completed: z.literal(true) }).transform(() => null), janusCandidate()]);

function janusCandidate() {
  return z
    .object({ candidate: z.string(), sdpMid: z.string().nullish(), sdpMLineIndex: z.int().min(0).nullish() })
    .transform((given) => ({
      candidate: given.candidate,
      sdpMid: given.sdpMid ?? null,
      sdpMLineIndex: given.sdpMLineIndex ?? null,
    }))
    .pipe(iceCandidate);
}

export const janusMessage = z.discriminatedUnion('janus', [
  z.object({ janus: z.literal('ack'), transaction }),
  z.object({
    janus: z.literal('success'),
    transaction,
    data: z.object({ id: z.int() }).optional(),
    plugindata: pluginAnswer.optional(),
  }),
  z.object({
    janus: z.literal('error'),
    transaction: transaction.optional(),
    error: z.object({ code: z.int(), reason: z.string() }),
  }),
  z.object({
    janus: z.literal('event'),
    transaction: transaction.optional(),
    sender: handleId,
    plugindata: pluginAnswer,
    jsep: jsep.optional(),
  }),
  z.object({ janus: z.literal('webrtcup'), sender: handleId }),
  z.object({ janus: z.literal('hangup'), sender: handleId, reason: z.string().optional() }),
  z.object({ janus: z.literal('trickle'), sender: handleId, candidate: trickled }),
  z.object({ janus: z.literal('detached'), sender: handleId }),
  z.object({ janus: z.literal('media'), sender: handleId }),
  z.object({ janus: z.literal('slowlink'), sender: handleId }),
  z.object({ janus: z.literal('timeout') }),
]);
export type JanusMessage = z.infer<typeof janusMessage>;

/** A plugin's refusal travels inside an ordinary answer. */
export const pluginFault = z.object({ error_code: z.int(), error: z.string() });
