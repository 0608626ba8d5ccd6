import type { SignInWay } from '@anteroom/shared/api/accounts.ts';
import type { Role } from '@anteroom/shared/identity/roles.ts';
import type { SessionEnd } from '@anteroom/shared/identity/session-end.ts';
import type {
  AccountId,
  DepartmentId,
  Id,
  MeetingId,
  OrderLineId,
  OrganizationId,
  PairingId,
  ParticipantId,
  RoomId,
  SpaceId,
  TerminalId,
} from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { LinkTables } from '../link/tables.ts';
import type { AccountTables } from './tables/accounts.ts';
import type { ClosingTables } from './tables/closings.ts';
import type { HostingTables } from './tables/hosting.ts';
import type { MeetingTables } from './tables/meetings.ts';
import type { PeopleTables } from './tables/people.ts';
import type { ResourceTables } from './tables/resources.ts';
import type { RingTables } from './tables/rings.ts';
import type { WhiteboardTables } from './tables/whiteboards.ts';

export type { OrderLineRow, OrderRow, ShortageRow, WaitingRow } from './tables/resources.ts';

/**
 * Rows as they are stored. Instants are ISO 8601 text in UTC with milliseconds, so that they compare as text; JSON is
 * text; truth is an instant or null. Nothing here is special to SQLite.
 */
export type Database = FleetTables &
  AccountTables &
  ClosingTables &
  LinkTables &
  HostingTables &
  MeetingTables &
  PeopleTables &
  ResourceTables &
  RingTables &
  WhiteboardTables;

export interface FleetTables {
  organizations: OrganizationRow;
  accounts: AccountRow;
  memberships: MembershipRow;
  sessions: SessionRow;
  oneTimeLinks: {
    tokenHash: string;
    accountId: AccountId;
    createdAt: string;
    expiresAt: string;
    usedAt: string | null;
    purpose: 'signIn' | 'setPassword';
  };
  spaces: SpaceRow;
  rooms: RoomRow;
  /** Every nine-digit number that people type, whatever it names. */
  numbers: { number: string; orgId: OrganizationId; ownerId: string };
  terminals: TerminalRow;
  certificates: CertificateRow;
  pairings: PairingRow;
  seats: SeatRow;
  attendance: AttendanceRow;
  auditEntries: AuditRow;
  /** Facts of this installation: epoch of desired versions, ids of keys. */
  systemValues: { key: string; value: string };
  idempotencyKeys: IdempotencyRow;
  /** Counts changes that consoles show, so that every process sees what another one changed. */
  changeCounters: { orgId: OrganizationId; topic: string; n: number };
}

export interface SessionRow {
  id: Id<'session'>;
  tokenHash: string;
  accountId: AccountId;
  orgId: OrganizationId;
  userAgent: string;
  /** Null of a session that was opened before this was kept. */
  signedInBy: SignInWay | null;
  createdAt: string;
  /** Of the last call, to the minute. */
  seenAt: string;
  expiresAt: string;
  endedAt: string | null;
  /** What its browser is told when it calls again. */
  endReason: SessionEnd | null;
}

export interface OrganizationRow {
  id: OrganizationId;
  name: string;
  /** `personal`: the tenant of one account that belongs to no company. */
  kind: 'company' | 'personal';
  timeZone: string;
  industry: string;
  size: string;
  /** ISO 3166-1 alpha-2; empty for a personal one. */
  country: string;
  /** JSON object: what differs from the defaults of `organizationSettings`. */
  settings: string;
  createdAt: string;
}

export interface MembershipRow {
  accountId: AccountId;
  orgId: OrganizationId;
  role: Role;
  /** JSON array of permissions; empty unless the role is `administrator`. */
  permissions: string;
  /** JSON array of ids of the departments that an administrator manages; null for the whole organization. */
  managedDepartments: string | null;
  /** JSON array of the sites whose terminals a field engineer may work on. */
  sites: string;
  departmentId: DepartmentId | null;
  position: string;
  /** Smaller ones stand first in their department. */
  sortNumber: number;
  remark: string;
  /** The account's name, and what a search looks through: kept here so that the directory reads one index. */
  nameKey: string;
  searchKey: string;
  createdAt: string;
}

export interface AccountRow {
  id: AccountId;
  kind: 'standard' | 'console';
  name: string;
  /** `name` as it is searched and sorted. */
  nameKey: string;
  /** E.164 */
  phone: string | null;
  /** Lower case. */
  email: string | null;
  /** Argon2id in PHC format; null while no password is set. */
  passwordHash: string | null;
  language: Language;
  /** Personal meeting ID: nine digits; null for a console account, which never meets. */
  personalNumber: string | null;
  termsAcceptedAt: string | null;
  /** Its first sign-in, when a trial meeting was made for it. */
  greetedAt: string | null;
  createdAt: string;
  /** A deleted account keeps its id, for what refers to it, and nothing else. */
  deletedAt: string | null;
}

export interface SpaceRow {
  id: SpaceId;
  orgId: OrganizationId;
  name: string;
  /** `name` as it is compared, searched and sorted. */
  nameKey: string;
  site: string;
  floor: string;
  capacity: number;
  timeZone: string;
  createdAt: string;
}

export interface RoomRow {
  id: RoomId;
  orgId: OrganizationId;
  name: string;
  nameKey: string;
  number: string;
  /** Parties; at most what its order line gives. */
  capacity: number;
  /** Where the room comes from; it is valid as long as this line's order. Null before it has one. */
  orderLineId: OrderLineId | null;
  /** The cloud-room administrator; null while it is assigned to nobody. */
  assigneeAccountId: AccountId | null;
  /** What guests of its meetings have to know; it can be read again, because it is made to be passed on. */
  guestPassword: string | null;
  createdAt: string;
}

export interface TerminalRow {
  id: TerminalId;
  orgId: OrganizationId;
  name: string;
  nameKey: string;
  serial: string;
  profile: string;
  software: string;
  spaceId: SpaceId | null;
  roomId: RoomId | null;
  keyPhrase: string;
  createdAt: string;
  retiredAt: string | null;
  /** Since when rings are answered without anybody in the room; null while they are not. */
  answersAutomaticallySince: string | null;
  /** Since when rings are missed without a sound; null while they ring. */
  doNotDisturbSince: string | null;
  /** Since when hosts open its microphone and camera without asking the room; null while they ask. */
  allowsHostUnmuteSince: string | null;
  /** Since when calls that are started remotely begin as those of the room do; null while they begin closed. */
  opensRemoteStartsSince: string | null;
}

export interface CertificateRow {
  /** SHA-256 of the DER, base64url (`x5t#S256`, RFC 8705). */
  thumbprint: string;
  serialNumber: string;
  orgId: OrganizationId;
  terminalId: TerminalId;
  pem: string;
  issuedAt: string;
  notAfter: string;
  revokedAt: string | null;
}

export interface PairingRow {
  id: PairingId;
  code: string;
  csr: string;
  /** SHA-256 of the public key (SPKI), base64url: a key has at most one open pairing. */
  keyHash: string;
  keyPhrase: string;
  serial: string;
  profile: string;
  software: string;
  createdAt: string;
  expiresAt: string;
  claimedAt: string | null;
  terminalId: TerminalId | null;
  /** Certificate that the terminal fetches, once claimed. */
  thumbprint: string | null;
}

/** What seats count against: a cloud room, an organization's concurrency, or a meeting of the free plan. */
export type ResourceId = RoomId | OrganizationId | MeetingId;

export interface SeatRow {
  meetingId: MeetingId;
  participantId: ParticipantId;
  orgId: OrganizationId;
  /** What the seat counts against: a cloud room, the organization (its concurrency), or a meeting of the free plan. */
  resourceId: ResourceId;
  accountId: AccountId | null;
  name: string;
  kind: 'terminal' | 'person' | 'guest';
  role: 'host' | 'member' | 'guest';
  terminalId: TerminalId | null;
  joinedAt: string;
  leaseUntil: string;
}

export interface AttendanceRow {
  orgId: OrganizationId;
  meetingId: MeetingId;
  participantId: ParticipantId;
  resourceId: ResourceId | null;
  accountId: AccountId | null;
  name: string;
  kind: 'terminal' | 'person' | 'guest';
  joinedAt: string;
  leftAt: string | null;
}

export interface AuditRow {
  orgId: OrganizationId;
  /** 1, 2, 3 … without gaps, per organization. */
  seq: number;
  id: string;
  at: string;
  actorKind: 'account' | 'system';
  actorId: string | null;
  action: string;
  subjectId: string | null;
  /** JSON object */
  detail: string;
  previousHash: string;
  hash: string;
}

export interface IdempotencyRow {
  accountId: AccountId;
  key: string;
  route: string;
  requestHash: string;
  /** Null while the first call still runs. */
  status: number | null;
  body: string | null;
  createdAt: string;
}
