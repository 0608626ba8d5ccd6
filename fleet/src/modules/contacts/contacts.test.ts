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

it('finds external contacts by company, phone and e-mail address too, as they are now', async () => {
  // A contact of the contract.
  const { id } = (await test.expectOk(own.administrator, 'POST', '/contacts', contact)) as { id: string };
  const isFoundBy = async (word: string) => {
    const found = (await test.expectOk(own.member, 'GET', `/contacts?search=${encodeURIComponent(word)}`)) as {
      total: number;
    };
    return found.total === 1;
  };
  for (const word of ['hinges', '90000009', 'mara']) expect(await isFoundBy(word), word).toBe(true);
  await test.expectOk(own.administrator, 'PATCH', `/contacts/${id}`, { company: 'ÅSE Glass', email: 'post@ase.test' });
  for (const word of ['åse', 'POST@ase', '90000009', 'mara']) expect(await isFoundBy(word), word).toBe(true);
  expect(await isFoundBy('hinges')).toBe(false);
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
