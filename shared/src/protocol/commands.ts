import { z } from 'zod';
import type { Role } from '../identity/roles.ts';
import { meetingId } from '../ids.ts';

/** What a fleet may tell a terminal to do, with its arguments. `desired` is for what lasts, a command for what happens once. */
export const commandRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('join'), meetingId }),
  z.object({ kind: z.literal('leave') }),
  /** A fleet can close microphone and camera, and never open them: only the room itself does. */
  z.object({ kind: z.literal('mute') }),
  z.object({ kind: z.literal('stopCamera') }),
  z.object({ kind: z.literal('setVolume'), volumePercent: z.int().min(0).max(100) }),
  /** Shows a large mark on panel and display for `seconds`, so that an engineer finds the box. */
  z.object({ kind: z.literal('identify'), seconds: z.int().min(1).max(300) }),
  /** Restarts the terminal's agent; refused during a meeting unless `evenInMeeting`. */
  z.object({ kind: z.literal('restart'), evenInMeeting: z.boolean() }),
  z.object({ kind: z.literal('ping') }),
]);
export type CommandRequest = z.infer<typeof commandRequest>;
export const commandKinds = commandRequest.options.map((option) => option.shape.kind.value);
type CommandKind = CommandRequest['kind'];

/** Commands that act on a meeting: field engineers, who have no access to meetings, may not send them. */
const meetingCommands: readonly CommandKind[] = ['join', 'leave', 'mute', 'stopCamera'];

export function maySendCommand({ role }: { role: Role }, kind: CommandKind): boolean {
  return role !== 'fieldEngineer' || !meetingCommands.includes(kind);
}

/**
 * The one outcome of a command. `done`, `failed`, `refused` and `interrupted` come from the terminal
 * (`interrupted`: it had started and crashed, and was not run again); `expired` is set by the fleet 60 s past the deadline,
 * or by a terminal that received it too late to start.
 */
export const outcomeResults = ['done', 'failed', 'refused', 'interrupted', 'expired'] as const;
export const outcomeResult = z.enum(outcomeResults);
export type OutcomeResult = z.infer<typeof outcomeResult>;
