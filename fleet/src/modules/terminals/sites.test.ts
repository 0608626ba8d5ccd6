import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

it.each([
  [['Harbour House'], 1],
  [['Mill Street'], 0],
  [[], 0],
])('a field engineer of %j sees %i of the terminals and spaces of Harbour House', async (sites, seen) => {
  const spaceId = await test.createSpace(own.administrator, 'Boardroom');
  const { id } = await test.pairTerminal(own.administrator, { name: 'One', spaceId });
  const engineer = await test.createPerson(own.id, { name: 'Engineer', role: 'fieldEngineer', sites });
  expect(await test.expectOk(engineer, 'GET', '/terminals')).toMatchObject({ total: seen });
  expect(await test.expectOk(engineer, 'GET', '/spaces')).toMatchObject({ total: seen });
  const answer = await test.call(engineer, 'GET', `/terminals/${id}`);
  expect(seen === 1 ? answer.status : codeOf(answer)).toBe(seen === 1 ? 200 : 'not_found');
});
