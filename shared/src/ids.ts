import { z } from 'zod';

/**
 * Identifiers: a prefix that says what is named, and a UUIDv7 (RFC 9562) without hyphens. They sort by creation time
 * and carry 74 random bits. Ids are names, not secrets: what grants anything is a ticket, a session or a certificate.
 */
export const idPrefixes = {
  organization: 'org',
  account: 'acc',
  site: 'site',
  space: 'space',
  room: 'room',
  terminal: 'term',
  meeting: 'mtg',
  occurrence: 'occ',
  series: 'ser',
  participant: 'prt',
  command: 'cmd',
  message: 'msg',
  pairing: 'pair',
  session: 'ses',
  certificate: 'crt',
  connection: 'con',
  audit: 'aud',
  order: 'ord',
  orderLine: 'lin',
  shortage: 'sht',
  department: 'dep',
  contact: 'ext',
  invitation: 'inv',
  import: 'imp',
  notice: 'ntc',
  code: 'code',
  linkedIdentity: 'lnk',
} as const;

export type IdKind = keyof typeof idPrefixes;
export type Id<K extends IdKind> = `${(typeof idPrefixes)[K]}_${string}`;

const suffix = z.string().regex(/^[0-9a-f]{32}$/);

export const organizationId = z.templateLiteral(['org_', suffix]);
export const accountId = z.templateLiteral(['acc_', suffix]);
export const siteId = z.templateLiteral(['site_', suffix]);
export const spaceId = z.templateLiteral(['space_', suffix]);
export const roomId = z.templateLiteral(['room_', suffix]);
export const terminalId = z.templateLiteral(['term_', suffix]);
export const meetingId = z.templateLiteral(['mtg_', suffix]);
export const seriesId = z.templateLiteral(['ser_', suffix]);
export const participantId = z.templateLiteral(['prt_', suffix]);
export const commandId = z.templateLiteral(['cmd_', suffix]);
export const messageId = z.templateLiteral(['msg_', suffix]);
export const pairingId = z.templateLiteral(['pair_', suffix]);
export const orderId = z.templateLiteral(['ord_', suffix]);
export const orderLineId = z.templateLiteral(['lin_', suffix]);
export const shortageId = z.templateLiteral(['sht_', suffix]);
export const sessionId = z.templateLiteral(['ses_', suffix]);
export const linkedIdentityId = z.templateLiteral(['lnk_', suffix]);
export const connectionId = z.templateLiteral(['con_', suffix]);

export const departmentId = z.templateLiteral(['dep_', suffix]);
export const contactId = z.templateLiteral(['ext_', suffix]);
export const invitationId = z.templateLiteral(['inv_', suffix]);
export const importId = z.templateLiteral(['imp_', suffix]);

export type DepartmentId = Id<'department'>;
export type ContactId = Id<'contact'>;
export type InvitationId = Id<'invitation'>;
export type ImportId = Id<'import'>;
export type OrganizationId = Id<'organization'>;
export type AccountId = Id<'account'>;
export type SiteId = Id<'site'>;
export type SpaceId = Id<'space'>;
export type RoomId = Id<'room'>;
export type TerminalId = Id<'terminal'>;
export type MeetingId = Id<'meeting'>;
export type SeriesId = Id<'series'>;
export type ParticipantId = Id<'participant'>;
export type CommandId = Id<'command'>;
export type MessageId = Id<'message'>;
export type PairingId = Id<'pairing'>;
export type OrderId = Id<'order'>;
export type OrderLineId = Id<'orderLine'>;
export type ShortageId = Id<'shortage'>;
export type ConnectionId = Id<'connection'>;

/** A new id of `kind`, stamped with `at`. */
export function newId<K extends IdKind>(kind: K, at: Date = new Date()): Id<K> {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let timeMs = at.getTime();
  for (let index = 5; index >= 0; index--) {
    bytes[index] = timeMs % 256;
    timeMs = Math.floor(timeMs / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${idPrefixes[kind]}_${hex}`;
}
