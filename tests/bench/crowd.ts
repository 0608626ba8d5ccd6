import { type FleetDatabase, openDatabase } from '@anteroom/fleet/src/db/database.ts';
import { nameKeyOf } from '@anteroom/fleet/src/db/paging.ts';
import { newId } from '@anteroom/shared/ids.ts';

/** How many an installation is measured with: the size that issue 3 gives. */
export const crowd = { accounts: 100_000, meetings: 20_000, ownMeetings: 400, attendeesOfEach: 5 };

const given = ['Mara', 'Jonas', 'Priya', 'Yuehan', '睿', 'Olena', 'Tomás', 'Aiko', 'Kofi', 'Noor', 'Søren', 'Ines'];
const family = [
  'Okafor',
  'Weber',
  'Raman',
  'Lin',
  '陈',
  'Kovalenko',
  'Herrera',
  'Sato',
  'Mensah',
  'Haddad',
  'Dahl',
  'Roy',
];
const subjects = [
  'Design review',
  'Supplier call',
  'Quarter planning',
  'Stand-up',
  '产品评审',
  'Interview',
  'Retrospective',
];
const minuteMs = 60_000;
/** Rows of one statement: SQLite takes 32,766 parameters in it. */
const atOnce = 500;

/** Whose meetings are measured; signs in with the password of the demonstration's administrator. */
export const measuredLogin = 'measured@crowd.test';

/**
 * Fills the database of a fleet that does not run: copies of an account, a membership and a meeting that the fleet itself
 * made, so that no column is forgotten, each with a name, a time and attendees of its own.
 */
export async function fillDatabase(file: string): Promise<void> {
  const db = await openDatabase({ file });
  try {
    const ids = await addPeople(db);
    await addMeetings(db, ids);
  } finally {
    await db.destroy();
  }
}

async function addPeople(db: FleetDatabase) {
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('passwordHash', 'is not', null)
    .executeTakeFirstOrThrow();
  const membership = await db
    .selectFrom('memberships')
    .selectAll()
    .where('accountId', '=', account.id)
    .executeTakeFirstOrThrow();
  const people = Array.from({ length: crowd.accounts }, (_none, index) => {
    const name = `${pick(given, index)} ${pick(family, Math.floor(index / given.length))} ${index}`;
    const email = index === 0 ? measuredLogin : `person${index}@crowd.test`;
    const nameKey = nameKeyOf(name);
    const id = newId('account');
    return {
      account: {
        ...{ ...account, id, kind: 'standard' as const, name, nameKey, email, personalNumber: null },
        phone: `+861${String(3_000_000_000 + index)}`,
        passwordHash: index === 0 ? account.passwordHash : null,
      },
      membership: {
        ...{ ...membership, accountId: id, role: 'member' as const, permissions: '[]', nameKey },
        searchKey: `${nameKey} +861${String(3_000_000_000 + index)} ${email}`,
      },
    };
  });
  await inChunks(people, async (some) => {
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('accounts')
        .values(some.map((one) => one.account))
        .execute();
      await tx
        .insertInto('memberships')
        .values(some.map((one) => one.membership))
        .execute();
    });
  });
  return people.map(({ account: { id } }) => id);
}

/** Half of them are over; they lie a quarter of an hour apart around now. */
async function addMeetings(db: FleetDatabase, accountIds: Awaited<ReturnType<typeof addPeople>>): Promise<void> {
  const template = await db.selectFrom('meetings').selectAll().executeTakeFirstOrThrow();
  const meetings = Array.from({ length: crowd.meetings }, (_none, index) => {
    const startMs = Date.now() + (index - crowd.meetings / 2) * 15 * minuteMs + minuteMs;
    const at = (minutes: number) => new Date(startMs + minutes * minuteMs).toISOString();
    const id = newId('meeting');
    const subject = `${pick(subjects, index)} ${index}`;
    const organizerAccountId = accountIds[(index * 37) % accountIds.length] ?? template.organizerAccountId;
    return {
      ...{ ...template, id, subject, subjectKey: nameKeyOf(subject), organizerAccountId, attendeesId: id, uid: id },
      ...{ resourceKind: 'concurrency' as const, roomId: null, slotId: null, resourceId: template.orgId },
      ...{ number: String(500_000_000 + index), startAt: at(0), endAt: at(45), closesAt: at(60) },
      ...{ endedAt: null, cancelledAt: null, seriesId: null, recurrenceAt: null },
    };
  });
  const ownEvery = Math.floor(crowd.meetings / crowd.ownMeetings);
  const attendees = meetings.flatMap(({ id, orgId }, index) =>
    Array.from({ length: crowd.attendeesOfEach }, (_none, position) => {
      const isOwn = index % ownEvery === 0 && position === 0;
      const accountId = accountIds[isOwn ? 0 : (index * 53 + position * 7919 + 1) % accountIds.length];
      return {
        ...{ listId: id, orgId, position, kind: 'person' as const, accountId: accountId ?? null, name: '' },
        ...{ departmentId: null, terminalId: null, contactId: null, phone: null, email: null },
      };
    }),
  );
  await inChunks(meetings, (some) => db.insertInto('meetings').values(some).execute());
  await inChunks(attendees, (some) => db.insertInto('attendees').values(some).execute());
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? '';
}

async function inChunks<T>(rows: readonly T[], insert: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += atOnce) await insert(rows.slice(start, start + atOnce));
}
