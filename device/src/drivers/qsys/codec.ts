import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';

/**
 * Q-SYS Remote Control: JSON-RPC 2.0 over TCP 1710, each message ended by a NUL (Q-SYS help, "Q-SYS Remote Control
 * Protocol"). The core says `EngineStatus` by itself when somebody connects, and what changed when that was asked for.
 */
export const qsysFacts = z.strictObject({
  /** What the profile calls each channel, and the named controls that are its gain in dB and its mute. */
  channels: z.record(
    z.string(),
    z.strictObject({
      gain: z
        .strictObject({ control: z.string().min(1), leastDb: z.number().min(-100), mostDb: z.number().max(20) })
        .nullable(),
      mute: z.string().min(1).nullable(),
    }),
  ),
  /** What the profile calls each snapshot, and where it is kept. */
  presets: z.record(z.string(), z.strictObject({ bank: z.string().min(1), number: z.int().min(1).max(24) })),
  timing: driverTiming,
});
export type QsysFacts = z.infer<typeof qsysFacts>;

const control = z.object({ Name: z.string(), Value: z.union([z.number(), z.boolean(), z.string()]) });
export type QsysControl = z.infer<typeof control>;

const engineStatus = z.object({
  State: z.enum(['Idle', 'Active', 'Standby']),
  DesignName: z.string(),
  Platform: z.string(),
  Status: z.object({ Code: z.number(), String: z.string() }).optional(),
});
export type EngineStatus = z.infer<typeof engineStatus>;

const message = z.object({
  id: z.union([z.number(), z.string()]).nullish(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});

export type QsysReply =
  | { is: 'result'; id: number; result: unknown }
  | { is: 'error'; id: number | null; code: number; says: string }
  | { is: 'status'; status: EngineStatus }
  | { is: 'changes'; controls: readonly QsysControl[] };

/** One message without its NUL; null for what is none, or nothing of ours. */
export function parseMessage(text: string): QsysReply | null {
  const parsed = message.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { id, method, params, result, error } = parsed.data;
  const number = typeof id === 'number' ? id : null;
  if (method === 'EngineStatus') {
    const status = engineStatus.safeParse(params);
    return status.success ? { is: 'status', status: status.data } : null;
  }
  if (method === 'ChangeGroup.Poll') {
    const changes = z.object({ Changes: z.array(control) }).safeParse(params);
    return changes.success ? { is: 'changes', controls: changes.data.Changes } : null;
  }
  if (error) return { is: 'error', id: number, code: error.code, says: error.message };
  return number !== null && result !== undefined ? { is: 'result', id: number, result } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Noise, or what is left of a message whose beginning was lost: no message.
    return null;
  }
}

/** Longer than any answer to what we ask. */
const longest = 65_536;

export function createQsysDecoder(): { push(bytes: Uint8Array): QsysReply[] } {
  let held: number[] = [];
  return {
    push(bytes) {
      const replies: QsysReply[] = [];
      for (const byte of bytes) {
        if (byte !== 0) {
          if (held.length < longest) held.push(byte);
          continue;
        }
        const reply = parseMessage(Buffer.from(held).toString('utf8'));
        if (reply) replies.push(reply);
        held = [];
      }
      return replies;
    },
  };
}

export const encode = (id: number, method: string, params: unknown): Uint8Array =>
  Uint8Array.from(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\0`));

export function parseControls(result: unknown): readonly QsysControl[] | null {
  const parsed = z.array(control).safeParse(result);
  return parsed.success ? parsed.data : null;
}

export function parseStatus(result: unknown): EngineStatus | null {
  const parsed = engineStatus.safeParse(result);
  return parsed.success ? parsed.data : null;
}
