import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;
beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

it('the directory lists terminals to every member, who may invite them and learns no more', async () => {
  const spaceId = await test.createSpace(own.administrator, 'Boardroom');
  const roomId = await test.createRoom(own.administrator, 'Atlas');
  const { id } = await test.pairTerminal(own.administrator, { name: 'Boardroom terminal', spaceId, roomId });
  const gone = await test.pairTerminal(own.administrator, { name: 'Broken' });
  await test.expectOk(own.administrator, 'POST', `/terminals/${gone.id}/revoke`);
  const other = await test.createOrganization('Other');
  await test.pairTerminal(other.administrator, { name: 'Theirs' });
  const member = await test.createPerson(own.id, { name: 'Member', role: 'member', kind: 'standard' });

  const found = await test.expectOk(member, 'GET', '/directory/terminals?search=board');
  expect(found).toEqual({
    items: [
      {
        ...{ id, name: 'Boardroom terminal', space: expect.objectContaining({ id: spaceId, name: 'Boardroom' }) },
        ...{ room: { id: roomId, name: 'Atlas' }, isOnline: false, seenAt: null },
      },
    ],
    nextCursor: null,
    total: 1,
  });
  expect(await test.expectOk(member, 'GET', '/directory/terminals')).toMatchObject({ total: 1 });
  expect(codeOf(await test.call(member, 'GET', `/terminals/${id}`))).toBe('forbidden');

  const startAt = new Date(test.clock.now().getTime() + 3_600_000).toISOString();
  const meeting = {
    subject: 'Review',
    resource: { kind: 'concurrency' },
    startAt,
    durationMinutes: 30,
    timeZone: 'UTC',
  };
  const attendees = [{ kind: 'terminal', terminalId: id }];
  expect(await test.expectOk(member, 'POST', '/meetings', { ...meeting, attendees })).toMatchObject({
    attendees: [{ kind: 'terminal', name: 'Boardroom terminal' }],
  });
});
