import { describe, expect, it } from 'vitest';
import type { NetworkFigures } from './figures.ts';
import {
  followNetwork,
  judge,
  type NetworkQuality,
  readEveryMs,
  shownQuality,
  staleAfterMs,
  unknownNetwork,
} from './quality.ts';

const fine: NetworkFigures = {
  ...{ roundTripMs: 24, sentLossPercent: 0, receivedLossPercent: 0, jitterMs: 4 },
  ...{ sentKbps: 800, receivedKbps: 1_200, canSendKbps: 2_000 },
};
const impaired = { ...fine, sentLossPercent: 4 };
const bad = { ...fine, receivedLossPercent: 18 };

/** The qualities after each of these measurements, one every two seconds; null is one without evidence. */
function qualitiesOf(...measured: (NetworkFigures | null)[]): (NetworkQuality | null)[] {
  let state = unknownNetwork;
  return measured.map((figures, index) => {
    state = followNetwork(state, figures, index * readEveryMs);
    return state.quality;
  });
}
const times = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

describe('one measurement', () => {
  it.each<[Partial<NetworkFigures>, NetworkQuality, string | null]>([
    [{}, 'good', null],
    [{ sentLossPercent: 3 }, 'impaired', 'sentLoss'],
    [{ receivedLossPercent: 10 }, 'bad', 'receivedLoss'],
    [{ roundTripMs: 320 }, 'impaired', 'slow'],
    [{ roundTripMs: 900, sentLossPercent: 4 }, 'bad', 'slow'],
    [{ jitterMs: 70 }, 'impaired', 'uneven'],
    [{ canSendKbps: 200 }, 'impaired', 'narrow'],
    [{ canSendKbps: 60 }, 'bad', 'narrow'],
    [{ canSendKbps: null, roundTripMs: null, jitterMs: null }, 'good', null],
  ])('of %j is %s', (change, quality, cause) => {
    expect(judge({ ...fine, ...change })).toEqual({ quality, cause });
  });
});

describe('the quality', () => {
  it('is unknown before there is evidence, and good with the first that is', () => {
    expect(qualitiesOf(null, null, fine)).toEqual([null, null, 'good']);
  });

  it('becomes worse with the second worse measurement in a row, and not with one', () => {
    expect(qualitiesOf(fine, bad, fine, bad, bad)).toEqual(['good', 'good', 'good', 'good', 'bad']);
    expect(qualitiesOf(bad, bad)).toEqual([null, 'bad']);
  });

  it('becomes only as bad as all of them say', () => {
    expect(qualitiesOf(fine, bad, impaired, bad, bad)).toEqual(['good', 'good', 'impaired', 'impaired', 'bad']);
  });

  it('becomes better only after ten good seconds in a row', () => {
    const wavering = qualitiesOf(fine, bad, bad, ...times(4, fine), bad, ...times(5, fine));
    expect(wavering.slice(2, 12)).toEqual(times(10, 'bad'));
    expect(wavering[12]).toBe('good');
  });

  it('is never said without recent evidence', () => {
    const state = followNetwork(unknownNetwork, fine, 0);
    expect(shownQuality(state, staleAfterMs)).toBe('good');
    expect(shownQuality(state, staleAfterMs + 1)).toBeNull();
    expect(qualitiesOf(fine, ...times(6, null), fine)).toEqual([...times(6, 'good'), null, 'good']);
    // What was bad is not good again because nothing was heard for a while.
    expect(qualitiesOf(fine, bad, bad, ...times(6, null), impaired).slice(-2)).toEqual([null, null]);
  });

  it('keeps why, and the figures of the last measurement', () => {
    const twice = followNetwork(followNetwork(unknownNetwork, bad, 0), bad, 2_000);
    expect(twice).toMatchObject({ quality: 'bad', cause: 'receivedLoss', figures: bad, evidenceAtMs: 2_000 });
    expect(followNetwork(twice, null, 4_000)).toBe(twice);
  });
});
