import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Organization, startTestFleet, type TestFleet } from '../testing/test-fleet.ts';
import { nameKeyOf } from './paging.ts';

let test: TestFleet;
let org: Organization;
const page = z.object({
  items: z.array(z.object({ name: z.string() })),
  nextCursor: z.string().nullable(),
  total: z.int(),
});

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
  // Names that differ in case only sort together; equal names, at other sites, are told apart by their ids.
  for (const name of ['birch', 'Alder', 'ＣＥＤＡＲ', 'alder 2', 'Birch hall'])
    await test.createSpace(org.administrator, name);
  const elsewhere = { site: 'Mill Street', floor: '1', capacity: 1, timeZone: 'UTC' };
  for (const name of ['Birch', 'Alder'])
    await test.expectOk(org.administrator, 'POST', '/spaces', { name, ...elsewhere });
});
afterAll(() => test[Symbol.asyncDispose]());

async function readAll(limit: number, search = ''): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/spaces?limit=${limit}&search=${search}${cursor && `&cursor=${cursor}`}`;
    const next = page.parse(await test.expectOk(org.administrator, 'GET', path));
    expect(next.items.length).toBeLessThanOrEqual(limit);
    names.push(...next.items.map(({ name }) => name));
    cursor = next.nextCursor;
  }
  return names;
}

describe('pages', () => {
  it.each([1, 2, 3, 7, 50])('of %i show everything once, in order', async (limit) => {
    const names = await readAll(limit);
    expect(names.map(nameKeyOf)).toEqual(['alder', 'alder', 'alder 2', 'birch', 'birch', 'birch hall', 'cedar']);
    // Equal keys are in the order of their ids, which two spaces of one millisecond take at random.
    expect([...names].sort()).toEqual(['Alder', 'Alder', 'Birch', 'Birch hall', 'alder 2', 'birch', 'ＣＥＤＡＲ']);
  });

  it('are of what was searched for, in any case and width', async () => {
    expect((await readAll(2, 'BIRCH')).map(nameKeyOf)).toEqual(['birch', 'birch', 'birch hall']);
    expect(await readAll(2, 'cedar')).toEqual(['ＣＥＤＡＲ']);
  });
});

describe('names', () => {
  it('are taken whatever their case, at one site', async () => {
    const fields = { site: 'Harbour House', floor: '1', capacity: 1, timeZone: 'UTC' };
    const answer = await test.call(org.administrator, 'POST', '/spaces', { body: { name: 'ALDER', ...fields } });
    expect(answer.body).toMatchObject({ status: 409, code: 'name_taken', values: { name: 'ALDER' } });
  });
});
