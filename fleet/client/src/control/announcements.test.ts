import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { silentTalk } from '@anteroom/ui/signalling/meeting-talk.ts';
import { expect, it } from 'vitest';
import { announcementsOf } from './announcements.ts';

const at = '2030-11-26T10:00:00.000Z';
const own = someone('Chen Rui');
const mika = someone('Mika');
const before = { participantId: own.participantId, roster: [own, mika], talk: silentTalk };

it('tells a hand that goes up, and not one’s own', () => {
  const raised = [own, mika].map((entry) => ({ ...entry, handRaisedAt: at }));
  expect(announcementsOf(before, { ...before, roster: raised })).toEqual([{ what: 'hand', name: 'Mika' }]);
  expect(announcementsOf({ ...before, roster: raised }, before)).toEqual([]);
});

it('tells messages of others that came since, once', () => {
  const chat = [own, mika].map(({ participantId, name }, index) => ({
    id: index + 1,
    from: participantId,
    name,
    text: 'Hello',
    at,
  }));
  const after = { ...before, talk: { ...silentTalk, chat } };
  expect(announcementsOf(before, after)).toEqual([{ what: 'message', name: 'Mika', text: 'Hello' }]);
  expect(announcementsOf(after, { ...after })).toEqual([]);
});

it('tells reactions of others', () => {
  const reactions = [own, mika].map(({ participantId }, index) => ({
    key: index + 1,
    participantId,
    reaction: 'applause' as const,
    atMs: 0,
  }));
  expect(announcementsOf(before, { ...before, talk: { ...silentTalk, reactions } })).toEqual([
    { what: 'reaction', name: 'Mika', reaction: 'applause' },
  ]);
});

it('tells the lock, the spotlight and what role one has now', () => {
  const controls = { ...silentTalk.controls, isLocked: true, spotlight: mika.participantId };
  const roster = [{ ...own, role: 'cohost' as const }, mika];
  const after = { ...before, roster, talk: { ...silentTalk, controls } };
  expect(announcementsOf(before, after)).toEqual([
    { what: 'cohost' },
    { what: 'locked' },
    { what: 'spotlight', name: 'Mika' },
  ]);
  expect(announcementsOf(after, before)).toEqual([{ what: 'plain' }, { what: 'unlocked' }]);
});

it('tells who shares, and when nothing is shared any more, but not one’s own share', () => {
  const shares = (participantId: typeof own.participantId, kind: 'screen' | 'whiteboard') => ({
    ...before,
    talk: { ...silentTalk, content: { kind, participantId, startedAt: '2026-03-02T10:00:00.000Z' } },
  });
  expect(announcementsOf(before, shares(mika.participantId, 'screen'))).toEqual([{ what: 'screen', name: 'Mika' }]);
  expect(announcementsOf(before, shares(mika.participantId, 'whiteboard'))).toEqual([
    { what: 'whiteboard', name: 'Mika' },
  ]);
  expect(announcementsOf(shares(mika.participantId, 'screen'), before)).toEqual([{ what: 'unshared' }]);
  expect(announcementsOf(before, shares(own.participantId, 'screen'))).toEqual([]);
  expect(announcementsOf(shares(own.participantId, 'screen'), before)).toEqual([]);
});
