import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { openControls } from '../meeting/control.ts';
import { changeOf, emptyLiveView, followLive, type LiveView } from './live.ts';
import { someone } from './testing/someone.ts';

const ids = Array.from({ length: 5 }, () => newId('participant'));
const entries = ids.flatMap((participantId) =>
  [true, false].map((isSpeaking) => someone(`Person ${participantId}`, { participantId, isSpeaking })),
);
const waiting = [
  { participantId: newId('participant'), name: 'Wu', kind: 'guest' as const, since: '2026-01-05T09:00:00.000Z' },
];
const called: LiveView['called'] = [
  { calleeId: newId('account'), kind: 'person', name: 'Xi', state: 'ringing', since: '2026-01-05T09:00:00.000Z' },
];
const content = { kind: 'screen' as const, participantId: newId('participant'), startedAt: '2026-01-05T09:00:00.000Z' };
const someView = fc.record({
  controls: fc.constantFrom(null, openControls, { ...openControls, isLocked: true }),
  roster: fc.uniqueArray(fc.constantFrom(...entries), { selector: ({ participantId }) => participantId }),
  waiting: fc.constantFrom([], waiting),
  called: fc.constantFrom([], called),
  content: fc.constantFrom(null, content),
});
const inOrder = (view: LiveView) => ({
  ...view,
  roster: [...view.roster].sort((a, b) => a.participantId.localeCompare(b.participantId)),
});

it('says nothing when nothing changed, and whoever follows comes to the same view', () => {
  fc.assert(
    fc.property(someView, someView, (before, after) => {
      expect(changeOf(before, structuredClone(before))).toBeNull();
      const change = changeOf(before, after);
      const followed = change === null ? before : followLive(before, { type: 'change', change });
      expect(inOrder(followed)).toEqual(inOrder(after));
    }),
  );
});

it('names only what changed', () => {
  const [ada, ben] = [someone('Ada'), someone('Ben')];
  const before = { controls: openControls, roster: [ada, ben], waiting, called, content };
  const louder = { ...ben, isSpeaking: true };
  expect(changeOf(before, { ...before, roster: [ada, louder] })).toEqual({ changed: [louder], left: [] });
  expect(changeOf(before, emptyLiveView)).toEqual({
    ...{ controls: null, waiting: [], called: [], content: null, changed: [] },
    left: [ada.participantId, ben.participantId],
  });
});

it('keeps the entries that did not change, so that nobody draws them again', () => {
  const [ada, ben] = [someone('Ada'), someone('Ben')];
  const view = { controls: openControls, roster: [ada, ben], waiting: [], called: [], content: null };
  const change = { changed: [{ ...ben, isSpeaking: true }], left: [] };
  expect(followLive(view, { type: 'change', change }).roster[0]).toBe(ada);
  expect(followLive(view, { type: 'view', view: emptyLiveView })).toBe(emptyLiveView);
});
