import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { describe, expect, it } from 'vitest';
import { arrangeTiles, placeSelf } from './layout.ts';
import { type Speech, silence } from './speech.ts';

const person = (name: string, minute: number, isCameraOn = true) =>
  someone(name, {
    joinedAt: `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z`,
    media: { isMicrophoneOn: true, isCameraOn },
  });
const own = person('You', 0);
const crowd = Array.from({ length: 12 }, (_unused, n) => person(`P${n}`, n + 1));
const [first, second, third] = crowd;
const last = crowd.at(-1);
if (!first || !second || !third || !last) throw new Error('no crowd');

const arrange = (roster: RosterEntry[], change: Partial<Parameters<typeof arrangeTiles>[0]> = {}) => {
  const stage = arrangeTiles({
    roster,
    ownId: own.participantId,
    speech: silence,
    layout: 'gallery',
    hasContent: false,
    pinnedId: null,
    spotlightId: null,
    page: 0,
    perPage: 9,
    ...change,
  });
  return { ...stage, large: stage.large?.name ?? null, small: stage.small.map(({ name }) => name) };
};
const spoke = (...ids: ParticipantId[]): Speech => ({
  ...silence,
  speakerId: ids[0] ?? null,
  spokeAtMs: new Map(ids.map((id, index) => [id, 1000 - index])),
});

describe('the gallery', () => {
  it('shows everybody else in the order in which they joined', () => {
    expect(arrange([second, own, first])).toEqual({ large: null, small: ['P0', 'P1'], page: 0, pageCount: 1 });
  });

  it('stands who has no room on further pages, and nobody twice', () => {
    expect(arrange([own, ...crowd])).toMatchObject({
      pageCount: 2,
      page: 0,
      small: crowd.slice(0, 9).map((p) => p.name),
    });
    expect(arrange([own, ...crowd], { page: 1 })).toMatchObject({ page: 1, small: ['P9', 'P10', 'P11'] });
    expect(arrange([own, ...crowd], { page: 7 }).page).toBe(1);
    expect(arrange([own], { page: 3 })).toMatchObject({ small: [], page: 0, pageCount: 1 });
  });

  it('has on its first page who spoke last and who has a picture, in the order of joining', () => {
    const dark = crowd.map((entry, n) => (n < 9 ? person(entry.name, n + 1, false) : entry));
    expect(arrange([own, ...dark]).small).toEqual(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P9', 'P10', 'P11']);
    expect(arrange([own, ...crowd], { speech: spoke(last.participantId) }).small).toEqual([
      ...crowd.slice(0, 8).map(({ name }) => name),
      'P11',
    ]);
  });
});

describe('whoever is large', () => {
  const ids = { pinnedId: third.participantId, spotlightId: second.participantId };
  const speech = spoke(last.participantId);
  it.each([
    ['whom one pinned, before the host’s choice and the speaker', 'speaker', ids, 'P2'],
    ['whom a host shows, before the speaker', 'speaker', { ...ids, pinnedId: null }, 'P1'],
    ['the speaker', 'speaker', { pinnedId: null, spotlightId: null }, 'P11'],
    ['in the gallery nobody by speech alone', 'gallery', { pinnedId: null, spotlightId: null }, null],
    ['in the gallery whom one pinned', 'gallery', ids, 'P2'],
    ['never oneself', 'gallery', { pinnedId: null, spotlightId: own.participantId }, null],
  ] as const)('is %s', (_title, layout, chosen, large) => {
    const stage = arrange([own, ...crowd], { layout, speech, ...chosen });
    expect(stage.large).toBe(large);
    expect(stage.small).not.toContain(large);
    expect(stage.small).toHaveLength(large ? 8 : 9);
  });

  it('is nobody while something is shared: everybody else stands beside it', () => {
    const stage = arrange([own, ...crowd], { layout: 'speaker', speech, ...ids, hasContent: true });
    expect(stage.large).toBeNull();
    expect(stage.small).toHaveLength(9);
  });

  it('is somebody with a picture while nobody has spoken, and nobody when one is alone', () => {
    expect(arrange([own, person('Dark', 1, false), person('Seen', 2)], { layout: 'speaker' }).large).toBe('Seen');
    expect(arrange([own], { layout: 'speaker' })).toMatchObject({ large: null, small: [] });
  });

  it('who left gives the place to who spoke last', () => {
    const stage = arrange([own, first, second], {
      layout: 'speaker',
      pinnedId: third.participantId,
      speech: spoke(last.participantId, second.participantId),
    });
    expect(stage.large).toBe('P1');
  });
});

it.each([
  ['tile', 3, true, 'tile'],
  ['tile', 1, true, 'corner'],
  ['tile', 1, false, 'tile'],
  ['corner', 3, false, 'corner'],
  ['corner', 0, true, 'tile'],
  ['hidden', 1, true, 'hidden'],
] as const)('stands oneself, chosen as %s beside %i others (wide: %s), as %s', (chosen, othersCount, isWide, place) => {
  expect(placeSelf(chosen, { othersCount, isWide, hasContent: false })).toBe(place);
});

it.each([
  ['tile', 'tile'],
  ['corner', 'tile'],
  ['hidden', 'hidden'],
] as const)('never stands oneself, chosen as %s, on what is shared', (chosen, place) => {
  expect(placeSelf(chosen, { othersCount: 1, isWide: true, hasContent: true })).toBe(place);
});
