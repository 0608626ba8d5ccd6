import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meetingOptions, noticeChannels } from '@anteroom/shared/meeting/fields.ts';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { connect, type FleetDatabase } from './database.ts';
import { createMigrator } from './migrate.ts';
import type { Database } from './schema.ts';

/** What a database of before migration 0007 holds of meetings, seats and attendance is there afterwards, in the new columns. */
let folder: string;
let database: TestDatabase;
let db: FleetDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-db-'));
  database = await createTestDatabase({ folder, isEmpty: true });
  db = await connect(database.target);
  const { error } = await createMigrator(db).migrateTo('0006-resources');
  if (error !== undefined) throw error;
  await fill(db);
});
afterEach(async () => {
  await db.destroy();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const at = (time: string) => `2026-03-02T${time}:00.000Z`;
const ids = {
  org: `org_${'1'.repeat(32)}`,
  account: `acc_${'2'.repeat(32)}`,
  room: `room_${'3'.repeat(32)}`,
  open: `mtg_${'4'.repeat(32)}`,
  secret: `mtg_${'5'.repeat(32)}`,
  participant: `prt_${'6'.repeat(32)}`,
};

/** Two meetings in one cloud room, the second with a password of which only the hash is known; somebody sits in the first. */
async function fill(old: Kysely<Database>): Promise<void> {
  const { org, account, room, open, secret, participant } = ids;
  const insert = [
    sql`insert into organizations (id, name, time_zone, created_at) values (${org}, 'Works', 'UTC', ${at('08:00')})`,
    sql`insert into accounts (id, kind, name, language, created_at)
      values (${account}, 'standard', 'Kari', 'en', ${at('08:00')})`,
    sql`insert into rooms (id, org_id, name, name_key, number, capacity, created_at)
      values (${room}, ${org}, 'Atlas', 'atlas', '123456789', 5, ${at('08:00')})`,
    sql`insert into meetings (id, org_id, number, subject, description, room_id, organizer_account_id, start_at, end_at,
        time_zone, guest_password_hash, created_at, cancelled_at)
      values (${open}, ${org}, '200000001', 'ＷＥＥＫＬＹ', 'Notes', ${room}, ${account}, ${at('10:00')}, ${at('10:30')},
        'Europe/Oslo', null, ${at('09:00')}, null)`,
    sql`insert into meetings (id, org_id, number, subject, description, room_id, organizer_account_id, start_at, end_at,
        time_zone, guest_password_hash, created_at, cancelled_at)
      values (${secret}, ${org}, '200000002', 'Secret', '', ${room}, ${account}, ${at('12:00')}, ${at('12:30')},
        'UTC', '$argon2id$hash', ${at('09:00')}, ${at('11:00')})`,
    sql`insert into seats (meeting_id, participant_id, org_id, resource_id, name, kind, role, joined_at, lease_until)
      values (${open}, ${participant}, ${org}, ${room}, 'Ola', 'guest', 'guest', ${at('10:01')}, ${at('10:02')})`,
    sql`insert into attendance (org_id, meeting_id, participant_id, resource_id, name, kind, joined_at, left_at)
      values (${org}, ${open}, ${participant}, ${room}, 'Ola', 'guest', ${at('10:01')}, null)`,
  ];
  for (const statement of insert) await statement.execute(old);
}

async function migrate(): Promise<void> {
  const { error } = await createMigrator(db).migrateToLatest();
  if (error !== undefined) throw error;
}
async function readMeetings() {
  const [open, secret, ...others] = await db.selectFrom('meetings').selectAll().orderBy('startAt').execute();
  if (!open || !secret || others.length > 0) throw new Error('expected two meetings');
  return { open, secret };
}

describe('a meeting of before', () => {
  it('uses its cloud room, takes everybody, and keeps number, times, words and organizer', async () => {
    await migrate();
    const { open } = await readMeetings();
    expect(open).toMatchObject({
      ...{ id: ids.open, number: '200000001', subject: 'ＷＥＥＫＬＹ', subjectKey: 'weekly', description: 'Notes' },
      ...{ resourceKind: 'room', resourceId: ids.room, roomId: ids.room, slotId: ids.room },
      ...{ startAt: at('10:00'), endAt: at('10:30'), closesAt: at('10:45'), timeZone: 'Europe/Oslo' },
      ...{ admissionScope: 'everyone', waitingRoom: 'off', guestPassword: null, media: 'video', purpose: 'meeting' },
      ...{ organizerAccountId: ids.account, createdBy: ids.account, seriesId: null, recurrenceAt: null },
      ...{ attendeesId: ids.open, uid: ids.open, sequence: 0, cancelledAt: null, endedAt: null },
    });
    expect(meetingOptions.parse(JSON.parse(open.options))).toMatchObject({ canJoinBeforeHost: true });
    expect(noticeChannels.parse(JSON.parse(open.notices))).toEqual({ email: false, sms: false });
  });

  it('with a password gets a new one that can be told, and stays cancelled', async () => {
    await migrate();
    const { secret } = await readMeetings();
    expect(secret.guestPassword).toMatch(/^\d{6}$/);
    expect(secret.cancelledAt).toBe(at('11:00'));
  });

  it('keeps who sits in it and who was there', async () => {
    await migrate();
    expect(await db.selectFrom('seats').selectAll().execute()).toEqual([
      {
        ...{ meetingId: ids.open, participantId: ids.participant, orgId: ids.org, resourceId: ids.room },
        ...{ accountId: null, terminalId: null, name: 'Ola', kind: 'guest', role: 'guest' },
        ...{ joinedAt: at('10:01'), leaseUntil: at('10:02') },
      },
    ]);
    expect(await db.selectFrom('attendance').selectAll().execute()).toMatchObject([
      { meetingId: ids.open, participantId: ids.participant, joinedAt: at('10:01'), leftAt: null },
    ]);
  });
});

describe('an account of before', () => {
  it('knows its way: no trial meeting greets it', async () => {
    await migrate();
    expect(await db.selectFrom('accounts').select('greetedAt').execute()).toEqual([{ greetedAt: at('08:00') }]);
  });
});

describe('an external contact of before', () => {
  it('is found by company too', async () => {
    const { error } = await createMigrator(db).migrateTo('0022-host-unmute');
    if (error !== undefined) throw error;
    await sql`insert into contacts (id, org_id, name, name_key, company, phone, email, remark, created_at)
      values (${`con_${'7'.repeat(32)}`}, ${ids.org}, 'Mara', 'mara', 'ÅSE Glass', null, 'Mara@ase.test', '', ${at('08:00')})`.execute(
      db,
    );
    await migrate();
    const found = await db.selectFrom('contacts').select('searchKey').executeTakeFirstOrThrow();
    expect(found.searchKey).toBe('mara åse glass  mara@ase.test');
  });
});
