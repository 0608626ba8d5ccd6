import { newId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
import { createNumbersService } from './service.ts';

let test: TestFleet;
let org: Organization;
beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  org = await test.createOrganization('Own');
});

/** Numbers drawn in this order, by a service of its own. */
function drawing(...numbers: string[]) {
  const left = [...numbers];
  const draw = () => {
    const number = left.shift();
    if (number === undefined) throw new Error('drawn more often than expected');
    return number;
  };
  return { numbers: createNumbersService({ draw }), left };
}
const owner = () => newId('meeting');

describe('a number that is drawn although something has it', () => {
  it('is not given again: another one is drawn', async () => {
    const { numbers, left } = drawing('100000001', '100000001', '100000001', '100000002');
    const [first, second] = await test.fleet.db.transaction().execute(async (tx) => {
      return [
        await numbers.next(tx, org.administrator.actor, owner()),
        await numbers.next(tx, org.administrator.actor, owner()),
      ];
    });
    expect([first, second, left]).toEqual(['100000001', '100000002', []]);
  });

  it('belongs to one owner over all organizations', async () => {
    const other = await test.createOrganization('Other');
    const { numbers } = drawing('200000001', '200000001', '200000002');
    const [mine, theirs] = [owner(), owner()];
    await test.fleet.db.transaction().execute(async (tx) => {
      await numbers.next(tx, org.administrator.actor, mine);
      await numbers.next(tx, other.administrator.actor, theirs);
    });
    expect(await numbers.find(test.fleet.db, '200000001')).toMatchObject({ orgId: org.id, ownerId: mine });
    expect(await numbers.find(test.fleet.db, '200000002')).toMatchObject({ orgId: other.id, ownerId: theirs });
  });

  it('is drawn again for those of many who did not get theirs, also when two of them drew the same', async () => {
    const { numbers, left } = drawing(
      '300000001',
      '300000001',
      '300000002',
      '300000002',
      '300000001',
      '300000003',
      '300000004',
    );
    const owners = [owner(), owner(), owner()];
    const given = await test.fleet.db.transaction().execute(async (tx) => {
      await numbers.next(tx, org.administrator.actor, owner());
      return await numbers.nextOfEach(tx, org.administrator.actor, owners);
    });
    expect([...given.keys()].sort()).toEqual([...owners].sort());
    expect(new Set(given.values()).size).toBe(owners.length);
    expect([...given.values()]).not.toContain('300000001');
    expect(left).toEqual([]);
  });
});
