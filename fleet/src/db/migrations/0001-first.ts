import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Accounts, places, terminals with their certificates, meetings with their seats, and the audit trail. */
export async function up(db: Kysely<Database>): Promise<void> {
  await createAccounts(db);
  await createPlaces(db);
  await createTerminals(db);
  await createMeetings(db);
  await createTrails(db);
}

async function createAccounts(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('organizations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('phone', 'text')
    .addColumn('email', 'text')
    .addColumn('password_hash', 'text')
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('accounts_phone', ['kind', 'phone'])
    .addUniqueConstraint('accounts_email', ['kind', 'email'])
    .execute();
  await db.schema
    .createTable('memberships')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id').onDelete('cascade'))
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('memberships_in_org', ['org_id', 'account_id'])
    .execute();
  await db.schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('one_time_links')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .execute();
}

async function createPlaces(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('spaces')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('floor', 'text', (c) => c.notNull())
    .addColumn('capacity', 'integer', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('spaces_scoped', ['org_id', 'id'])
    .addUniqueConstraint('spaces_name', ['org_id', 'site', 'name_key'])
    .execute();
  await db.schema
    .createTable('rooms')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull().unique())
    .addColumn('capacity', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('rooms_scoped', ['org_id', 'id'])
    .addUniqueConstraint('rooms_name', ['org_id', 'name_key'])
    .execute();
}

async function createTerminals(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('terminals')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('serial', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('software', 'text', (c) => c.notNull())
    .addColumn('space_id', 'text')
    .addColumn('room_id', 'text')
    .addColumn('key_phrase', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('retired_at', 'text')
    .addUniqueConstraint('terminals_scoped', ['org_id', 'id'])
    .addForeignKeyConstraint('terminals_space', ['org_id', 'space_id'], 'spaces', ['org_id', 'id'])
    .addForeignKeyConstraint('terminals_room', ['org_id', 'room_id'], 'rooms', ['org_id', 'id'])
    .execute();
  // A retired terminal frees its name and its space.
  await sql`create unique index terminals_name on terminals (org_id, name_key) where retired_at is null`.execute(db);
  await sql`create unique index terminals_one_per_space on terminals (org_id, space_id) where retired_at is null`.execute(
    db,
  );
  await db.schema.createIndex('terminals_by_room').on('terminals').columns(['org_id', 'room_id']).execute();
  await db.schema
    .createTable('certificates')
    .addColumn('thumbprint', 'text', (c) => c.primaryKey())
    .addColumn('serial_number', 'text', (c) => c.notNull().unique())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('terminal_id', 'text', (c) => c.notNull())
    .addColumn('pem', 'text', (c) => c.notNull())
    .addColumn('issued_at', 'text', (c) => c.notNull())
    .addColumn('not_after', 'text', (c) => c.notNull())
    .addColumn('revoked_at', 'text')
    .addForeignKeyConstraint('certificates_terminal', ['org_id', 'terminal_id'], 'terminals', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('certificates_by_terminal').on('certificates').column('terminal_id').execute();
  await db.schema
    .createTable('pairings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('csr', 'text', (c) => c.notNull())
    .addColumn('key_hash', 'text', (c) => c.notNull())
    .addColumn('key_phrase', 'text', (c) => c.notNull())
    .addColumn('serial', 'text', (c) => c.notNull())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('software', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('claimed_at', 'text')
    .addColumn('terminal_id', 'text', (c) => c.references('terminals.id'))
    .addColumn('thumbprint', 'text', (c) => c.references('certificates.thumbprint'))
    .execute();
  await db.schema.createIndex('pairings_by_key').on('pairings').column('key_hash').execute();
}

async function createMeetings(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('meetings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('number', 'text', (c) => c.notNull().unique())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('room_id', 'text', (c) => c.notNull())
    .addColumn('organizer_account_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('start_at', 'text', (c) => c.notNull())
    .addColumn('end_at', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('guest_password_hash', 'text')
    .addColumn('ring_until', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('cancelled_at', 'text')
    .addColumn('ended_at', 'text')
    .addUniqueConstraint('meetings_scoped', ['org_id', 'id'])
    .addForeignKeyConstraint('meetings_room', ['org_id', 'room_id'], 'rooms', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('meetings_by_room').on('meetings').columns(['room_id', 'end_at']).execute();
  await db.schema.createIndex('meetings_by_start').on('meetings').columns(['org_id', 'start_at', 'id']).execute();
  await db.schema
    .createTable('seats')
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('participant_id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('room_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('terminal_id', 'text')
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'text', (c) => c.notNull())
    .addForeignKeyConstraint('seats_meeting', ['org_id', 'meeting_id'], 'meetings', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('seats_by_room').on('seats').columns(['room_id', 'lease_until']).execute();
  await db.schema.createIndex('seats_by_meeting').on('seats').column('meeting_id').execute();
  await db.schema
    .createTable('attendance')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('participant_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('joined_at', 'text', (c) => c.notNull())
    .addColumn('left_at', 'text')
    .addPrimaryKeyConstraint('attendance_key', ['participant_id', 'joined_at'])
    .addForeignKeyConstraint('attendance_meeting', ['org_id', 'meeting_id'], 'meetings', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('attendance_by_meeting').on('attendance').column('meeting_id').execute();
}

async function createTrails(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('audit_entries')
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('audit_entries_key', ['org_id', 'seq'])
    .execute();
  await db.schema
    .createTable('system_values')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('route', 'text', (c) => c.notNull())
    .addColumn('request_hash', 'text', (c) => c.notNull())
    .addColumn('status', 'integer')
    .addColumn('body', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_key', ['account_id', 'key'])
    .execute();
  await db.schema
    .createTable('change_counters')
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('change_counters_key', ['org_id', 'topic'])
    .execute();
}
