import { z } from 'zod';
import { commandId, roomId, spaceId, terminalId } from '../ids.ts';
import { commandRequest, outcomeResult } from '../protocol/commands.ts';
import { hostUnmute, peripheral, remoteStart, shortfall } from '../protocol/desired.ts';
import { pairingCode } from '../protocol/enrolment.ts';
import { instant } from '../protocol/envelope.ts';
import { givenName, page, pageQuery } from './page.ts';
import { route } from './route.ts';

/** How far a terminal has come: `assigned` only when the terminal itself reported the binding over MQTT. */
export const terminalStage = z.enum(['claimed', 'assigning', 'assigned', 'retired']);

/** What a ring, a host of a meeting and a remote start may do in the room of a terminal; see `terminalSettings`. */
export const callSettings = z.object({
  answersAutomatically: z.boolean(),
  doNotDisturb: z.boolean(),
  onHostUnmute: hostUnmute,
  onRemoteStart: remoteStart,
});
export type CallSettings = z.infer<typeof callSettings>;

export const terminal = z.object({
  id: terminalId,
  name: z.string(),
  serial: z.string(),
  profile: z.string(),
  software: z.string(),
  stage: terminalStage,
  space: z.object({ id: spaceId, name: z.string(), site: z.string(), floor: z.string() }).nullable(),
  room: z.object({ id: roomId, name: z.string(), number: z.string() }).nullable(),
  ...callSettings.shape,
  isOnline: z.boolean(),
  /** Last sign of life; null when never. */
  seenAt: instant.nullable(),
  /** Whether the terminal converged to what the fleet wants now. */
  isConverged: z.boolean(),
  meeting: z
    .object({
      meetingId: z.string(),
      /** Null for a field engineer, who has no access to meetings. */
      subject: z.string().nullable(),
      state: z.enum(['joining', 'in', 'reconnecting']),
      since: instant,
    })
    .nullable(),
  peripherals: z.array(peripheral),
  shortfalls: z.array(shortfall),
  /** When the last report came; null when never. */
  reportedAt: instant.nullable(),
  certificate: z.object({ notAfter: instant, isRevoked: z.boolean(), keyPhrase: z.string() }),
});
export type Terminal = z.infer<typeof terminal>;

/** What waits behind a pairing code, for the administrator to compare with the terminal's screen. */
export const pairingOffer = z.object({
  serial: z.string(),
  profile: z.string(),
  software: z.string(),
  keyPhrase: z.string(),
  expiresAt: instant,
});
export type PairingOffer = z.infer<typeof pairingOffer>;

export const command = z.object({
  id: commandId,
  request: commandRequest,
  createdAt: instant,
  deadlineAt: instant,
  sentAt: instant.nullable(),
  /** Null while open. */
  result: outcomeResult.nullable(),
  detail: z.string(),
  finishedAt: instant.nullable(),
});
export type Command = z.infer<typeof command>;

export const terminalEvent = z.object({
  id: z.string(),
  kind: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  at: instant,
});
export type TerminalEvent = z.infer<typeof terminalEvent>;

/** A terminal as the directory (通讯录) lists it: somebody to invite, and no more. */
export const directoryTerminal = terminal
  .pick({ id: true, name: true, space: true, isOnline: true, seenAt: true })
  .extend({
    /** The cloud room whose meetings it holds. */
    room: z.object({ id: roomId, name: z.string() }).nullable(),
  });
export type DirectoryTerminal = z.infer<typeof directoryTerminal>;

const byId = z.strictObject({ terminalId });

export const terminalRoutes = {
  lookUpCode: route({
    method: 'POST',
    path: '/pairings/lookup',
    access: 'engineering',
    summary: 'Who shows this pairing code',
    body: z.strictObject({ code: pairingCode }),
    success: { status: 200, body: pairingOffer },
  }),
  claim: route({
    method: 'POST',
    path: '/terminals',
    access: 'engineering',
    summary: 'Claim the terminal that shows this code, and give it a space and a cloud room',
    body: z.strictObject({
      code: pairingCode,
      name: givenName,
      spaceId: spaceId.nullable(),
      roomId: roomId.nullable(),
    }),
    success: { status: 201, body: terminal },
  }),
  list: route({
    method: 'GET',
    path: '/terminals',
    access: 'engineering',
    summary: 'Terminals, by name',
    query: pageQuery,
    success: { status: 200, body: page(terminal) },
  }),
  listDirectory: route({
    method: 'GET',
    path: '/directory/terminals',
    access: 'member',
    summary: 'Terminals as members find them to invite: those that were not revoked, by name',
    query: pageQuery,
    success: { status: 200, body: page(directoryTerminal) },
  }),
  get: route({
    method: 'GET',
    path: '/terminals/:terminalId',
    access: 'engineering',
    summary: 'One terminal',
    params: byId,
    success: { status: 200, body: terminal },
  }),
  update: route({
    method: 'PATCH',
    path: '/terminals/:terminalId',
    access: 'engineering',
    summary: 'Rename a terminal, move it to another space or cloud room, or change what a ring does there',
    params: byId,
    body: z
      .strictObject({ name: givenName, spaceId: spaceId.nullable(), roomId: roomId.nullable(), ...callSettings.shape })
      .partial(),
    success: { status: 200, body: terminal },
  }),
  revoke: route({
    method: 'POST',
    path: '/terminals/:terminalId/revoke',
    access: 'terminals',
    summary: 'Revoke the certificate and retire the terminal at once',
    params: byId,
    success: { status: 200, body: terminal },
  }),
  sendCommand: route({
    method: 'POST',
    path: '/terminals/:terminalId/commands',
    access: 'engineering',
    summary: 'Send a command; its one outcome is at GET /terminals/:terminalId/commands',
    params: byId,
    body: z.strictObject({ request: commandRequest, withinS: z.int().min(1).max(86_400).default(60) }),
    success: { status: 202, body: command },
  }),
  listCommands: route({
    method: 'GET',
    path: '/terminals/:terminalId/commands',
    access: 'engineering',
    summary: 'Commands, newest first',
    params: byId,
    query: pageQuery,
    success: { status: 200, body: page(command) },
  }),
  listEvents: route({
    method: 'GET',
    path: '/terminals/:terminalId/events',
    access: 'engineering',
    summary: 'What happened, newest first',
    params: byId,
    query: pageQuery,
    success: { status: 200, body: page(terminalEvent) },
  }),
};
