import type { AccountId } from '@anteroom/shared/ids.ts';
import { z } from 'zod';
import type { Organization, Person, TestFleet } from '../test-fleet.ts';

type Calls = Record<string, { path: string; body?: unknown; by?: Person }>;

const hasId = z.object({ id: z.string() });

/** The end of the link of this kind that was sent to this number: `/invitation/…` or `/set-password/…`. */
export async function linkTo(
  { fleet }: TestFleet,
  recipient: string,
  kind: 'invitation' | 'set-password',
): Promise<string> {
  const rows = await fleet.db.selectFrom('notices').select('content').where('recipient', '=', recipient).execute();
  const token = rows.map(({ content }) => new RegExp(`/${kind}/([\\w-]+)`).exec(content)?.[1]).find(Boolean);
  if (token === undefined) throw new Error(`no ${kind} link was sent to ${recipient}`);
  return token;
}

/** Somebody who registered by phone and belongs to no company. */
export async function createPersonalUser(test: TestFleet, name: string, phone: string): Promise<Person> {
  const { accounts, organizations, sessions } = test.fleet.services;
  const orgId = await organizations.create(test.fleet.db, { name, kind: 'personal', timeZone: 'Europe/Oslo' });
  const password = 'a password of some length';
  const account = { kind: 'standard' as const, name, phone, email: null, password, language: 'en' as const };
  const id: AccountId = await accounts.create({ orgId }, { ...account, role: 'personal' });
  const { token } = await sessions.open(id, { by: 'link', detail: null, userAgent: 'test' });
  return { actor: await sessions.actorOf(id), login: phone, password, cookie: `anteroom_session=${token}` };
}

/** A file of people, as it is sent. */
export function fileOf(content: string | Uint8Array): { filename: string; content: string } {
  return { filename: 'people', content: Buffer.from(content).toString('base64') };
}

async function issueCode({ fleet }: TestFleet, { login }: Person, purpose: 'dissolve' | 'handOver'): Promise<string> {
  const target = { purpose, recipient: login.toLowerCase(), address: login };
  return await fleet.db.transaction().execute((tx) => fleet.services.codes.issue(tx, target));
}

/** Calls on the organization and its people that succeed once, for the default administrator unless `by` says who. */
export async function preparePeopleCalls(test: TestFleet, { id: orgId, administrator }: Organization): Promise<Calls> {
  const make = async (path: string, body: unknown) =>
    hasId.parse(await test.expectOk(administrator, 'POST', path, body)).id;
  const somebody = async (name: string) => (await test.createPerson(orgId, { name, role: 'member' })).actor.accountId;
  const [placed, promoted, leaving] = [await somebody('Placed'), await somebody('Promoted'), await somebody('Gone')];
  const departmentId = await make('/departments', { name: 'Sales', parentId: null });
  const doomed = await make('/departments', { name: 'Doomed', parentId: null });
  const contact = { name: 'Mara Okafor', company: 'Hinges Ltd', phone: null, email: 'mara@hinges.test', remark: '' };
  const contactId = await make('/contacts', contact);
  const oldContactId = await make('/contacts', contact);
  const place = { departmentId: null, position: '', sortNumber: 0, remark: '' };
  const invite = (recipient: string) => ({ name: 'Invited', recipient, language: 'en', ...place });
  const withdrawn = await make('/invitations', invite('+4790000001'));
  const unanswered = await make('/invitations', invite('+4790000031'));
  await make('/invitations', invite('unwilling@guests.test'));
  const refusable = await linkTo(test, 'unwilling@guests.test', 'invitation');
  const accepting = await createPersonalUser(test, 'Accepting', '+4790000002');
  await make('/invitations', invite('+4790000002'));
  const token = await linkTo(test, '+4790000002', 'invitation');
  /** An invitation that was accepted and waits for an administrator. */
  const accepted = async (phone: string) => {
    const person = await createPersonalUser(test, 'Waiting', phone);
    const invitationId = await make('/invitations', invite(phone));
    await test.expectOk(person, 'POST', `/letters/${await linkTo(test, phone, 'invitation')}/accept`);
    return invitationId;
  };
  const settings = (invitationNeedsApproval: boolean) =>
    test.expectOk(administrator, 'PATCH', '/organization', { settings: { invitationNeedsApproval } });
  await settings(true);
  const [welcome, unwelcome] = [await accepted('+4790000003'), await accepted('+4790000004')];
  await settings(false);
  // Elsewhere: the own default administrator is still needed.
  const third = await test.createOrganization('Third');
  const heir = third.member.actor.accountId;
  const fourth = await test.createOrganization('Fourth');
  const fifth = await test.createOrganization('Fifth');
  const closingCode = await issueCode(test, fifth.administrator, 'dissolve');
  await test.expectOk(fourth.administrator, 'POST', '/organization/closing', {
    code: await issueCode(test, fourth.administrator, 'dissolve'),
  });
  const founder = await createPersonalUser(test, 'Founder', '+4790000005');
  const about = { industry: 'Doors', size: '1-19', country: 'NO', timeZone: 'Europe/Oslo' };
  await make('/people', { kind: 'console', name: 'New', phone: '+4790000006', email: null, language: 'en', ...place });
  const passwordToken = await linkTo(test, '+4790000006', 'set-password');
  const linked = await make('/people', {
    kind: 'standard',
    name: 'Linked',
    phone: '+4790000032',
    email: null,
    language: 'en',
    ...place,
  });
  // As if a minute had passed, so that they can be sent again.
  const sentAgain = test.fleet.db.deleteFrom('linkMessages').where('recipient', 'in', ['+4790000031', '+4790000032']);
  await sentAgain.execute();
  const importId = await make('/imports', fileOf('Name,Phone\nThree,+4790000023\n'));
  return {
    'session.setPassword': {
      path: '/session/set-password',
      body: { token: passwordToken, password: 'a password of some length' },
    },
    'organization.get': { path: '/organization' },
    'organization.create': { path: '/organization', body: { name: 'Founded', ...about }, by: founder },
    'closing.get': { path: '/organization/closing' },
    'closing.sendCode': { path: '/organization/closing/code' },
    'closing.dissolve': { path: '/organization/closing', body: { code: closingCode }, by: fifth.administrator },
    'closing.withdraw': { path: '/organization/closing/withdraw', by: fourth.administrator },
    'organization.update': { path: '/organization', body: { industry: 'Doors' } },
    'departments.list': { path: '/departments' },
    'departments.get': { path: `/departments/${departmentId}` },
    'departments.create': { path: '/departments', body: { name: 'Design', parentId: null } },
    'departments.update': { path: `/departments/${departmentId}`, body: { sortNumber: 2 } },
    'departments.remove': { path: `/departments/${doomed}` },
    'people.list': { path: '/people' },
    'people.get': { path: `/people/${placed}` },
    'people.add': {
      path: '/people',
      body: { kind: 'standard', name: 'Ola', phone: '+4790000007', email: null, language: 'en', ...place },
    },
    'people.sendLink': { path: `/people/${linked}/password-link` },
    'people.update': { path: `/people/${placed}`, body: { position: 'Engineer' } },
    'people.setRole': { path: `/people/${promoted}/role`, body: { role: 'fieldEngineer', sites: ['Harbour House'] } },
    'people.listComing': { path: `/people/${placed}/coming-meetings` },
    'people.remove': { path: `/people/${leaving}` },
    'imports.template': { path: '/imports/template' },
    'imports.check': { path: '/imports/check', body: fileOf('Name,Phone\nOne,+4790000021\n') },
    'imports.create': { path: '/imports', body: fileOf('Name,Phone\nTwo,+4790000022\n') },
    'imports.result': { path: `/imports/${importId}/file` },
    'contacts.list': { path: '/contacts' },
    'contacts.get': { path: `/contacts/${contactId}` },
    'contacts.create': { path: '/contacts', body: contact },
    'contacts.update': { path: `/contacts/${contactId}`, body: { company: 'Hinges' } },
    'contacts.remove': { path: `/contacts/${oldContactId}` },
    'invitations.list': { path: '/invitations' },
    'invitations.create': { path: '/invitations', body: invite('+4790000008') },
    'invitations.withdraw': { path: `/invitations/${withdrawn}/withdraw` },
    'invitations.approve': { path: `/invitations/${welcome}/approve` },
    'invitations.decline': { path: `/invitations/${unwelcome}/decline` },
    'invitations.send': { path: `/invitations/${unanswered}/send` },
    'letters.refuse': { path: `/letters/${refusable}/refuse` },
    'letters.look': { path: `/letters/${token}` },
    'letters.accept': { path: `/letters/${token}/accept`, by: accepting },
    'organization.sendHandOverCode': { path: '/organization/hand-over/code' },
    'organization.handOver': {
      path: '/organization/hand-over',
      body: { accountId: heir, code: await issueCode(test, third.administrator, 'handOver') },
      by: third.administrator,
    },
  };
}
