import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawTogether } from '../harness/draw-together.ts';
import { type Rig, startRig } from '../harness/rig.ts';

// `npm run whiteboard` draws for a minute (docs/decisions/whiteboard.md has its last result).
const seconds = 8;

describe('three people on one board, one of whom loses the network twice,', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig[Symbol.asyncDispose]());

  test('end with equal boards, on which nothing that anybody drew is missing', async () => {
    const report = await drawTogether(rig, { seconds });
    expect(report).toMatchObject({ lost: [], stillThere: [], isEqual: true });
    // Otherwise nothing was at stake.
    expect(report.drawnOffline).toBeGreaterThan(5);
    expect(report.elements).toBeGreaterThan(50);
  });
});
