import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLayerSwitches, type LayerSwitches } from './layer-switches.ts';

let clock: ReturnType<typeof createManualClock>;
let asked: string[];
let ended: AbortController;
let switches: LayerSwitches;

beforeEach(() => {
  clock = createManualClock();
  asked = [];
  ended = new AbortController();
  switches = createLayerSwitches({ onKeyFrameWanted: (feed) => asked.push(feed), clock, signal: ended.signal });
});
afterEach(() => ended.abort());

async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 100) await clock.advance(100);
}

test('asks again until the layer flows', async () => {
  switches.expect('0', { feed: 'a', layer: 'low' });
  await pass(400);
  expect(asked).toEqual(['a']);
  switches.follow('0', 'medium');
  await pass(800);
  expect(asked).toEqual(['a', 'a']);
  switches.follow('0', 'low');
  await pass(10_000);
  expect(asked).toEqual(['a', 'a']);
});

test('gives up when nobody sends it, and asks for what is wanted last only', async () => {
  switches.expect('0', { feed: 'a', layer: 'low' });
  switches.expect('0', { feed: 'b', layer: 'high' });
  await pass(10_000);
  expect(asked).toEqual(['b', 'b', 'b']);
});

test('asks again when another layer flows instead', async () => {
  switches.expect('0', { feed: 'a', layer: 'high' });
  switches.follow('0', 'high');
  await pass(10_000);
  switches.follow('0', 'medium');
  await pass(400);
  expect(asked).toEqual(['a']);
  switches.follow('0', 'high');
  await pass(10_000);
  expect(asked).toEqual(['a']);
});

test('knows nothing of lines without layers, and ends with the connection', async () => {
  switches.follow('7', 'low');
  switches.expect('0', { feed: 'a', layer: 'low' });
  ended.abort();
  await pass(10_000);
  expect(asked).toEqual([]);
});
