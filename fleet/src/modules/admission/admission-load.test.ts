import { meetingId, newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

const poolSize = 50;
const clients = 200;
/** Each costs seconds where every client has a connection of its own: there 20 are asked for by hand (docs/building.md). */
const rounds = Number(process.env.ANTEROOM_RUSHES ?? (inject('postgresUrl') === undefined ? 20 : 3));

let test: TestFleet;
let org: Organization;
let meetings: string[];

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Crowd', [{ kind: 'concurrency', quantity: poolSize }]);
  const body = { subject: 'Rush', resource: { kind: 'concurrency' }, durationMinutes: 600, timeZone: 'UTC' };
  meetings = [];
  for (const subject of ['Rush', 'Hour']) {
    const created = await test.expectOk(org.administrator, 'POST', '/meetings', { ...body, subject });
    meetings.push((created as { id: string }).id); // the contract's answer
  }
});
afterAll(() => test[Symbol.asyncDispose]());

const now = () => test.clock.now().toISOString();
const passTime = (ms: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + ms));

type Guest = { id: ParticipantId; ticket: string };

/** Whoever comes to one of the two meetings, which share the pool. */
async function newGuest(index: number): Promise<Guest> {
  const id = newId('participant');
  const ticket = await test.fleet.services.tickets.sign({
    ...{ sub: id, org: org.id, mtg: meetingId.parse(meetings[index % meetings.length]) },
    ...{ role: 'guest', kind: 'guest', name: `Guest ${index}`, nbf: 0, exp: 4_000_000_000 },
  });
  return { id, ticket };
}

async function seated(): Promise<ParticipantId[]> {
  const rows = await test.fleet.db
    .selectFrom('seats')
    .select('participantId')
    .where('orgId', '=', org.id)
    .where('leaseUntil', '>', now())
    .execute();
  expect(rows.length).toBeLessThanOrEqual(poolSize);
  return rows.map(({ participantId }) => participantId);
}

/** Everybody at once, while somebody else counts the seats again and again. */
async function rush(guests: readonly Guest[]): Promise<{ admitted: ParticipantId[]; held: number }> {
  let isRushing = true;
  const counting = (async () => {
    while (isRushing) {
      await seated();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const { admission } = test.fleet.services;
  const results = await Promise.all(
    guests.map(({ ticket }) => admission.admit({ ticket, certificateThumbprint: null })),
  );
  isRushing = false;
  await counting;
  const admitted = guests.filter((_guest, index) => results[index]?.decision === 'admit').map(({ id }) => id);
  const held = results.filter((result) => result.decision === 'hold' && result.reason === 'pool_full').length;
  expect(admitted.length + held).toBe(guests.length);
  return { admitted, held };
}

it('200 clients join a pool of 50 at once, again and again, with clients crashing in between: never more than 50, never a seat lost', {
  timeout: 600_000,
}, async () => {
  const { admission } = test.fleet.services;
  let inside: ParticipantId[] = [];
  for (let round = 0; round < rounds; round++) {
    const guests = await Promise.all(Array.from({ length: clients }, (_, index) => newGuest(index)));
    // A different share each time leaves properly, crashes, or stays for the next rush.
    const leaving = inside.filter((_id, index) => index % 3 === 0);
    const crashed = inside.filter((_id, index) => index % 3 === 1 + (round % 2));
    const staying = inside.filter((id) => !leaving.includes(id) && !crashed.includes(id));
    for (const id of leaving) await admission.release(id);

    // While the crashed ones' leases run, their seats are not free.
    const first = await rush(guests);
    expect(first.admitted).toHaveLength(poolSize - staying.length - crashed.length);

    // 45 s after the crash they are, for exactly as many; those who are alive were renewed meanwhile.
    for (let elapsedMs = 0; elapsedMs < 45_000; elapsedMs += 9_000) {
      await admission.renew([...staying, ...first.admitted]);
      passTime(9_000);
    }
    const second = await rush(guests.filter(({ id }) => !first.admitted.includes(id)));
    expect(second.admitted).toHaveLength(crashed.length);

    inside = [...staying, ...first.admitted, ...second.admitted];
    expect(inside).toHaveLength(poolSize);
    expect((await seated()).sort()).toEqual([...inside].sort());
  }

  const [incident] = await test.fleet.services.shortages.listBetween(
    { orgId: org.id },
    org.id,
    new Date(0),
    test.clock.now(),
  );
  expect(incident).toMatchObject({ resourceId: org.id, endedAt: null });
  passTime(60_000);
  expect(await seated()).toEqual([]);
  const all = await Promise.all(Array.from({ length: clients }, (_, index) => newGuest(index)));
  expect((await rush(all)).admitted).toHaveLength(poolSize);
});
