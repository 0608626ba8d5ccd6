import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutBesideContent, layoutTiles, type Tile } from './layout.ts';
import { mostBesideContent } from './tiles.ts';

const screen = { width: 1280, height: 720 };

describe('layout of tiles', () => {
  test('nobody has no tile', () => {
    expect(layoutTiles(0, screen, 8)).toEqual([]);
  });

  test('one picture fills the screen', () => {
    expect(layoutTiles(1, screen, 8)).toEqual([{ x: 0, y: 0, width: 1280, height: 720 }]);
  });

  test.each([
    [2, 2, 1],
    [3, 2, 2],
    [4, 2, 2],
    [5, 3, 2],
    [7, 3, 3],
    [9, 3, 3],
  ])('%i pictures stand in %i columns and %i rows', (count, columns, rows) => {
    const tiles = layoutTiles(count, screen, 8);
    const inFirstRow = tiles.filter(({ y }) => y === tiles[0]?.y);
    expect(inFirstRow).toHaveLength(columns);
    expect(new Set(tiles.map(({ y }) => y)).size).toBe(rows);
  });

  test('a row that is not full is centred', () => {
    const [, , last] = layoutTiles(3, screen, 8);
    expect(last && Math.abs(last.x + last.width / 2 - screen.width / 2)).toBeLessThanOrEqual(2);
  });

  test('tiles lie on the screen, on even positions, and never on each other', () => {
    void assert(
      property(
        integer({ min: 1, max: 16 }),
        integer({ min: 320, max: 3840 }),
        integer({ min: 240, max: 2160 }),
        (count, width, height) => {
          const tiles = layoutTiles(count, { width, height }, 8);
          expect(tiles).toHaveLength(count);
          expectApart(tiles, { width, height });
          if (count > 1) expectEven(tiles);
        },
      ),
    );
  });
});

describe('layout beside what is shared', () => {
  test('with nobody beside it, it fills the screen', () => {
    const whole = { x: 0, y: 0, width: 1280, height: 720 };
    expect(layoutBesideContent(0, screen, 8)).toEqual({ content: whole, people: [] });
  });

  test.each(Array.from({ length: mostBesideContent }, (_, index) => index + 1))(
    '%i people stand in one column at its right',
    (count) => {
      const { content, people } = layoutBesideContent(count, screen, 8);
      expect(content).toMatchObject({ x: 0, y: 0, height: 720 });
      expect(content.width).toBeGreaterThan(screen.width * 0.75);
      expect(people).toHaveLength(count);
      expect(new Set(people.map(({ x }) => x)).size).toBe(1);
      expect(people.every(({ x }) => x >= content.width)).toBe(true);
      expect(people.every(({ width }) => width >= 160)).toBe(true);
    },
  );

  test('people stand in the middle of the height', () => {
    const [only] = layoutBesideContent(1, screen, 8).people;
    expect(only && Math.abs(only.y + only.height / 2 - screen.height / 2)).toBeLessThanOrEqual(2);
  });

  test('nothing lies on anything else, on screens of any size', () => {
    void assert(
      property(
        integer({ min: 1, max: mostBesideContent }),
        integer({ min: 640, max: 3840 }),
        integer({ min: 360, max: 2160 }),
        (count, width, height) => {
          const { content, people } = layoutBesideContent(count, { width, height }, 8);
          expectApart([content, ...people], { width, height });
          expectEven([content, ...people]);
        },
      ),
    );
  });
});

function expectApart(tiles: readonly Tile[], { width, height }: { width: number; height: number }): void {
  for (const [index, tile] of tiles.entries()) {
    expect(tile.x).toBeGreaterThanOrEqual(0);
    expect(tile.y).toBeGreaterThanOrEqual(0);
    expect(tile.x + tile.width).toBeLessThanOrEqual(width);
    expect(tile.y + tile.height).toBeLessThanOrEqual(height);
    expect(tile.width).toBeGreaterThan(0);
    for (const other of tiles.slice(index + 1)) {
      const isApart =
        tile.x + tile.width <= other.x ||
        other.x + other.width <= tile.x ||
        tile.y + tile.height <= other.y ||
        other.y + other.height <= tile.y;
      expect(isApart).toBe(true);
    }
  }
}

function expectEven(tiles: readonly Tile[]): void {
  for (const { x, y, width, height } of tiles)
    expect([x, y, width, height].every((value) => value % 2 === 0)).toBe(true);
}
