import { randomInt } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Meetings that need no cloud room, with every field that people choose; series, attendees, calendar feeds. A column
 * that may be null from now on needs a new table on SQLite, and what refers to a table goes before it.
 */
export async function up(db: Kysely<Database>): Promise<void> {
  const before = await readBefore(db);
  for (const table of ['attendance', 'seats', 'meetings']) await db.schema.dropTable(table).execute();
  await createSeries(db);
  await createMeetings(db);
  await createSeats(db);
  await createAttendees(db);
  await db.schema
    .createTable('calendar_feeds')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await bringBack(db, before);
}

/** Rows as they were; what happened to their columns since is no matter of this migration. */
type MeetingBefore = {
  id: string;
  orgId: string;
  number: string;
  subject: string;
  description: string;
  roomId: string;
  organizerAccountId: string;
  startAt: string;
  endAt: string;
  timeZone: string;
  guestPasswordHash: string | null;
  ringUntil: string | null;
  createdAt: string;
  cancelledAt: string | null;
  endedAt: string | null;
};
type PresenceBefore = {
  meetingId: string;
  participantId: string;
  orgId: string;
  resourceId: string;
  accountId: string | null;
  name: string;
  kind: string;
  joinedAt: string;
};
type SeatBefore = PresenceBefore & { role: string; terminalId: string | null; leaseUntil: string };
type AttendanceBefore = PresenceBefore & { leftAt: string | null };
type Before = { meetings: MeetingBefore[]; seats: SeatBefore[]; attendance: AttendanceBefore[] };

async function readBefore(db: Kysely<Database>): Promise<Before> {
  const { rows: meetings } = await sql<MeetingBefore>`select * from meetings`.execute(db);
  const { rows: seats } = await sql<SeatBefore>`select * from seats`.execute(db);
  const { rows: attendance } = await sql<AttendanceBefore>`select * from attendance`.execute(db);
  return { meetings, seats, attendance };
}

async function createSeries(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('series')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('media', 'text', (c) => c.notNull())
    .addColumn('resource_kind', 'text', (c) => c.notNull())
    .addColumn('room_id', 'text')
    .addColumn('slot_id', 'text')
    .addColumn('organizer_account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('start_local', 'text', (c) => c.notNull())
    .addColumn('duration_minutes', 'integer', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('admission_scope', 'text', (c) => c.notNull())
    .addColumn('waiting_room', 'text', (c) => c.notNull())
    .addColumn('guest_password', 'text')
    .addColumn('options', 'text', (c) => c.notNull())
    .addColumn('notices', 'text', (c) => c.notNull())
    .addColumn('uid', 'text', (c) => c.notNull().unique())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('cancelled_at', 'text')
    .addUniqueConstraint('series_scoped', ['org_id', 'id'])
    .addForeignKeyConstraint('series_room', ['org_id', 'room_id'], 'rooms', ['org_id', 'id'])
    .execute();
}

async function createMeetings(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('meetings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('series_id', 'text')
    .addColumn('recurrence_at', 'text')
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('subject_key', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('media', 'text', (c) => c.notNull())
    .addColumn('resource_kind', 'text', (c) => c.notNull())
    .addColumn('resource_id', 'text', (c) => c.notNull())
    .addColumn('room_id', 'text')
    .addColumn('slot_id', 'text')
    .addColumn('organizer_account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('start_at', 'text', (c) => c.notNull())
    .addColumn('end_at', 'text', (c) => c.notNull())
    .addColumn('closes_at', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('admission_scope', 'text', (c) => c.notNull())
    .addColumn('waiting_room', 'text', (c) => c.notNull())
    .addColumn('guest_password', 'text')
    .addColumn('options', 'text', (c) => c.notNull())
    .addColumn('notices', 'text', (c) => c.notNull())
    .addColumn('attendees_id', 'text', (c) => c.notNull())
    .addColumn('uid', 'text', (c) => c.notNull())
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('ring_until', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('cancelled_at', 'text')
    .addColumn('ended_at', 'text')
    .addUniqueConstraint('meetings_scoped', ['org_id', 'id'])
    .addForeignKeyConstraint('meetings_room', ['org_id', 'room_id'], 'rooms', ['org_id', 'id'])
    .addForeignKeyConstraint('meetings_series', ['org_id', 'series_id'], 'series', ['org_id', 'id'])
    .execute();
  const indexes = {
    meetings_by_number: ['number', 'start_at'],
    meetings_by_slot: ['slot_id', 'start_at'],
    meetings_by_resource: ['resource_id', 'start_at'],
    meetings_by_start: ['org_id', 'start_at', 'id'],
    meetings_by_organizer: ['organizer_account_id', 'start_at'],
    meetings_by_attendees: ['attendees_id', 'start_at'],
    meetings_by_series: ['series_id', 'start_at'],
  };
  for (const [name, columns] of Object.entries(indexes))
    await db.schema.createIndex(name).on('meetings').columns(columns).execute();
}

async function createSeats(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('seats')
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('participant_id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('resource_id', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('terminal_id', 'text')
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'text', (c) => c.notNull())
    .addForeignKeyConstraint('seats_meeting', ['org_id', 'meeting_id'], 'meetings', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('seats_by_resource').on('seats').columns(['resource_id', 'lease_until']).execute();
  await db.schema.createIndex('seats_by_meeting').on('seats').column('meeting_id').execute();
  await db.schema
    .createTable('attendance')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('participant_id', 'text', (c) => c.notNull())
    .addColumn('resource_id', 'text')
    .addColumn('account_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addColumn('left_at', 'text')
    .addPrimaryKeyConstraint('attendance_key', ['participant_id', 'joined_at'])
    .addForeignKeyConstraint('attendance_meeting', ['org_id', 'meeting_id'], 'meetings', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('attendance_by_meeting').on('attendance').column('meeting_id').execute();
  await db.schema
    .createIndex('attendance_by_resource')
    .on('attendance')
    .columns(['org_id', 'resource_id', 'joined_at'])
    .execute();
}

async function createAttendees(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('attendees')
    .addColumn('list_id', 'text', (c) => c.notNull())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.references('accounts.id'))
    .addColumn('department_id', 'text')
    .addColumn('terminal_id', 'text')
    .addColumn('contact_id', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('phone', 'text')
    .addColumn('email', 'text')
    .addColumn('via_department_id', 'text')
    .addPrimaryKeyConstraint('attendees_key', ['list_id', 'position'])
    .execute();
  await db.schema.createIndex('attendees_by_account').on('attendees').columns(['account_id', 'list_id']).execute();
  await db.schema.createIndex('attendees_by_terminal').on('attendees').columns(['terminal_id', 'list_id']).execute();
}

const lingerMs = 15 * 60_000;

/** Meetings of before used their room and took everybody. Passwords were hashed, so each gets one that can be told. */
async function bringBack(db: Kysely<Database>, before: Before): Promise<void> {
  for (const { guestPasswordHash, ...meeting } of before.meetings)
    await sql`
      insert into meetings (id, org_id, number, subject, subject_key, description, media, resource_kind, resource_id,
        room_id, slot_id, organizer_account_id, start_at, end_at, closes_at, time_zone, admission_scope, waiting_room,
        guest_password, options, notices, attendees_id, uid, sequence, ring_until, created_at, created_by,
        cancelled_at, ended_at)
      values (${meeting.id}, ${meeting.orgId}, ${meeting.number}, ${meeting.subject},
        ${meeting.subject.normalize('NFKC').toLowerCase()}, ${meeting.description}, 'video', 'room', ${meeting.roomId},
        ${meeting.roomId}, ${meeting.roomId}, ${meeting.organizerAccountId}, ${meeting.startAt}, ${meeting.endAt},
        ${new Date(Date.parse(meeting.endAt) + lingerMs).toISOString()}, ${meeting.timeZone}, 'everyone', 'off',
        ${guestPasswordHash === null ? null : String(randomInt(100_000, 1_000_000))}, '{}', '{"email":false}',
        ${meeting.id}, ${meeting.id}, 0, ${meeting.ringUntil}, ${meeting.createdAt}, ${meeting.organizerAccountId},
        ${meeting.cancelledAt}, ${meeting.endedAt})`.execute(db);
  for (const seat of before.seats)
    await sql`
      insert into seats (meeting_id, participant_id, org_id, resource_id, account_id, name, kind, role, terminal_id,
        joined_at, lease_until)
      values (${seat.meetingId}, ${seat.participantId}, ${seat.orgId}, ${seat.resourceId}, ${seat.accountId},
        ${seat.name}, ${seat.kind}, ${seat.role}, ${seat.terminalId}, ${seat.joinedAt}, ${seat.leaseUntil})`.execute(
      db,
    );
  for (const entry of before.attendance)
    await sql`
      insert into attendance (org_id, meeting_id, participant_id, resource_id, account_id, name, kind, joined_at, left_at)
      values (${entry.orgId}, ${entry.meetingId}, ${entry.participantId}, ${entry.resourceId}, ${entry.accountId},
        ${entry.name}, ${entry.kind}, ${entry.joinedAt}, ${entry.leftAt})`.execute(db);
}
