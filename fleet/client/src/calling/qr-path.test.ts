import { expect, it } from 'vitest';
import { pathOf } from './qr-path.ts';

it('draws the dark modules of each row, and runs of them as one', () => {
  const rows = ['##.', '...', '#.#'];
  const isDark = (row: number, column: number) => rows[row]?.[column] === '#';
  expect(pathOf({ size: 3, isDark })).toBe('M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z');
});
