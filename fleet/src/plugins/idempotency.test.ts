import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;

beforeAll(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
});
afterAll(() => test[Symbol.asyncDispose]());

function create(name: string, key: string, person = org.administrator) {
  return test.call(person, 'POST', '/rooms', { body: { name, capacity: 5 }, headers: { 'idempotency-key': key } });
}

describe('Idempotency-Key', () => {
  it('makes a create that is sent twice happen once', async () => {
    const first = await create('Birch', 'key-1');
    const second = await create('Birch', 'key-1');
    expect(second).toMatchObject({ status: 201, body: first.body });
  });

  it('does so for two at the same moment', async () => {
    const answers = await Promise.all([create('Cedar', 'key-2'), create('Cedar', 'key-2')]);
    expect(answers.map((answer) => answer.status)).toContain(201);
    expect(await test.expectOk(org.administrator, 'GET', '/rooms?search=cedar')).toMatchObject({ total: 1 });
  });

  it('is for one request only', async () => {
    await create('Elm', 'key-3');
    expect(codeOf(await create('Fir', 'key-3'))).toBe('idempotency_key_reused');
  });

  it('may be used again after a refusal', async () => {
    await create('Hazel', 'key-4');
    expect(codeOf(await create('Hazel', 'key-5'))).toBe('name_taken');
    expect((await create('Ivy', 'key-5')).status).toBe(201);
  });

  it('is each person’s own', async () => {
    const other = await test.createOrganization('Other');
    await create('Juniper', 'key-6');
    expect((await create('Juniper', 'key-6', other.administrator)).status).toBe(201);
  });

  it('is at most 255 characters', async () => {
    expect(codeOf(await create('Larch', 'k'.repeat(256)))).toBe('request_invalid');
  });
});
