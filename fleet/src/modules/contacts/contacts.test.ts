import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;
beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const contact = { name: 'Mara', company: 'Hinges', phone: '+4790000009', email: null, remark: '' };

it('takes no number that does not exist, neither new nor changed', async () => {
  expect(
    codeOf(await test.call(own.administrator, 'POST', '/contacts', { body: { ...contact, phone: '+4712345' } })),
  ).toBe('phone_invalid');
  // A contact of the contract.
  const { id } = (await test.expectOk(own.administrator, 'POST', '/contacts', contact)) as { id: string };
  const change = await test.call(own.administrator, 'PATCH', `/contacts/${id}`, { body: { phone: '+4712345' } });
  expect(codeOf(change)).toBe('phone_invalid');
  expect(await test.expectOk(own.member, 'GET', `/contacts/${id}`)).toMatchObject({ phone: contact.phone });
});
