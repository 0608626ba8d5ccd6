import { meetingDoor, meetingItem } from '@anteroom/shared/api/meetings.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPersonalUser } from '../../testing/route-calls/people.ts';
import { type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md 1: at a new account's first sign-in a "one-minute quick start" meeting is created, which plays a guide. */
let test: TestFleet;
let org: Organization;
beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`, []);
});

const own = async (who: Person) =>
  z.object({ items: z.array(meetingItem) }).parse(await test.expectOk(who, 'GET', '/my/meetings')).items;
const signIn = (name: string, kind: 'standard' | 'console' = 'standard') =>
  test.createPerson(org.id, { name, kind, role: 'member' });

describe('a trial meeting', () => {
  it('is there after the first sign-in, uses nobody’s concurrency, and plays the guide', async () => {
    const kari = await signIn('Kari');
    const [trial, ...others] = await own(kari);
    expect(trial).toMatchObject({ subject: 'One-minute quick start', resource: 'free', state: 'live' });
    expect(others).toEqual([]);
    const look = await test.expectOk(kari, 'GET', `/join/${trial?.number}`);
    expect(meetingDoor.parse(look)).toMatchObject({ isTrial: true, visitor: { name: 'Kari' } });
    const { ticket } = z
      .object({ ticket: z.string() })
      .parse(await test.expectOk(kari, 'POST', `/join/${trial?.number}`, { name: 'Kari' }));
    expect(await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null })).toMatchObject({
      ...{ decision: 'admit', participant: { name: 'Kari', role: 'host' } },
    });
  });

  it('is made once, not at every sign-in', async () => {
    const kari = await signIn('Kari');
    await test.fleet.services.sessions.open(kari.actor.accountId, { by: 'link', detail: null, userAgent: 'test' });
    expect(await own(kari)).toHaveLength(1);
  });

  it('greets somebody without an organization too', async () => {
    const pia = await createPersonalUser(test, 'Pia', '+4790000001');
    expect(await own(pia)).toMatchObject([{ subject: 'One-minute quick start' }]);
  });

  it('is not made where the organization switched it off, nor for a console’s account', async () => {
    await test.expectOk(org.administrator, 'PATCH', '/organization', { settings: { hasTrialMeeting: false } });
    expect(await own(await signIn('Kari'))).toEqual([]);
    expect(await own(org.member)).toEqual([]);
  });
});
