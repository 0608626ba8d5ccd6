import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseForwarded, layerFor, rankForwarded, rankingKey, republishedBetween } from './forwarding.ts';
import { next } from './meeting-state.ts';
import { emptyMeeting, type MeetingState } from './members.ts';

type Guest = { isMicrophoneOn: boolean; isCameraOn: boolean; spokeAtMs: number | null; isPublishing: boolean };
const silent: Guest = { isMicrophoneOn: true, isCameraOn: true, spokeAtMs: null, isPublishing: true };

function meetingOf(guests: readonly Guest[]): { state: MeetingState; ids: ParticipantId[] } {
  const ids = guests.map(() => newId('participant'));
  let state = emptyMeeting;
  guests.forEach((guest, index) => {
    const participantId = ids[index] ?? newId('participant');
    const { isMicrophoneOn, isCameraOn, spokeAtMs } = guest;
    state = next(state, {
      kind: 'joined',
      participant: { participantId, name: `guest ${index}`, kind: 'guest', role: 'guest', holder: participantId },
      media: { isMicrophoneOn, isCameraOn },
      at: '2026-01-05T09:00:00.000Z',
    });
    if (spokeAtMs !== null) {
      state = next(state, { kind: 'talking', participantId, isTalking: true, atMs: spokeAtMs });
      state = next(state, { kind: 'talking', participantId, isTalking: false, atMs: spokeAtMs });
    }
    if (!guest.isPublishing) return;
    state = next(state, {
      kind: 'publicationLive',
      participantId,
      publication: {
        feed: `feed-${index}`,
        streams: [
          { mid: '0', kind: 'audio', hasLayers: false },
          { mid: '1', kind: 'video', hasLayers: true },
        ],
      },
    });
  });
  return { state, ids };
}

const watcher = newId('participant');
const feedsOf = (guests: readonly Guest[], kind: 'audio' | 'video', limits: { videos: number; voices: number }) =>
  chooseForwarded(rankForwarded(meetingOf(guests).state), watcher, limits, null)
    .filter((stream) => stream.kind === kind)
    .map((stream) => stream.feed);

describe('who is forwarded', () => {
  test('everybody but oneself while there is room', () => {
    const { state, ids } = meetingOf([silent, silent]);
    const [first] = ids;
    const streams = chooseForwarded(rankForwarded(state), first ?? watcher, { videos: 9, voices: 5 }, null);
    expect(streams.map(({ feed, kind }) => `${feed} ${kind}`)).toEqual(['feed-1 audio', 'feed-1 video']);
  });

  test('whoever spoke last goes before whoever came first', () => {
    const guests = [silent, silent, { ...silent, spokeAtMs: 10 }, { ...silent, spokeAtMs: 20 }];
    expect(feedsOf(guests, 'video', { videos: 2, voices: 1 })).toEqual(['feed-2', 'feed-3']);
    expect(feedsOf(guests, 'audio', { videos: 2, voices: 1 })).toEqual(['feed-3']);
    expect(feedsOf(guests, 'video', { videos: 3, voices: 1 })).toEqual(['feed-0', 'feed-2', 'feed-3']);
  });

  test('an open camera goes before a closed one, even of somebody who spoke', () => {
    const guests = [{ ...silent, isCameraOn: false, spokeAtMs: 10 }, silent];
    expect(feedsOf(guests, 'video', { videos: 1, voices: 5 })).toEqual(['feed-1']);
  });

  test('whoever is spotlighted before everybody', () => {
    const { state, ids } = meetingOf([silent, silent, { ...silent, spokeAtMs: 10 }]);
    const lit = { ...state, controls: { ...state.controls, spotlight: ids[1] ?? null } };
    const streams = chooseForwarded(rankForwarded(lit), watcher, { videos: 1, voices: 0 }, null);
    expect(streams.map(({ feed }) => feed)).toEqual(['feed-1']);
  });

  test('nothing new for anybody, says the key, when only those change who are forwarded to nobody', () => {
    const limits = { videos: 1, voices: 1 };
    const { state, ids } = meetingOf([silent, silent, silent, silent]);
    const keyAfter = (participantId: ParticipantId) => {
      const muted = { isMicrophoneOn: false, isCameraOn: false };
      return rankingKey(rankForwarded(next(state, { kind: 'mediaChanged', participantId, media: muted })), limits);
    };
    expect(keyAfter(ids[3] ?? watcher)).toBe(rankingKey(rankForwarded(state), limits));
    expect(keyAfter(ids[0] ?? watcher)).not.toBe(rankingKey(rankForwarded(state), limits));
  });

  test('what is shared first and beside the limits, with its sound, to everybody but whoever shares', () => {
    const { state, ids } = meetingOf([silent, silent]);
    const [sharer, other] = [ids[0] ?? watcher, ids[1] ?? watcher];
    const streams = [
      { mid: '0', kind: 'audio' as const, hasLayers: false },
      { mid: '1', kind: 'video' as const, hasLayers: true },
    ];
    const shared: MeetingState = {
      ...state,
      content: { kind: 'screen', participantId: sharer, startedAt: '2026-01-05T09:00:00.000Z', publication: null },
    };
    const live = next(shared, { kind: 'contentLive', participantId: sharer, publication: { feed: 'screen', streams } });
    const limits = { videos: 1, voices: 0 };
    const feeds = (receiver: ParticipantId) =>
      chooseForwarded(rankForwarded(live), receiver, limits, null).map(({ feed, kind }) => `${feed} ${kind}`);
    expect(feeds(other)).toEqual(['screen audio', 'screen video', 'feed-0 video']);
    expect(feeds(sharer)).toEqual(['feed-1 video']);
    expect(rankingKey(rankForwarded(live), limits)).not.toBe(rankingKey(rankForwarded(shared), limits));
  });

  test('nobody who does not publish', () => {
    expect(feedsOf([{ ...silent, isPublishing: false }], 'audio', { videos: 9, voices: 5 })).toEqual([]);
  });
});

describe('what a receiver’s layout shows', () => {
  const limits = { videos: 3, voices: 1 };
  const { state, ids } = meetingOf([
    silent,
    silent,
    silent,
    { ...silent, spokeAtMs: 10 },
    { ...silent, isPublishing: false },
  ]);
  const idAt = (index: number) => ids[index] ?? watcher;
  const shows = (mostVideos: number, ...videos: [index: number, heightPx: number][]) =>
    chooseForwarded(rankForwarded(state), watcher, limits, {
      videos: videos.map(([index, heightPx]) => ({ participantId: idAt(index), heightPx })),
      mostVideos,
    }).map(({ feed, kind, layer }) => (kind === 'audio' ? `${feed} heard` : `${feed} ${layer}`));

  test('comes before whoever spoke, who fills what is left, small', () => {
    expect(shows(9, [2, 700], [1, 300])).toEqual(['feed-1 medium', 'feed-2 high', 'feed-3 heard', 'feed-3 low']);
  });

  test('is not more than it has room for; voices come all the same', () => {
    expect(shows(1, [2, 100])).toEqual(['feed-2 low', 'feed-3 heard']);
    expect(shows(0)).toEqual(['feed-3 heard']);
  });

  test('is cut to what one receiver may get, and leaves out who sends nothing and oneself', () => {
    expect(shows(9, [0, 90], [1, 90], [2, 90], [3, 90])).toEqual([
      'feed-0 low',
      'feed-1 low',
      'feed-2 low',
      'feed-3 heard',
    ]);
    expect(shows(1, [4, 90])).toEqual(['feed-3 heard', 'feed-3 low']);
    const own = { videos: [{ participantId: idAt(0), heightPx: 90 }], mostVideos: 1 };
    expect(chooseForwarded(rankForwarded(state), idAt(0), limits, own).map(({ feed }) => feed)).toEqual([
      'feed-3',
      'feed-3',
    ]);
  });

  test('changes with whoever publishes anew or leaves, and not with who only speaks', () => {
    const ranking = rankForwarded(state);
    const after = (event: Parameters<typeof next>[1]) => republishedBetween(ranking, rankForwarded(next(state, event)));
    const participantId = idAt(1);
    const publication = { feed: 'anew', streams: [{ mid: '1', kind: 'video' as const, hasLayers: true }] };
    expect([...after({ kind: 'publicationLive', participantId, publication })]).toEqual([participantId]);
    expect([...after({ kind: 'left', participantId, isOwnWill: true })]).toEqual([participantId]);
    expect([...after({ kind: 'talking', participantId, isTalking: true, atMs: 20 })]).toEqual([]);
  });
});

test.each([
  [1, 'low'],
  [240, 'low'],
  [241, 'medium'],
  [480, 'medium'],
  [481, 'high'],
])('a picture of %i px gets the %s layer', (heightPx, layer) => {
  expect(layerFor(heightPx)).toBe(layer);
});

test('never more than allowed, never oneself, never one stream twice, and as many as there are', () => {
  const guest = fc.record({
    isMicrophoneOn: fc.boolean(),
    isCameraOn: fc.boolean(),
    spokeAtMs: fc.option(fc.nat(1000), { nil: null }),
    isPublishing: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(guest, { minLength: 1, maxLength: 20 }),
      fc.nat(19),
      fc.record({ videos: fc.nat(9), voices: fc.nat(5) }),
      fc.option(fc.record({ indices: fc.array(fc.nat(19), { maxLength: 9 }), mostVideos: fc.nat(9) }), { nil: null }),
      (guests, index, limits, viewed) => {
        const { state, ids } = meetingOf(guests);
        const idAt = (at: number) => ids[at % ids.length] ?? watcher;
        const receiver = ids[index % ids.length] ?? watcher;
        const view = viewed && {
          ...viewed,
          videos: viewed.indices.map((at) => ({ participantId: idAt(at), heightPx: 100 })),
        };
        const streams = chooseForwarded(rankForwarded(state), receiver, limits, view);
        const most = view ? Math.min(limits.videos, view.mostVideos) : limits.videos;
        const others = guests.filter((other, at) => at !== index % ids.length && other.isPublishing).length;
        expect(streams.some((stream) => stream.participantId === receiver)).toBe(false);
        expect(new Set(streams.map(({ feed, mid }) => `${feed}/${mid}`)).size).toBe(streams.length);
        expect(streams.filter((stream) => stream.kind === 'video')).toHaveLength(Math.min(most, others));
        expect(streams.filter((stream) => stream.kind === 'audio')).toHaveLength(Math.min(limits.voices, others));
      },
    ),
    { numRuns: 100 },
  );
});
