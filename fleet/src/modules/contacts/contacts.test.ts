import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;
beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const contact = { name: 'Mara', company: 'Hinges', phone: '+4790000009', email: null, remark: '' };

it('lists external contacts to every member, found by a part of their name, and to no other organization', async () => {
  const other = await test.createOrganization('Other');
  for (const { company, ...rest } of [contact, { ...contact, name: 'Lin', company: 'Glass', phone: '+4790000010' }])
    await test.expectOk(own.administrator, 'POST', '/contacts', { ...rest, company });
  const names = async (reader: Person, query: string) => {
    const { items } = (await test.expectOk(reader, 'GET', `/contacts${query}`)) as { items: { name: string }[] };
    return items.map(({ name }) => name);
  };
  expect(await names(own.member, '')).toEqual(['Lin', 'Mara']);
  expect(await names(own.member, '?search=AR')).toEqual(['Mara']);
  expect(await names(other.administrator, '')).toEqual([]);
});

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
