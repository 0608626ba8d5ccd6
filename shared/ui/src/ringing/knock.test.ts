import { expect, test, vi } from 'vitest';
import { startKnocking } from './knock.ts';

test('a volume of zero is silent: no sound is even begun', () => {
  const begun = vi.fn();
  vi.stubGlobal('AudioContext', begun);
  startKnocking(0)();
  expect(begun).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});
