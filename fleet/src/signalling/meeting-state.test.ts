import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MeetingEvent, next } from './meeting-state.ts';
import { emptyMeeting, type MeetingState, rosterOf } from './members.ts';

const at = '2026-01-05T09:00:00.000Z';
const on = { isMicrophoneOn: true, isCameraOn: true };
const muted = { isMicrophoneOn: false, isCameraOn: true };
const ada = newId('participant');
const ben = newId('participant');

const joined = (participantId: ParticipantId, media = on): MeetingEvent => ({
  kind: 'joined',
  participant: { participantId, name: 'somebody', kind: 'guest', role: 'guest', holder: participantId },
  media,
  at,
});
const published = (participantId: ParticipantId, feed: string): MeetingEvent => ({
  kind: 'publicationLive',
  participantId,
  publication: { feed, streams: [{ mid: '0', kind: 'audio', hasLayers: false }] },
});
const after = (...events: MeetingEvent[]): MeetingState => events.reduce(next, emptyMeeting);
const entryOf = (state: MeetingState, participantId: ParticipantId) =>
  rosterOf(state).find((entry) => entry.participantId === participantId);

describe('the roster', () => {
  test('lists everybody in the order of joining', () => {
    expect(rosterOf(after(joined(ada), joined(ben))).map((entry) => entry.participantId)).toEqual([ada, ben]);
  });

  test('keeps the place of somebody whose connection is restored', () => {
    const lost = after(joined(ada), joined(ben), { kind: 'connectionLost', participantId: ada });
    expect(entryOf(lost, ada)).toMatchObject({ isConnected: false });
    const back = next(lost, { ...joined(ada, muted) });
    expect(rosterOf(back).map((entry) => entry.participantId)).toEqual([ada, ben]);
    expect(entryOf(back, ada)).toMatchObject({ isConnected: true, media: muted, joinedAt: at });
  });

  test('never shows a closed microphone speaking, and shows it again when it is opened while sound comes', () => {
    const talking: MeetingEvent = { kind: 'talking', participantId: ada, isTalking: true, atMs: 5 };
    const speaking = after(joined(ada), talking);
    expect(entryOf(speaking, ada)).toMatchObject({ isSpeaking: true });
    const closed = next(speaking, { kind: 'mediaChanged', participantId: ada, media: muted });
    expect(entryOf(closed, ada)).toMatchObject({ isSpeaking: false });
    const open = next(closed, { kind: 'mediaChanged', participantId: ada, media: on });
    expect(entryOf(open, ada)).toMatchObject({ isSpeaking: true });
  });
});

describe('publications', () => {
  test('the end of a replaced publication does not end its successor', () => {
    const state = after(joined(ada), published(ada, 'first'), published(ada, 'second'), {
      kind: 'publicationGone',
      participantId: ada,
      feed: 'first',
    });
    expect(state.members.get(ada)?.publication?.feed).toBe('second');
  });

  test('all are gone when the media server is, and nobody leaves', () => {
    const state = after(joined(ada), published(ada, 'a'), joined(ben), published(ben, 'b'), {
      kind: 'mediaServerLost',
    });
    expect([...state.members.values()].map((member) => member.publication)).toEqual([null, null]);
  });
});

test('trouble with the network is known as long as they are connected', () => {
  const troubled = after(joined(ada), { kind: 'networkTold', participantId: ada, trouble: 'bad' });
  expect(rosterOf(troubled)).toMatchObject([{ networkTrouble: 'bad' }]);
  const away = next(troubled, { kind: 'connectionLost', participantId: ada });
  expect(rosterOf(away)).toMatchObject([{ networkTrouble: null, isConnected: false }]);
  expect(rosterOf(next(troubled, joined(ada)))).toMatchObject([{ networkTrouble: null }]);
});

test('a mute key is of a room, and said anew by whoever comes back', () => {
  const key: MeetingEvent = { kind: 'roomMuteTold', participantId: ada, isMuted: true };
  const person = after(joined(ada));
  expect(next(person, key)).toBe(person);
  const room = {
    ...person,
    members: new Map([...person.members].map(([id, one]) => [id, { ...one, kind: 'terminal' as const }])),
  };
  const muted = next(room, key);
  expect(rosterOf(muted)).toMatchObject([{ isMutedInRoom: true }]);
  expect(rosterOf(next(muted, joined(ada)))).toMatchObject([{ isMutedInRoom: false }]);
});

test('an event that means nothing returns the same state', () => {
  const state = after(joined(ada));
  const nothing: MeetingEvent[] = [
    { kind: 'left', participantId: ben, isOwnWill: true },
    { kind: 'connectionLost', participantId: ben },
    { kind: 'mediaChanged', participantId: ada, media: { ...on } },
    { kind: 'publicationGone', participantId: ada, feed: 'unknown' },
    { kind: 'networkTold', participantId: ada, trouble: null },
    { kind: 'mediaServerLost' },
    published(ben, 'x'),
    joined(ada),
  ];
  for (const event of nothing) expect(next(state, event), event.kind).toBe(state);
});

test('the revision grows exactly with what the roster shows', () => {
  const someone = fc.constantFrom(ada, ben);
  const media = fc.record({ isMicrophoneOn: fc.boolean(), isCameraOn: fc.boolean() });
  const event: fc.Arbitrary<MeetingEvent> = fc.oneof(
    fc.tuple(someone, media).map(([participantId, state]) => joined(participantId, state)),
    someone.map((participantId): MeetingEvent => ({ kind: 'left', participantId, isOwnWill: true })),
    someone.map((participantId): MeetingEvent => ({ kind: 'connectionLost', participantId })),
    fc.tuple(someone, media).map(([participantId, state]): MeetingEvent => {
      return { kind: 'mediaChanged', participantId, media: state };
    }),
    fc.tuple(someone, fc.constantFrom(null, 'bad' as const)).map(([participantId, trouble]): MeetingEvent => {
      return { kind: 'networkTold', participantId, trouble };
    }),
    fc.tuple(someone, fc.boolean(), fc.nat()).map(([participantId, isTalking, atMs]): MeetingEvent => {
      return { kind: 'talking', participantId, isTalking, atMs };
    }),
    fc.tuple(someone, fc.constantFrom('a', 'b')).map(([participantId, feed]) => published(participantId, feed)),
    fc.constant<MeetingEvent>({ kind: 'mediaServerLost' }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let state = emptyMeeting;
      for (const one of events) {
        const following = next(state, one);
        const isSameRoster = JSON.stringify(rosterOf(following)) === JSON.stringify(rosterOf(state));
        expect(following.revision).toBe(state.revision + (isSameRoster ? 0 : 1));
        state = following;
      }
    }),
    { numRuns: 200 },
  );
});
