import { z } from 'zod';
import { meetingId, organizationId, roomId, spaceId, terminalId } from '../ids.ts';
import { language } from '../text.ts';
import { instant, version } from './envelope.ts';

/** A meeting as a terminal knows it ahead of time, with the ticket that lets it in. */
export const scheduledMeeting = z.object({
  meetingId,
  number: z.string(),
  subject: z.string(),
  organizerName: z.string(),
  startAt: instant,
  endAt: instant,
  /** IANA zone of the meeting itself. */
  timeZone: z.string(),
  /** Join ticket (compact JWS); null when this terminal may see but not join the meeting. */
  ticket: z.string().nullable(),
  /** Whether the fleet asks this terminal to ring now (a meeting that was started "now"); rings until this instant. */
  ringUntil: instant.nullable(),
  /** Who lets it ring; null while it does not. */
  callerName: z.string().nullable().default(null),
});
export type ScheduledMeeting = z.infer<typeof scheduledMeeting>;

/** What a host's wish to hear or see a room does there: the room is asked, or it is opened. */
export const hostUnmute = z.enum(['ask', 'allow']);

/** What a call begins with that nobody in the room started: all closed, or as a Join that was pressed there. */
export const remoteStart = z.enum(['closed', 'asInRoom']);

export const terminalSettings = z.object({
  language: language.default('en'),
  /** Whether microphone and camera are open after a Join that was pressed in the room. */
  isMicrophoneOnAtJoin: z.boolean().default(true),
  isCameraOnAtJoin: z.boolean().default(true),
  /** Speaker volume in percent at the start of a meeting. */
  volumePercent: z.int().min(0).max(100).default(60),
  /** Whether a ring is answered without anybody in the room; `onRemoteStart` says with what. */
  answersAutomatically: z.boolean().default(false),
  /** Whether a ring leaves a missed call without a sound; stands above `answersAutomatically`. */
  doNotDisturb: z.boolean().default(false),
  onHostUnmute: hostUnmute.default('ask'),
  onRemoteStart: remoteStart.default('closed'),
});
export type TerminalSettings = z.infer<typeof terminalSettings>;

/** What the fleet wants of one terminal: one document, replaced as a whole. */
export const desiredDocument = z.object({
  version,
  terminal: z.object({ id: terminalId, name: z.string() }),
  organization: z.object({ id: organizationId, name: z.string() }),
  /** The physical room; null until an administrator gives one. */
  space: z
    .object({
      id: spaceId,
      name: z.string(),
      site: z.string(),
      floor: z.string(),
      capacity: z.int().min(0),
      timeZone: z.string(),
    })
    .nullable(),
  /** The cloud room whose meetings this terminal joins; null when none is bound. */
  room: z.object({ id: roomId, name: z.string(), number: z.string(), capacity: z.int().min(1) }).nullable(),
  settings: terminalSettings,
  /** Live and upcoming meetings of the cloud room, by start, at most 50. */
  meetings: z.array(scheduledMeeting).max(50),
  /** Where to join: path on the terminals' listener. */
  signallingUrl: z.url(),
});
export type DesiredDocument = z.infer<typeof desiredDocument>;

/** Something the terminal could not converge to, and why. */
export const shortfall = z.object({ what: z.string(), why: z.string(), since: instant });

export const peripheralKinds = ['camera', 'microphone', 'speaker', 'display'] as const;
export const peripheral = z.object({
  kind: z.enum(peripheralKinds),
  name: z.string(),
  state: z.enum(['working', 'missing', 'failed', 'unknown']),
  observedAt: instant,
});
export type Peripheral = z.infer<typeof peripheral>;

/** What a terminal has and is: one document, replaced as a whole. `n` grows with every change and survives restarts. */
export const reportedDocument = z.object({
  n: z.int().min(1),
  /** The desired version that this terminal converged to; null before the first. */
  converged: version.nullable(),
  spaceId: spaceId.nullable(),
  roomId: roomId.nullable(),
  settings: terminalSettings.nullable(),
  software: z.string(),
  profile: z.string(),
  serial: z.string(),
  /** The meeting this terminal is in now. */
  meeting: z.object({ meetingId, state: z.enum(['joining', 'in', 'reconnecting']), since: instant }).nullable(),
  peripherals: z.array(peripheral),
  shortfalls: z.array(shortfall),
});
export type ReportedDocument = z.infer<typeof reportedDocument>;
