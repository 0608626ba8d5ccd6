import { expect, test } from 'vitest';
import { readSchemeChoice } from './scheme.tsx';

test('the address wins over what was stored, which wins over the fallback', () => {
  expect(readSchemeChoice('?scheme=light', 'dark', 'system')).toBe('light');
  expect(readSchemeChoice('?scheme=system', 'dark', 'dark')).toBe('system');
  expect(readSchemeChoice('', 'dark', 'system')).toBe('dark');
  expect(readSchemeChoice('?scheme=blue', 'pink', 'dark')).toBe('dark');
});
