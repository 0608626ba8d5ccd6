import { newId } from '@anteroom/shared/ids.ts';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Orders, cloud rooms that come from them and belong to a person, seats that count against any resource. */
export async function up(db: Kysely<Database>): Promise<void> {
  await createOrders(db);
  await giveRoomsOrders(db);
  await countSeatsByResource(db);
  await createShortages(db);
  await orderWhatIsThere(db);
}

async function createOrders(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('orders')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('plan', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('start_at', 'text', (c) => c.notNull())
    .addColumn('end_at', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text')
    .addColumn('paid_at', 'text')
    .addColumn('paid_reference', 'text')
    .addColumn('cancelled_at', 'text')
    .addUniqueConstraint('orders_scoped', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('orders_by_time').on('orders').columns(['org_id', 'state', 'end_at']).execute();
  await db.schema
    .createTable('order_lines')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('quantity', 'integer', (c) => c.notNull())
    .addColumn('capacity', 'integer')
    .addForeignKeyConstraint('order_lines_order', ['org_id', 'order_id'], 'orders', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('order_lines_by_order').on('order_lines').columns(['org_id', 'order_id']).execute();
}

async function giveRoomsOrders(db: Kysely<Database>): Promise<void> {
  await db.schema
    .alterTable('rooms')
    .addColumn('order_line_id', 'text', (c) => c.references('order_lines.id'))
    .execute();
  await db.schema
    .alterTable('rooms')
    .addColumn('assignee_account_id', 'text', (c) => c.references('accounts.id'))
    .execute();
  await db.schema.alterTable('rooms').addColumn('guest_password', 'text').execute();
  await db.schema.createIndex('rooms_by_order_line').on('rooms').column('order_line_id').execute();
  await db.schema.createIndex('rooms_by_assignee').on('rooms').column('assignee_account_id').execute();
}

/** A seat counts against a cloud room, an organization's concurrency, or a meeting of the free plan. */
async function countSeatsByResource(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('seats').renameColumn('room_id', 'resource_id').execute();
  await db.schema.alterTable('seats').addColumn('account_id', 'text').execute();
  for (const column of ['resource_id', 'account_id'])
    await db.schema.alterTable('attendance').addColumn(column, 'text').execute();
  await sql`
    update attendance set resource_id =
      (select room_id from meetings where meetings.id = attendance.meeting_id)`.execute(db);
  await db.schema
    .createIndex('attendance_by_resource')
    .on('attendance')
    .columns(['org_id', 'resource_id', 'joined_at'])
    .execute();
}

async function createShortages(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('shortages')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('resource_id', 'text', (c) => c.notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('turned_away', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('shortages_by_start').on('shortages').columns(['org_id', 'started_at']).execute();
  await sql`create unique index shortages_one_open on shortages (resource_id) where ended_at is null`.execute(db);
  await db.schema
    .createTable('waiting')
    .addColumn('participant_id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'text', (c) => c.notNull())
    .addColumn('let_in_at', 'text')
    .execute();
  await db.schema.createIndex('waiting_by_meeting').on('waiting').columns(['meeting_id', 'since']).execute();
}

/** Cloud rooms and terminals of before had no order: each organization gets a paid one without an end that covers them. */
async function orderWhatIsThere(db: Kysely<Database>): Promise<void> {
  const { rows: organizations } = await sql<{ id: string; createdAt: string; terminals: number | string }>`
    select organizations.id, organizations.created_at,
      (select count(*) from terminals where terminals.org_id = organizations.id and retired_at is null) as terminals
    from organizations
    where exists (select 1 from rooms where rooms.org_id = organizations.id)
      or exists (select 1 from terminals where terminals.org_id = organizations.id)`.execute(db);
  for (const { id: orgId, createdAt, terminals } of organizations) {
    const orderId = newId('order');
    await sql`
      insert into orders (id, org_id, plan, state, start_at, end_at, created_at, paid_at)
      values (${orderId}, ${orgId}, 'flagship', 'paid', ${createdAt}, '9999-12-31T23:59:59.999Z', ${createdAt},
        ${createdAt})`.execute(db);
    if (Number(terminals) > 0) await addLine(db, { orgId, orderId, kind: 'terminals', quantity: Number(terminals) });
    const { rows: sizes } = await sql<{ capacity: number; quantity: number | string }>`
      select capacity, count(*) as quantity from rooms where org_id = ${orgId} group by capacity`.execute(db);
    for (const { capacity, quantity } of sizes) {
      const line = await addLine(db, { orgId, orderId, kind: 'room', quantity: Number(quantity), capacity });
      await sql`
        update rooms set order_line_id = ${line} where org_id = ${orgId} and capacity = ${capacity}`.execute(db);
    }
  }
}

type NewLine = { orgId: string; orderId: string; kind: string; quantity: number; capacity?: number };

async function addLine(db: Kysely<Database>, line: NewLine): Promise<string> {
  const id = newId('orderLine');
  await sql`
    insert into order_lines (id, org_id, order_id, kind, quantity, capacity)
    values (${id}, ${line.orgId}, ${line.orderId}, ${line.kind}, ${line.quantity}, ${line.capacity ?? null})`.execute(
    db,
  );
  return id;
}
