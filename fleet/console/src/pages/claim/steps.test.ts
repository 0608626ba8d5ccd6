import { newId } from '@anteroom/shared/ids.ts';
import { expect, it } from 'vitest';
import { claimSteps, isClaimComplete } from './steps.ts';

const placed = {
  space: { id: newId('space'), name: 'Cedar', site: 'Shanghai', floor: '3' },
  room: { id: newId('room'), name: 'Atlas', number: '418205736' },
};
const heard = '2026-03-02T10:00:00.000Z';

it.each([
  ['only claimed', { stage: 'claimed', seenAt: null, ...placed }, 1, false],
  ['heard but not bound', { stage: 'assigning', seenAt: heard, ...placed }, 2, false],
  ['bound by its own report', { stage: 'assigned', seenAt: heard, ...placed }, 3, true],
  ['heard, and nothing to bind', { stage: 'claimed', seenAt: heard, space: null, room: null }, 2, true],
] as const)('a terminal that is %s', (_title, terminal, done, isComplete) => {
  expect(claimSteps(terminal).filter((step) => step.isDone)).toHaveLength(done);
  expect(isClaimComplete(terminal)).toBe(isComplete);
});
