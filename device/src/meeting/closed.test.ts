import { newId } from '@anteroom/shared/ids.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import { joinRefusals } from '@anteroom/shared/meeting/refusal.ts';
import { whyNot } from '@anteroom/shared/panel/actions.ts';
import { byeReasons, type MediaState } from '@anteroom/shared/signalling/messages.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idleMachine, next } from './state.ts';
import { letIn } from './test/let-in.ts';
import {
  type Call,
  type CloudEvent,
  closed,
  type Machine,
  type Meeting,
  type MeetingEvent,
  type OwnEvent,
  type RoomEvent,
  type Step,
} from './types.ts';

const startMs = Date.parse('2026-01-05T10:00:00.000Z');
const participantId = newId('participant');

const plain = (meetingId = newId('meeting')): Meeting => ({
  ...{ meetingId, number: '123456789', subject: 'x', organizerName: 'y', timeZone: 'UTC', callerName: null },
  ...{ startAt: new Date(startMs).toISOString(), endAt: new Date(startMs + 60_000).toISOString() },
  ...{ ticket: 'a', ringUntil: null },
});
const meetings = [plain(), plain()] as const;
const meeting: fc.Arbitrary<Meeting> = fc
  .record({
    known: fc.constantFrom(...meetings),
    ticket: fc.constantFrom('a', 'b', null),
    ringUntil: fc.constantFrom(
      ...[null, new Date(startMs + 45_000).toISOString(), new Date(startMs + 90_000).toISOString()],
    ),
    callerName: fc.constantFrom('Ada', null),
  })
  .map(({ known, ...change }) => ({ ...known, ...change }));
const media: fc.Arbitrary<MediaState> = fc.record({ isMicrophoneOn: fc.boolean(), isCameraOn: fc.boolean() });

const roomBare = <T extends RoomEvent['type']>(type: T) => fc.constant({ from: 'room' as const, type });
const room = { from: fc.constant('room' as const) };
const roomEvents: { [T in RoomEvent['type']]: fc.Arbitrary<Extract<RoomEvent, { type: T }>> } = {
  join: fc.record({ ...room, type: fc.constant('join'), meeting, media }),
  answer: fc.record({ ...room, type: fc.constant('answer'), media }),
  decline: roomBare('decline'),
  dismissMissed: roomBare('dismissMissed'),
  leave: roomBare('leave'),
  cancelJoin: roomBare('cancelJoin'),
  dismissFailure: roomBare('dismissFailure'),
  setMicrophone: fc.record({ ...room, type: fc.constant('setMicrophone'), isOn: fc.boolean() }),
  setCamera: fc.record({ ...room, type: fc.constant('setCamera'), isOn: fc.boolean() }),
  acceptAsk: roomBare('acceptAsk'),
  declineAsk: roomBare('declineAsk'),
  control: fc
    .constantFrom<ControlAction[]>(
      { kind: 'unmute', participantId },
      { kind: 'allowCamera', participantId },
      { kind: 'unmuteAll' },
    )
    .map((action) => ({ from: 'room', type: 'control', action })),
  share: fc.record({ ...room, type: fc.constant('share'), takesOver: fc.boolean() }),
  stopSharing: roomBare('stopSharing'),
};
const roomEvent: fc.Arbitrary<RoomEvent> = fc.oneof(...Object.values(roomEvents));
const cloud = { from: fc.constant('cloud' as const) };
const cloudBare = <T extends CloudEvent['type']>(type: T) => fc.constant({ from: 'cloud' as const, type });
const ownBare = <T extends OwnEvent['type']>(type: T) => fc.constant({ from: 'own' as const, type });
const roster = fc.constant([]);
const refusal = fc.constantFrom(null, 'muted_by_host' as const, 'failed' as const);
const small = fc.integer({ min: 1, max: 5 });
const { summary, controls, content } = letIn(meetings[0]);
const words = { id: 1, from: participantId, name: 'Hana', text: 'Unmute now', at: summary.startAt };

/** One arbitrary for each event: the compiler asks for a new one. */
const cloudEvents: { [T in CloudEvent['type']]: fc.Arbitrary<Extract<CloudEvent, { type: T }>> } = {
  schedule: fc.record({
    ...cloud,
    type: fc.constant('schedule'),
    meetings: fc.array(meeting, { maxLength: 3 }),
    manner: fc.constantFrom('ring', 'answer', 'quiet'),
    // Of a room whose settings leave what nobody there starts closed.
    media: fc.constant(closed),
  }),
  join: fc.record({ ...cloud, type: fc.constant('join'), meeting, media: fc.constant(closed) }),
  leave: cloudBare('leave'),
  mute: cloudBare('mute'),
  stopCamera: cloudBare('stopCamera'),
  revoked: cloudBare('revoked'),
  joined: fc.constant(letIn(meetings[0], { participantId })),
  refused: fc.record({ ...cloud, type: fc.constant('refused'), reason: fc.constantFrom(...joinRefusals) }),
  roster: fc.record({ ...cloud, type: fc.constant('roster'), roster }),
  // Of a room that is to be asked.
  ask: fc.record({
    ...cloud,
    type: fc.constant('ask'),
    what: fc.constantFrom('microphone', 'camera'),
    by: fc.constant('Hana'),
    manner: fc.constant('asked'),
  }),
  controlled: fc.record({ ...cloud, type: fc.constant('controlled'), id: small, refusal }),
  meeting: small.map((revision) => ({ from: 'cloud', type: 'meeting', revision, summary, controls, content })),
  waiting: fc.constant({ from: 'cloud', type: 'waiting', waiting: [] }),
  called: fc.constant({ from: 'cloud', type: 'called', called: [] }),
  chat: fc.constant({ from: 'cloud', type: 'chat', words }),
  reaction: fc.constant({ from: 'cloud', type: 'reaction', participantId, reaction: 'heart' }),
  shared: cloudBare('shared'),
  shareRefused: fc.constant({ from: 'cloud', type: 'shareRefused', reason: 'host_shares' }),
  shareEnded: fc.constant({ from: 'cloud', type: 'shareEnded', reason: 'stopped' }),
  republish: cloudBare('republish'),
  bye: fc.record({ ...cloud, type: fc.constant('bye'), reason: fc.constantFrom(...byeReasons) }),
  lineLost: cloudBare('lineLost'),
};
const cloudEvent: fc.Arbitrary<CloudEvent> = fc.oneof(...Object.values(cloudEvents));

/** What an agent remembers when it comes back is what the room had chosen; this room had chosen nothing. */
const ownEvents: { [T in OwnEvent['type']]: fc.Arbitrary<Extract<OwnEvent, { type: T }>> } = {
  mediaUp: ownBare('mediaUp'),
  mediaBroken: ownBare('mediaBroken'),
  mediaDied: fc.constant({ from: 'own', type: 'mediaDied', detail: '' }),
  firstFrame: fc.nat(90_000).map((elapsedMs) => ({ from: 'own', type: 'firstFrame', elapsedMs })),
  remembered: meeting.map((remembered) => ({ from: 'own', type: 'remembered', meeting: remembered, media: closed })),
  missedRemembered: fc.constant({ from: 'own', type: 'missedRemembered', missed: [] }),
  muteKey: fc.boolean().map((isMuted) => ({ from: 'own', type: 'muteKey', isMuted })),
  input: fc.boolean().map((isPluggedIn) => ({ from: 'own', type: 'input', isPluggedIn })),
  shareBroken: ownBare('shareBroken'),
  shareFailed: ownBare('shareFailed'),
  left: ownBare('left'),
  tick: ownBare('tick'),
};
const ownEvent: fc.Arbitrary<OwnEvent> = fc.oneof(...Object.values(ownEvents));
/** Mostly short, so that much happens before the meeting is over. */
const stepMs = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 500 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
);

const mediaOf = (call: Call): MediaState => ('media' in call ? call.media : closed);

/**
 * What people in the room want open, of the call that they are in: told by their touches alone, whatever the terminal keeps
 * of them. Who closes from beyond ends a wish; a call that begins without a touch begins with none.
 */
function wishOf(wish: MediaState, event: MeetingEvent, before: Machine, { machine, effects }: Step): MediaState {
  if (!('media' in machine.call)) return closed;
  if (event.from !== 'room') {
    if (event.from === 'cloud' && effects.some(({ effect }) => effect === 'startCall')) return closed;
    if (event.type === 'mute') return { ...wish, isMicrophoneOn: false };
    if (event.type === 'stopCamera') return { ...wish, isCameraOn: false };
    return wish;
  }
  if (whyNot(event.type, before.call.state) !== null) return wish;
  switch (event.type) {
    case 'join':
    case 'answer':
      return effects.some(({ effect }) => effect === 'startCall') ? event.media : wish;
    case 'setMicrophone':
      return { ...wish, isMicrophoneOn: event.isOn };
    case 'setCamera':
      return { ...wish, isCameraOn: event.isOn };
    case 'acceptAsk': {
      const what = 'hostWish' in before.call ? before.call.hostWish?.what : undefined;
      return {
        isMicrophoneOn: wish.isMicrophoneOn || what === 'microphone',
        isCameraOn: wish.isCameraOn || what === 'camera',
      };
    }
    default:
      return wish;
  }
}

test('without a touch in the room, nothing opens a microphone or a camera, or shares what is plugged in', () => {
  const beyond = fc.oneof(cloudEvent, ownEvent);
  fc.assert(
    fc.property(fc.array(fc.tuple(beyond, stepMs), { maxLength: 60 }), (events) => {
      let machine = idleMachine;
      let elapsedMs = 0;
      for (const [event, byMs] of events) {
        elapsedMs += byMs;
        const step = next(machine, event, { wallMs: startMs + elapsedMs, elapsedMs });
        machine = step.machine;
        expect(mediaOf(machine.call)).toEqual({ isMicrophoneOn: false, isCameraOn: false });
        for (const effect of step.effects) {
          expect(effect.effect).not.toBe('offerShare');
          if ('media' in effect) expect(effect.media).toEqual({ isMicrophoneOn: false, isCameraOn: false });
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('among touches too, and whatever the mute key does, nothing is open but what the room wants in this call', () => {
  const { join, answer, setMicrophone, setCamera, acceptAsk, leave } = roomEvents;
  const { join: sent, schedule, ask, mute, stopCamera, joined, bye, refused } = cloudEvents;
  // Among all events these few would meet too seldom to show anything.
  const telling: fc.Arbitrary<MeetingEvent> = fc.oneof(
    ...[join, answer, setMicrophone, setCamera, acceptAsk, leave, ownEvents.muteKey, ownEvents.tick],
    ...[sent, schedule, ask, mute, stopCamera, joined, bye, refused],
  );
  const any = fc.oneof(
    { weight: 3, arbitrary: telling },
    { weight: 1, arbitrary: fc.oneof(roomEvent, cloudEvent, ownEvent) },
  );
  fc.assert(
    fc.property(ownEvents.muteKey, join, fc.array(fc.tuple(any, stepMs), { maxLength: 80 }), (key, first, then) => {
      let machine = idleMachine;
      let wish = closed;
      let elapsedMs = 0;
      for (const [event, byMs] of [[key, 0] as const, [first, 0] as const, ...then]) {
        elapsedMs += byMs;
        const step = next(machine, event, { wallMs: startMs + elapsedMs, elapsedMs });
        wish = wishOf(wish, event, machine, step);
        machine = step.machine;
        const told = step.effects.flatMap((effect) => ('media' in effect ? [effect.media] : []));
        for (const media of [mediaOf(machine.call), ...told]) {
          expect(media.isMicrophoneOn && !wish.isMicrophoneOn).toBe(false);
          expect(media.isCameraOn && !wish.isCameraOn).toBe(false);
        }
      }
    }),
    { numRuns: 5_000 },
  );
});
