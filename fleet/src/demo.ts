import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { accountId, type OrganizationId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from './db/database.ts';
import { readOrCreateSecret } from './enrolment/key-file.ts';
import type { OrderRequest } from './modules/orders/service.ts';
import type { Actor } from './modules/sessions/service.ts';
import type { Services } from './services.ts';

/**
 * Who signs in to the demonstration organization: its administrator, who has an account for the console only, and the
 * one who holds its meetings. The password of both is in the data folder, for its owner only.
 */
export type DemoLogin = { login: string; hostLogin: string; password: string };

const login = 'admin@example.test';
const hostLogin = 'host@example.test';
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const spaces = [
  { name: 'Boardroom', site: 'Harbour House', floor: '3', capacity: 12 },
  { name: 'Lighthouse', site: 'Harbour House', floor: '3', capacity: 8 },
  { name: 'Workshop', site: 'Mill Street', floor: '1', capacity: 6 },
];

/** What the demonstration may use; its end is far away, so that it works whenever somebody looks at it again. */
const ordered: OrderRequest['lines'] = [
  { kind: 'room', quantity: 4, capacity: 20 },
  { kind: 'concurrency', quantity: 50 },
  { kind: 'terminals', quantity: 40 },
];
const orderedForMs = 4 * 365 * 86_400_000;

/**
 * Makes the demonstration organization, once: an administrator, a paid order, three spaces, a cloud room and the person who
 * holds meetings in it. Then it belongs to whoever uses it, and nothing that they removed comes back.
 */
export async function seedDemo(deps: {
  db: FleetDatabase;
  dataDir: string;
  services: Services;
  clock: Clock;
}): Promise<DemoLogin> {
  const { db, services, clock } = deps;
  const passwordFile = join(deps.dataDir, 'keys', 'demo-password');
  const password = (
    await readOrCreateSecret(passwordFile, () => Promise.resolve(`${randomBytes(12).toString('base64url')}\n`))
  ).trim();
  const known = await readDemoAccount(db);
  const id = known ?? (await makeOrganization(db, services, password));
  if (known === null) {
    await db.insertInto('systemValues').values({ key: demoAccountKey, value: id }).execute();
    const actor = await services.sessions.actorOf(id);
    const endAt = new Date(clock.now().getTime() + orderedForMs).toISOString();
    await services.orders.grant(db, actor, { plan: 'flagship', lines: ordered, endAt });
    for (const space of spaces) await services.spaces.create(actor, { ...space, timeZone });
    const room = await services.rooms.create(actor, { name: 'Atlas', capacity: 20 });
    const hostId = await makeHost(services, actor, password);
    await db.insertInto('systemValues').values({ key: demoHostKey, value: hostId }).execute();
    await services.assignments.assign(actor, room.id, { accountId: hostId });
  }
  // A file that was lost and made anew is what opens the demonstration.
  for (const key of [demoAccountKey, demoHostKey] as const) {
    const ofKey = await readDemoAccount(db, key);
    if (ofKey === null || (await services.sessions.isPasswordOf(logins[key], password))) continue;
    await services.accounts.setPassword(ofKey, password);
  }
  return { login, hostLogin, password };
}

/** A link that signs in to the console of the demonstration once. */
export async function createDemoLink(deps: {
  db: FleetDatabase;
  services: Services;
  publicUrl: string;
}): Promise<string> {
  const id = await readDemoAccount(deps.db);
  if (id === null) throw new Error('the demonstration organization was not made');
  return `${deps.publicUrl}/link/${await deps.services.sessions.createLink(id)}`;
}

const demoAccountKey = 'demo.account';
const demoHostKey = 'demo.host';
const logins = { [demoAccountKey]: login, [demoHostKey]: hostLogin };

/** Where whoever the demonstration was made for belongs now. */
export async function readDemoOrganization(db: FleetDatabase): Promise<OrganizationId | null> {
  const row = await db
    .selectFrom('systemValues')
    .innerJoin('memberships', 'memberships.accountId', 'systemValues.value')
    .select('memberships.orgId')
    .where('systemValues.key', '=', demoAccountKey)
    .executeTakeFirst();
  return row?.orgId ?? null;
}

async function readDemoAccount(db: FleetDatabase, key: keyof typeof logins = demoAccountKey) {
  const row = await db.selectFrom('systemValues').select('value').where('key', '=', key).executeTakeFirst();
  return row ? accountId.parse(row.value) : null;
}

async function makeOrganization(db: FleetDatabase, { organizations, accounts }: Services, password: string) {
  const orgId = await organizations.create(db, { name: 'Halden Works', kind: 'company', timeZone });
  const administrator = { name: 'Zhao Min', email: login, password, language: 'en' as const };
  return await accounts.create({ orgId }, { ...administrator, kind: 'console', role: 'defaultAdministrator' });
}

async function makeHost({ accounts }: Services, { orgId }: Actor, password: string) {
  const host = { name: 'Ingrid Sol', email: hostLogin, password, language: 'en' as const };
  return await accounts.create({ orgId }, { ...host, kind: 'standard', role: 'member' });
}
