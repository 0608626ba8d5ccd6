import { newId } from '@anteroom/shared/ids.ts';
import { joinRefusals } from '@anteroom/shared/meeting/refusal.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import { type TerminalSettings, terminalSettings } from '@anteroom/shared/protocol/desired.ts';
import { byeReasons, type RosterEntry, type ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mediaAtRemoteStart } from '../meeting/remote-start.ts';
import type { RingManner } from '../meeting/types.ts';
import { createCommands } from './commands.ts';
import { connected, createRoom, joined, meeting, ownId, startAt } from './test/call-room.ts';

/**
 * Everything that the fleet can send to a terminal, as messages of signalling, commands and its schedule: none of it opens
 * a microphone or a camera while the room's setting says `ask` and nobody touches the panel (domain.md 3 and 4), or shares
 * the laptop that is plugged in.
 */
const other = newId('participant');
const flag = fc.boolean();
const entry: fc.Arbitrary<RosterEntry> = fc.record({
  participantId: fc.constantFrom(ownId, other),
  name: fc.constant('somebody'),
  kind: fc.constantFrom('terminal' as const, 'person' as const),
  role: fc.constantFrom('host' as const, 'cohost' as const, 'member' as const),
  media: fc.record({ isMicrophoneOn: flag, isCameraOn: flag }),
  isMutedByHost: flag,
  isCameraStoppedByHost: flag,
  handRaisedAt: fc.constantFrom(null, startAt),
  isConnected: flag,
  isSpeaking: flag,
  networkTrouble: fc.constantFrom(null, 'bad' as const),
  isMutedInRoom: flag,
  joinedAt: fc.constant(startAt),
});
const entries = fc.array(entry, { maxLength: 3 });
const revision = fc.integer({ min: 1, max: 9 });
const what = fc.constantFrom('microphone' as const, 'camera' as const);
const is = <T extends ServerMessage['type']>(type: T) => fc.constant(type);
const { controls, meeting: summary } = joined() as Extract<ServerMessage, { type: 'joined' }>; // It is one.

/** One arbitrary for each kind of message: the compiler asks for a new one. */
const messages: { [T in ServerMessage['type']]: fc.Arbitrary<Extract<ServerMessage, { type: T }>> } = {
  joined: entries.map((roster) => ({ ...(joined('sdp') as Extract<ServerMessage, { type: 'joined' }>), roster })),
  refused: fc.record({ type: is('refused'), reason: fc.constantFrom(...joinRefusals) }),
  held: fc.constant({ type: 'held', reason: 'waiting_room' }),
  published: fc.constant({ type: 'published', answer: 'sdp' }),
  probed: fc.constant({ type: 'probed', answer: null }),
  offer: revision.map((number) => ({ type: 'offer', revision: number, isNew: true, offer: 'sdp', streams: [] })),
  candidate: fc.constant({ type: 'candidate', connection: 'publish', candidate: null }),
  roster: fc.record({ type: is('roster'), from: revision, revision, changed: entries, left: fc.constant([]) }),
  meeting: revision.map((number) => ({ type: 'meeting', revision: number, meeting: summary, controls, content: null })),
  waiting: fc.constant({ type: 'waiting', waiting: [] }),
  called: fc.constant({ type: 'called', called: [] }),
  found: fc.constant({ type: 'found', id: 1, found: null, refusal: 'no_directory' }),
  notice: fc.constant({ type: 'notice', text: 'soon' }),
  ask: fc.record({ type: is('ask'), what, by: fc.constant('Hana') }),
  chat: fc.constant({ type: 'chat', chat: { id: 1, from: other, name: 'Hana', text: 'Unmute now', at: startAt } }),
  reaction: fc.constant({ type: 'reaction', participantId: other, reaction: 'heart' }),
  controlled: fc.record({ type: is('controlled'), id: revision, refusal: fc.constantFrom(null, 'muted_by_host') }),
  shared: fc.constant({ type: 'shared', answer: 'sdp' }),
  shareRefused: fc.constant({ type: 'shareRefused', reason: 'somebody_shares' }),
  shareEnded: fc.constant({ type: 'shareEnded', reason: 'stopped' }),
  boardSync: fc.constant({ type: 'boardSync', stateVector: 'AA==' }),
  boardUpdate: fc.constant({ type: 'boardUpdate', part: 'AAA=', isLast: true }),
  boardPointed: fc.record({ type: is('boardPointed'), participantId: fc.constant(other), at: fc.constant(null) }),
  boardRefused: fc.constant({ type: 'boardRefused', reason: 'board_full' }),
  republish: fc.constant({ type: 'republish' }),
  error: fc.constantFrom('media_unavailable', 'internal').map((code) => ({ type: 'error', code, detail: '' })),
  bye: fc.record({ type: is('bye'), reason: fc.constantFrom(...byeReasons) }),
};
const ring = { ...meeting, ringUntil: '2026-01-05T09:00:45.000Z', callerName: 'Hana' };

/** One arbitrary for each command: the compiler asks for a new one. */
const commands: { [K in CommandRequest['kind']]: fc.Arbitrary<Extract<CommandRequest, { kind: K }>> } = {
  join: fc.constant({ kind: 'join', meetingId: meeting.meetingId }),
  leave: fc.constant({ kind: 'leave' }),
  mute: fc.constant({ kind: 'mute' }),
  stopCamera: fc.constant({ kind: 'stopCamera' }),
  setVolume: fc.record({ kind: fc.constant('setVolume'), volumePercent: fc.integer({ min: 0, max: 100 }) }),
  identify: fc.constant({ kind: 'identify', seconds: 5 }),
  restart: fc.record({ kind: fc.constant('restart'), evenInMeeting: flag }),
  ping: fc.constant({ kind: 'ping' }),
};
/** What the room's settings for rings make of the schedule. */
const rings = fc.constantFrom<RingManner[]>('ring', 'answer', 'quiet');
const step = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(...Object.values(messages)).map((message) => ({ message })) },
  { weight: 2, arbitrary: fc.oneof(...Object.values(commands)).map((command) => ({ command })) },
  { weight: 1, arbitrary: rings.map((manner) => ({ manner })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('mediaUp' as const, 'mediaDies' as const, 'lineLost' as const).map((own) => ({ own })),
  },
);

/** Every setting that could open something opens it, but the one that is about calls which nobody in the room starts. */
const closedRoom = terminalSettings.parse({
  isMicrophoneOnAtJoin: true,
  isCameraOnAtJoin: true,
  answersAutomatically: true,
});
const openRoom: TerminalSettings = { ...closedRoom, onRemoteStart: 'asInRoom' };

const intoTheMeeting = [
  { command: { kind: 'join', meetingId: meeting.meetingId } },
  { message: joined('sdp') },
  { own: 'mediaUp' },
] as const;

test('no sequence of what the fleet can send opens a microphone or a camera of a room that is to be asked, or shares its laptop', async () => {
  let inMeeting = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const room = createRoom({ settings: closedRoom });
      room.meetings.schedule([meeting]);
      room.meetings.dispatch({ from: 'own', type: 'input', isPluggedIn: true });
      const execute = createCommands({
        ...{ meetings: room.meetings, setVolume: () => {}, identify: () => {}, restart: () => {} },
      });
      const stop = new AbortController();
      let connection = 1;
      for (const one of [...intoTheMeeting, ...steps]) {
        if ('message' in one) await room.receive(one.message);
        // A command ends when the call has gone where it was sent, which may be never here.
        if ('command' in one) execute(one.command, { signal: stop.signal }).catch(() => {});
        if ('manner' in one)
          room.meetings.dispatch({
            ...{ from: 'cloud', type: 'schedule', meetings: [ring], manner: one.manner },
            media: mediaAtRemoteStart(closedRoom),
          });
        if ('own' in one) {
          if (one.own === 'lineLost') {
            await room.loseLine();
            connection += 1;
            await room.openLine(connection);
          } else if (room.media.calls.length > 0) {
            if (one.own === 'mediaUp') room.media.last().emit(connected);
            else room.media.last().die();
          }
        }
        await room.settle();
        const call = room.call();
        if (call.state === 'in') inMeeting += 1;
        if ('media' in call) expect(call.media).toEqual({ isMicrophoneOn: false, isCameraOn: false });
      }
      const everything = room.media.calls.flatMap((media) => media.told);
      expect(everything).not.toContain('content offered');
      const told = everything.filter((text) => text.startsWith('media '));
      expect(new Set(told)).toEqual(new Set(told.length > 0 ? ['media --'] : []));
      stop.abort();
    }),
    { numRuns: 150 },
  );
  expect(inMeeting).toBeGreaterThan(100);
});

test('a wish of a host is shown, and opens once somebody in the room agrees', async () => {
  const room = createRoom();
  room.meetings.joinRemotely(meeting);
  await room.settle();
  await room.receive(joined('sdp'));
  await room.receive({ type: 'ask', what: 'microphone', by: 'Hana' });
  expect(room.call()).toMatchObject({ hostWish: { what: 'microphone', by: 'Hana', manner: 'asked' } });
  room.meetings.dispatch({ from: 'room', type: 'declineAsk' });
  expect(room.call()).toMatchObject({ hostWish: null, media: { isMicrophoneOn: false } });
  await room.receive({ type: 'ask', what: 'microphone', by: 'Hana' });
  room.meetings.dispatch({ from: 'room', type: 'acceptAsk' });
  expect(room.call()).toMatchObject({ hostWish: null, media: { isMicrophoneOn: true, isCameraOn: false } });
});

test('where the room’s setting allows it, a host opens what they asked for and nothing else, and the room is told', async () => {
  const room = createRoom({ hostWish: 'opened' });
  room.meetings.joinRemotely(meeting);
  await room.settle();
  await room.receive(joined('sdp'));
  await room.receive({ type: 'ask', what: 'camera', by: 'Hana' });
  expect(room.call()).toMatchObject({
    hostWish: { what: 'camera', by: 'Hana', manner: 'opened' },
    media: { isMicrophoneOn: false, isCameraOn: true },
  });
});

test('a host’s mute closes the room’s microphone; the room asks for it to be lifted, and is closed again when it is not', async () => {
  const room = createRoom();
  const own = (isMutedByHost: boolean) =>
    someone('Cedar', {
      ...{ participantId: ownId, kind: 'terminal', isMutedByHost },
      media: { isMicrophoneOn: !isMutedByHost, isCameraOn: true },
    });
  await room.press();
  await room.receive({ ...(joined('sdp') as Extract<ServerMessage, { type: 'joined' }>), roster: [own(false)] });
  room.sent();
  await room.receive({ type: 'roster', from: 1, revision: 2, changed: [own(true)], left: [] });
  expect(room.call()).toMatchObject({ media: { isMicrophoneOn: false, isCameraOn: true } });
  room.sent();
  room.meetings.dispatch({ from: 'room', type: 'setMicrophone', isOn: true });
  expect(room.sent()).toEqual(['control', 'media']);
  await room.receive({ type: 'controlled', id: 1, refusal: 'muted_by_host' });
  expect(room.call()).toMatchObject({ media: { isMicrophoneOn: false } });
});

test('of all settings only the one about remote starts, set by an administrator, opens such a call', () => {
  const settings: fc.Arbitrary<TerminalSettings> = fc.record({
    ...{ language: fc.constantFrom('en', 'zh-CN'), volumePercent: fc.integer({ min: 0, max: 100 }) },
    ...{ isMicrophoneOnAtJoin: flag, isCameraOnAtJoin: flag, answersAutomatically: flag, doNotDisturb: flag },
    ...{ onHostUnmute: fc.constantFrom('ask', 'allow'), onRemoteStart: fc.constantFrom('closed', 'asInRoom') },
  });
  fc.assert(
    fc.property(fc.option(settings), (given) => {
      const media = mediaAtRemoteStart(given);
      const isSet = given?.onRemoteStart === 'asInRoom';
      expect(media).toEqual({
        isMicrophoneOn: isSet && given.isMicrophoneOnAtJoin,
        isCameraOn: isSet && given.isCameraOnAtJoin,
      });
    }),
  );
});

test('where an administrator set it, a call that is started remotely begins as in the room, and says so until somebody chooses', async () => {
  const room = createRoom({ settings: openRoom });
  room.meetings.schedule([meeting]);
  createCommands({
    ...{ meetings: room.meetings, setVolume: () => {}, identify: () => {}, restart: () => {} },
  })({ kind: 'join', meetingId: meeting.meetingId }, { signal: new AbortController().signal }).catch(() => {});
  await room.settle();
  await room.receive(joined('sdp'));
  const open = { isMicrophoneOn: true, isCameraOn: true };
  expect(room.call()).toMatchObject({ state: 'in', startedBy: 'fleet', beganOpen: true, media: open });
  room.meetings.dispatch({ from: 'room', type: 'setCamera', isOn: false });
  expect(room.call()).toMatchObject({ beganOpen: false, media: { isMicrophoneOn: true, isCameraOn: false } });
});

test('a ring that is answered automatically begins so too; the mute key of the room stands above it', async () => {
  const room = createRoom({ settings: openRoom });
  room.meetings.dispatch({ from: 'own', type: 'muteKey', isMuted: true });
  const media = mediaAtRemoteStart(openRoom);
  room.meetings.dispatch({ from: 'cloud', type: 'schedule', meetings: [ring], manner: 'answer', media });
  await room.settle();
  expect(room.call()).toMatchObject({
    ...{ state: 'joining', startedBy: 'automatic', beganOpen: true },
    media: { isMicrophoneOn: false, isCameraOn: true },
  });
});
