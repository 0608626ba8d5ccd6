import { newId } from '@anteroom/shared/ids.ts';
import { joinRefusals } from '@anteroom/shared/meeting/refusal.ts';
import { byeReasons, type MediaState } from '@anteroom/shared/signalling/messages.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idleMachine, next } from './state.ts';
import type { Call, CloudEvent, Meeting, MeetingEvent, OwnEvent, RoomEvent } from './types.ts';

const startMs = Date.parse('2026-01-05T10:00:00.000Z');
const ids = [newId('meeting'), newId('meeting')] as const;
const participantId = newId('participant');

const meeting: fc.Arbitrary<Meeting> = fc.record({
  meetingId: fc.constantFrom(...ids),
  number: fc.constant('123456789'),
  subject: fc.constant('x'),
  organizerName: fc.constant('y'),
  startAt: fc.constant(new Date(startMs).toISOString()),
  endAt: fc.constant(new Date(startMs + 60_000).toISOString()),
  timeZone: fc.constant('UTC'),
  ticket: fc.constantFrom('a', 'b', null),
  ringUntil: fc.constantFrom(null, new Date(startMs + 45_000).toISOString(), new Date(startMs + 90_000).toISOString()),
  callerName: fc.constantFrom('Ada', null),
});
const media: fc.Arbitrary<MediaState> = fc.record({ isMicrophoneOn: fc.boolean(), isCameraOn: fc.boolean() });

const roomEvent: fc.Arbitrary<RoomEvent> = fc.oneof(
  fc.record({ from: fc.constant('room' as const), type: fc.constant('join' as const), meeting, media }),
  fc.record({ from: fc.constant('room' as const), type: fc.constant('answer' as const), media }),
  fc.record({
    from: fc.constant('room' as const),
    type: fc.constantFrom(
      'decline' as const,
      'leave' as const,
      'cancelJoin' as const,
      'dismissFailure' as const,
      'acceptAsk' as const,
      'declineAsk' as const,
    ),
  }),
  fc.record({
    from: fc.constant('room' as const),
    type: fc.constantFrom('setMicrophone' as const, 'setCamera' as const),
    isOn: fc.boolean(),
  }),
);
const cloud = { from: fc.constant('cloud' as const) };
const cloudEvent: fc.Arbitrary<CloudEvent> = fc.oneof(
  fc.record({
    ...cloud,
    type: fc.constant('schedule' as const),
    meetings: fc.array(meeting, { maxLength: 3 }),
    manner: fc.constantFrom('ring' as const, 'answer' as const, 'quiet' as const),
  }),
  fc.record({ ...cloud, type: fc.constant('join' as const), meeting }),
  fc.record({
    ...cloud,
    type: fc.constantFrom(
      ...([
        'leave',
        'mute',
        'stopCamera',
        'revoked',
        'republish',
        'lineLost',
        'muteKept',
      ] as const satisfies CloudEvent['type'][]),
    ),
  }),
  fc.record({
    ...cloud,
    type: fc.constant('joined' as const),
    participantId: fc.constant(participantId),
    roster: fc.constant([]),
  }),
  fc.record({ ...cloud, type: fc.constant('refused' as const), reason: fc.constantFrom(...joinRefusals) }),
  fc.record({ ...cloud, type: fc.constant('bye' as const), reason: fc.constantFrom(...byeReasons) }),
  fc.record({ ...cloud, type: fc.constant('roster' as const), roster: fc.constant([]) }),
  // Of a room that is to be asked.
  fc.record({
    ...cloud,
    type: fc.constant('ask' as const),
    what: fc.constantFrom('microphone' as const, 'camera' as const),
    by: fc.constant('Hana'),
    manner: fc.constant('asked' as const),
  }),
);
const ownEvent: fc.Arbitrary<OwnEvent> = fc.oneof(
  fc.record({
    from: fc.constant('own' as const),
    type: fc.constantFrom('mediaUp' as const, 'mediaBroken' as const, 'left' as const, 'tick' as const),
  }),
  fc.constant<OwnEvent>({ from: 'own', type: 'mediaDied', detail: '' }),
);
const stepMs = fc.integer({ min: 0, max: 20_000 });

const mediaOf = (call: Call): MediaState =>
  'media' in call ? call.media : { isMicrophoneOn: false, isCameraOn: false };

/** Whether `after` has something open that the room has not opened. */
function isOpened(room: MediaState, after: MediaState): boolean {
  return (after.isMicrophoneOn && !room.isMicrophoneOn) || (after.isCameraOn && !room.isCameraOn);
}

test('without a touch in the room, nothing opens a microphone or a camera', () => {
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
        for (const effect of step.effects)
          if ('media' in effect) expect(effect.media).toEqual({ isMicrophoneOn: false, isCameraOn: false });
      }
    }),
    { numRuns: 300 },
  );
});

test('among touches too, only the room opens, and only for the meeting it chose', () => {
  const any: fc.Arbitrary<MeetingEvent> = fc.oneof(roomEvent, cloudEvent, ownEvent);
  fc.assert(
    fc.property(fc.array(fc.tuple(any, stepMs), { maxLength: 80 }), (events) => {
      let machine = idleMachine;
      let elapsedMs = 0;
      for (const [event, byMs] of events) {
        elapsedMs += byMs;
        const before = machine.call;
        const step = next(machine, event, { wallMs: startMs + elapsedMs, elapsedMs });
        machine = step.machine;
        if (event.from === 'room') continue;
        const isSameMeeting =
          'meeting' in before &&
          'meeting' in machine.call &&
          before.meeting.meetingId === machine.call.meeting.meetingId;
        const roomOpened = isSameMeeting ? mediaOf(before) : { isMicrophoneOn: false, isCameraOn: false };
        expect(isOpened(roomOpened, mediaOf(machine.call))).toBe(false);
        for (const effect of step.effects)
          if ('media' in effect) expect(isOpened(roomOpened, effect.media)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
