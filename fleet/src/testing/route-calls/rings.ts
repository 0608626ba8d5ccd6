import { meeting } from '@anteroom/shared/api/meetings.ts';
import type { Organization, Person, TestFleet } from '../test-fleet.ts';

type Calls = Record<string, { path: string; body?: unknown; by?: Person }>;

/** Calls of rings that succeed once: three people are rung into meetings that have just begun. */
export async function prepareRingCalls(test: TestFleet, { id, administrator }: Organization): Promise<Calls> {
  const person = (name: string) => test.createPerson(id, { name, kind: 'standard', role: 'member' });
  const [rung, missing] = [await person('Rung'), await person('Missing')];
  const { actor } = rung;
  const begin = async (...people: Person[]) => {
    const attendees = people.map(({ actor: { accountId } }) => ({ kind: 'person', accountId }));
    const resource = { kind: 'concurrency' };
    const body = { subject: 'Now', resource, durationMinutes: 600, timeZone: 'UTC', attendees };
    return meeting.parse(await test.expectOk(administrator, 'POST', '/meetings', body)).id;
  };
  await test.expectOk(missing, 'POST', '/my/do-not-disturb', { isOn: true, until: null });
  const [answered, declined, missed] = [await begin(rung), await begin(rung), await begin(rung, missing)];
  const callees = [{ kind: 'person', accountId: actor.accountId }];
  return {
    'rings.listOwn': { path: '/my/rings' },
    'rings.answer': { path: `/my/rings/${answered}/answer`, by: rung },
    'rings.decline': { path: `/my/rings/${declined}/decline`, by: rung },
    'rings.dismiss': { path: `/my/rings/${missed}/dismiss`, by: missing },
    'rings.getDoNotDisturb': { path: '/my/do-not-disturb' },
    'rings.setDoNotDisturb': { path: '/my/do-not-disturb', body: { isOn: true, until: null } },
    'rings.listOfMeeting': { path: `/meetings/${missed}/rings` },
    'rings.call': { path: `/meetings/${missed}/rings`, body: { callees } },
    'rings.withdraw': { path: `/meetings/${missed}/rings/${actor.accountId}` },
  };
}
