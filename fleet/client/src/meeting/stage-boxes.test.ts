import { describe, expect, it } from 'vitest';
import { type Box, boxesAroundLarge, boxesOfGallery, cornerBox, type Size } from './stage-boxes.ts';

const wide: Size = { width: 1212, height: 640 };
const besidePanel: Size = { width: 870, height: 640 };
const phone: Size = { width: 370, height: 560 };
const stages = [wide, besidePanel, phone];
const gap = 10;
const rowsOf = (boxes: readonly Box[]) => new Set(boxes.map(({ top }) => top)).size;

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}

function expectInside(stage: Size, boxes: readonly Box[]): void {
  for (const box of boxes) {
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.left + box.width).toBeLessThanOrEqual(stage.width);
    expect(box.top + box.height).toBeLessThanOrEqual(stage.height);
    expect(boxes.filter((other) => other !== box && overlaps(other, box))).toEqual([]);
  }
}

describe.each(stages)('a stage of $width × $height', (stage) => {
  const counts = Array.from({ length: 11 }, (_unused, count) => count);

  it.each(counts)('stands %i alike inside of it and side by side', (count) => {
    const boxes = boxesOfGallery(stage, count, gap);
    expect(boxes).toHaveLength(count);
    expect(new Set(boxes.map(({ width, height }) => `${width}×${height}`)).size).toBe(Math.min(1, count));
    expectInside(stage, boxes);
    for (const { width, height } of boxes) {
      expect(width / height).toBeGreaterThan(0.79);
      expect(width / height).toBeLessThan(2.02);
    }
  });

  it.each(counts)('stands %i around a large one, which on a wide stage is not cut', (count) => {
    const { large, small } = boxesAroundLarge(stage, count, gap);
    expect(small).toHaveLength(count);
    expectInside(stage, [large, ...small]);
    if (stage === phone) expect(large.width).toBeGreaterThanOrEqual(large.height);
    else expect(large.width / large.height).toBeCloseTo(16 / 9, 1);
    for (const box of small) {
      expect(box.height).toBeGreaterThanOrEqual(Math.floor(stage.height * 0.12));
      expect(large.width * large.height).toBeGreaterThan((stage === phone ? 1 : 4) * box.width * box.height);
    }
  });
});

it('makes rows that fill the stage', () => {
  expect(rowsOf(boxesOfGallery(wide, 2, gap))).toBe(1);
  expect(rowsOf(boxesOfGallery(wide, 6, gap))).toBe(2);
  expect(rowsOf(boxesOfGallery(wide, 10, gap))).toBe(3);
  expect(rowsOf(boxesOfGallery(phone, 2, gap))).toBe(2);
  expect(rowsOf(boxesOfGallery(phone, 8, gap))).toBe(4);
});

it('uses the height of a phone for the small ones below', () => {
  const { large, small } = boxesAroundLarge(phone, 7, gap);
  expect(large.width).toBe(phone.width);
  const bottom = Math.max(...small.map((box) => box.top + box.height));
  expect(bottom - large.top).toBeGreaterThan(phone.height * 0.75);
});

it('keeps one’s own picture inside the corner of what is shown', () => {
  for (const stage of stages) {
    const [only] = boxesOfGallery(stage, 1, gap);
    if (!only) throw new Error('no box');
    const corner = cornerBox([only], 8);
    expect(corner.left + corner.width).toBe(only.left + only.width - 8);
    expect(corner.top + corner.height).toBe(only.top + only.height - 8);
    expect(corner.width).toBeLessThan(only.width / 2);
  }
});
