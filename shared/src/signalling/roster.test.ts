import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followRoster, openRoster, type RosterChange } from './roster.ts';
import { someone } from './testing/someone.ts';

const ada = someone('Ada');
const ben = someone('Ben');

it('changes who changed, adds who is new at the end, and drops who left', () => {
  const open = openRoster({ revision: 3, roster: [ada] });
  const renamed = { ...ada, name: 'Ada L' };
  const after = followRoster(open, { from: 3, revision: 5, changed: [renamed, ben], left: [] });
  expect(after).toEqual({ revision: 5, entries: [renamed, ben], early: [] });
  expect(followRoster(after, { from: 5, revision: 6, changed: [], left: [ada.participantId] }).entries).toEqual([ben]);
});

it('takes a change that begins before what it knows, as whoever joins between two changes gets it', () => {
  const open = openRoster({ revision: 5, roster: [ada, ben] });
  const after = followRoster(open, { from: 3, revision: 6, changed: [ben], left: [ada.participantId] });
  expect(after).toEqual({ revision: 6, entries: [ben], early: [] });
});

it('comes to the same roster in whatever order changes arrive, each once or more often', () => {
  const changes = Array.from(
    { length: 8 },
    (_none, index): RosterChange => ({
      ...{ from: index * 2, revision: index * 2 + 2 },
      ...{ changed: [{ ...ada, name: `Ada ${index}` }], left: index % 3 === 2 ? [ben.participantId] : [] },
    }),
  );
  const open = openRoster({ revision: 0, roster: [ada, ben] });
  const inOrder = changes.reduce(followRoster, open);
  const shuffled = fc.shuffledSubarray([...changes, ...changes], { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(shuffled, (arrived) => {
      expect(arrived.reduce(followRoster, open)).toEqual(inOrder);
    }),
  );
});
