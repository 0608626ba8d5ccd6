import { describe, expect, test } from 'vitest';
import type { GstPad } from './gst.ts';
import { createKeyFrameWatch } from './key-frames.ts';

// The watch hands the pad on and looks at nothing in it.
const pad = {} as GstPad;

function createRig() {
  const state = { frames: 0, isExpected: true, isContent: false, asked: [] as number[], nowMs: 1_000 };
  const watch = createKeyFrameWatch({
    frames: () => state.frames,
    isExpected: () => state.isExpected,
    isContent: () => state.isContent,
    ask: () => state.asked.push(state.nowMs - 1_000),
  });
  watch.watch('0', pad, state.nowMs);
  const run = (forMs: number, onTick = () => {}) => {
    for (const endMs = state.nowMs + forMs; state.nowMs < endMs; ) {
      state.nowMs += 20;
      onTick();
      watch.tick(state.nowMs);
    }
  };
  return { state, run };
}

describe('asking for key frames', () => {
  test('a stream that begins with a picture is left alone', () => {
    const { state, run } = createRig();
    run(1_000, () => (state.frames += 1));
    expect(state.asked).toEqual([]);
  });

  test('a stream that begins without a picture is asked soon, then less and less often', () => {
    const { state, run } = createRig();
    run(2_000);
    expect(state.asked[0]).toBeLessThanOrEqual(100);
    expect(state.asked.length).toBeGreaterThanOrEqual(3);
    expect(state.asked.length).toBeLessThanOrEqual(5);
  });

  test('a stream that gets stuck is asked', () => {
    const { state, run } = createRig();
    run(400, () => (state.frames += 1));
    run(200);
    expect(state.asked).toEqual([]);
    run(200);
    expect(state.asked).toHaveLength(1);
  });

  test('nobody is asked for a picture that is not expected', () => {
    const { state, run } = createRig();
    state.isExpected = false;
    run(3_000);
    expect(state.asked).toEqual([]);
  });

  test('a shared screen on which nothing moves is left alone, one that is stuck is not', () => {
    const { state, run } = createRig();
    state.isContent = true;
    run(40, () => (state.frames += 1));
    for (let second = 0; second < 5; second += 1) {
      state.frames += 1;
      run(1_000);
    }
    expect(state.asked).toEqual([]);
    run(2_000);
    expect(state.asked.length).toBeGreaterThan(0);
  });
});
