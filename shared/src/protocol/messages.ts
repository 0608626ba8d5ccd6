import { z } from 'zod';
import { commandId, connectionId, messageId } from '../ids.ts';
import { commandRequest, outcomeResult } from './commands.ts';
import { desiredDocument, reportedDocument } from './desired.ts';
import { envelope, instant, version } from './envelope.ts';

/** What a terminal holds; a mismatch makes either side send again. */
export const heldVersions = z.object({ desired: version.nullable(), reportedN: z.int().min(0) });
export type HeldVersions = z.infer<typeof heldVersions>;

// Terminal to fleet.
export const helloMessage = envelope.extend({
  connectionId,
  versions: heldVersions,
  software: z.string(),
  profile: z.string(),
  serial: z.string(),
});
export const reportedMessage = envelope.extend({ document: reportedDocument });
export const outcomeMessage = envelope.extend({
  commandId,
  result: outcomeResult,
  /** One sentence for an administrator; empty when `done` says it all. */
  detail: z.string().max(500),
  finishedAt: instant,
});
export const eventKinds = [
  'agentStarted',
  'joined',
  'joinFailed',
  'left',
  'mediaRestarted',
  'certificateRenewed',
  'peripheralChanged',
  /** `meetingId` and `ringUntil` name the ring. */
  'ringDeclined',
  'ringMissed',
] as const;
export const eventMessage = envelope.extend({
  kind: z.enum(eventKinds),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export const telemetryMessage = envelope.extend({
  residentBytes: z.int().min(0),
  uptimeS: z.int().min(0),
  loadAverage: z.number().min(0),
  /** Messages dropped because they did not parse, since the agent started. */
  droppedMessages: z.int().min(0),
});
export const heartbeatMessage = envelope.extend({ connectionId, versions: heldVersions });
export const goneMessage = z.object({ v: z.int().min(1), connectionId });

// Fleet to terminal.
export const welcomeMessage = envelope.extend({
  /** The connection that this answers. */
  connectionId,
  serverTime: instant,
  /** `desired`: newest in the database; `reportedN`: newest that the fleet has stored. */
  versions: heldVersions,
  heartbeatEveryMs: z.int().min(100),
});
export const desiredMessage = envelope.extend({ document: desiredDocument });
export const commandMessage = envelope.extend({
  commandId,
  request: commandRequest,
  /** Not started after this instant of server time. */
  deadlineAt: instant,
});
export const ackMessage = envelope.extend({ ids: z.array(messageId).min(1).max(500) });

export type HelloMessage = z.infer<typeof helloMessage>;
export type ReportedMessage = z.infer<typeof reportedMessage>;
export type OutcomeMessage = z.infer<typeof outcomeMessage>;
export type EventMessage = z.infer<typeof eventMessage>;
export type TelemetryMessage = z.infer<typeof telemetryMessage>;
export type HeartbeatMessage = z.infer<typeof heartbeatMessage>;
export type GoneMessage = z.infer<typeof goneMessage>;
export type WelcomeMessage = z.infer<typeof welcomeMessage>;
export type DesiredMessage = z.infer<typeof desiredMessage>;
export type CommandMessage = z.infer<typeof commandMessage>;
export type AckMessage = z.infer<typeof ackMessage>;
