import { newId } from '@anteroom/shared/ids.ts';
import { expect, test } from 'vitest';
import { ringManner } from './rings.ts';
import { wakeAtMs } from './rules.ts';
import { idleMachine, next } from './state.ts';
import { letIn } from './test/let-in.ts';
import {
  type Call,
  closed,
  type Effect,
  type Machine,
  type Meeting,
  type MeetingEvent,
  type Moment,
  type RingManner,
} from './types.ts';

const startMs = Date.parse('2026-01-05T10:00:00.000Z');
const at = (elapsedMs: number): Moment => ({ wallMs: startMs + elapsedMs, elapsedMs });
const open = { isMicrophoneOn: true, isCameraOn: true };
const ownParticipantId = newId('participant');

function makeMeeting(change: Partial<Meeting> = {}): Meeting {
  return {
    meetingId: newId('meeting'),
    number: '123456789',
    subject: 'Design review',
    organizerName: 'Ada',
    startAt: new Date(startMs).toISOString(),
    endAt: new Date(startMs + 3_600_000).toISOString(),
    timeZone: 'Europe/London',
    ticket: 'ticket-1',
    ringUntil: null,
    callerName: null,
    ...change,
  };
}
const meeting = makeMeeting();

/** Events in their order, one every 10 ms unless an event bears its own time; what the last one led to. */
function run(...events: (MeetingEvent | number)[]) {
  let machine: Machine = idleMachine;
  let nowMs = 0;
  let effects: readonly Effect[] = [];
  for (const event of events) {
    if (typeof event === 'number') {
      nowMs = event;
      continue;
    }
    const step = next(machine, event, at(nowMs));
    machine = step.machine;
    effects = step.effects;
    nowMs += 10;
  }
  return {
    call: machine.call,
    effects: effects.map((effect) => (effect.effect === 'announce' ? effect.kind : effect.effect)),
    machine,
    nowMs,
  };
}

const press: MeetingEvent = { from: 'room', type: 'join', meeting, media: open };
const joined = letIn(meeting, { participantId: ownParticipantId });
const mediaUp: MeetingEvent = { from: 'own', type: 'mediaUp' };
const died: MeetingEvent = { from: 'own', type: 'mediaDied', detail: 'ended by SIGKILL' };
const lost: MeetingEvent = { from: 'cloud', type: 'lineLost' };
const tick: MeetingEvent = { from: 'own', type: 'tick' };
const leave: MeetingEvent = { from: 'room', type: 'leave' };
const refused = (reason: Extract<MeetingEvent, { type: 'refused' }>['reason']): MeetingEvent => ({
  from: 'cloud',
  type: 'refused',
  reason,
});
const bye = (reason: Extract<MeetingEvent, { type: 'bye' }>['reason']): MeetingEvent => ({
  from: 'cloud',
  type: 'bye',
  reason,
});
const schedule = (...meetings: Meeting[]): MeetingEvent => scheduled('ring', ...meetings);
const scheduled = (manner: RingManner, ...meetings: Meeting[]): MeetingEvent => ({
  from: 'cloud',
  type: 'schedule',
  media: closed,
  meetings,
  manner,
});
const remembered: MeetingEvent = { from: 'own', type: 'remembered', meeting, media: open };
const ringUntil = new Date(startMs + 45_000).toISOString();
const ringing = makeMeeting({ ringUntil, callerName: 'Kari' });
const alsoRinging = makeMeeting({ ringUntil, callerName: 'Ola' });
const decline: MeetingEvent = { from: 'room', type: 'decline' };

test.each<[string, (MeetingEvent | number)[], Call['state'], string]>([
  ['Join is pressed', [press], 'joining', 'startCall'],
  ['Join is pressed twice', [press, press], 'joining', ''],
  ['the fleet lets the room in', [press, joined], 'in', 'remember showRoster'],
  ['the room leaves', [press, joined, leave], 'leaving', 'forget endCall joined left'],
  ['devices are closed', [press, joined, leave, { from: 'own', type: 'left' }], 'idle', ''],
  ['the join is cancelled', [press, { from: 'room', type: 'cancelJoin' }], 'leaving', 'forget endCall'],
  ['no seat is free', [press, refused('room_full')], 'failed', 'forget endCall joinFailed'],
  ['the failure is dismissed', [press, refused('room_full'), { from: 'room', type: 'dismissFailure' }], 'idle', ''],
  ['nobody answers for 10 s', [press, 10_000, tick], 'failed', 'forget endCall joinFailed'],
  ['it is tried again by itself', [press, 10_000, tick, 12_000, tick], 'joining', 'startCall'],
  ['not before its time', [press, 10_000, tick, 11_900, tick], 'failed', ''],
  ['a full room is tried again', [press, refused('room_full'), 3_000, tick], 'joining', 'startCall'],
  ['a scope is not tried again', [press, refused('invited_only'), 3_000_000, tick], 'failed', ''],
  ['the meeting ends', [press, joined, bye('meeting_ended')], 'idle', 'forget endCall joined left'],
  ['the host removes the room', [press, joined, bye('removed')], 'idle', 'forget endCall joined left'],
  [
    'another device takes the place',
    [press, joined, bye('joined_elsewhere')],
    'failed',
    'forget endCall joinFailed joined left',
  ],
  ['the line breaks', [press, joined, lost], 'reconnecting', 'joined'],
  ['the line comes back', [press, joined, mediaUp, lost, joined], 'reconnecting', 'showRoster'],
  ['then media follows', [press, joined, lost, joined, mediaUp], 'in', ''],
  ['media alone does not make a place', [press, joined, lost, mediaUp], 'reconnecting', ''],
  ['the media process dies', [press, joined, mediaUp, died], 'reconnecting', 'joined replaceMedia mediaRestarted'],
  ['the new process is connected', [press, joined, mediaUp, died, mediaUp], 'in', ''],
  ['it dies while joining', [press, died], 'joining', 'replaceMedia mediaRestarted'],
  [
    'it dies without end',
    [press, joined, died, died, died, died, died, died],
    'failed',
    'forget endCall joinFailed left',
  ],
  [
    'the media server came back empty',
    [press, joined, mediaUp, { from: 'cloud', type: 'republish' }],
    'reconnecting',
    'joined publishAgain',
  ],
  ['media does not come back', [press, joined, mediaUp, died, 6_000, tick], 'reconnecting', 'publishAgain'],
  ['the place does not come back', [press, joined, mediaUp, lost, 6_000, tick], 'reconnecting', 'askAgain'],
  ['the media server restarts', [press, joined, mediaUp, lost, refused('media_unavailable')], 'reconnecting', ''],
  ['it ended meanwhile', [press, joined, lost, refused('meeting_ended')], 'idle', 'forget endCall left'],
  ['it is gone from the schedule meanwhile', [press, joined, lost, schedule()], 'idle', 'forget endCall left'],
  ['gone from the schedule, line stands', [press, joined, schedule()], 'in', ''],
  ['the agent restarts', [remembered], 'reconnecting', 'startCall'],
  ['and is let in', [remembered, joined], 'reconnecting', 'showRoster'],
  ['and media flows', [remembered, joined, mediaUp], 'in', ''],
  ['media is up before the fleet answers', [remembered, mediaUp, joined], 'in', 'showRoster'],
  [
    'the certificate is revoked',
    [press, joined, { from: 'cloud', type: 'revoked' }],
    'idle',
    'forget endCall joined left',
  ],
  ['a meeting rings', [schedule(ringing)], 'ringing', ''],
  ['it is answered', [schedule(ringing), { from: 'room', type: 'answer', media: open }], 'joining', 'startCall'],
  ['it is declined, and whoever calls is told', [schedule(ringing), decline], 'idle', 'ringDeclined'],
  ['declined, it rings no more', [schedule(ringing), decline, schedule(ringing)], 'idle', ''],
  ['Join elsewhere declines it', [schedule(ringing), press], 'joining', 'ringDeclined startCall'],
  ['nobody answers', [schedule(ringing), 45_000, tick], 'idle', 'ringMissed rememberMissed'],
  ['the fleet is first to end it', [schedule(ringing), 43_000, schedule(meeting)], 'idle', 'ringMissed rememberMissed'],
  ['the ring is withdrawn', [schedule(ringing), schedule({ ...ringing, ringUntil: null })], 'idle', ''],
  ['it is answered automatically', [scheduled('answer', ringing)], 'joining', 'startCall'],
  ['do not disturb: it is missed at once', [scheduled('quiet', ringing)], 'idle', 'ringMissed rememberMissed'],
  ['and does not ring later', [scheduled('quiet', ringing), schedule(ringing)], 'idle', ''],
  ['do not disturb during a meeting', [press, joined, scheduled('quiet', ringing)], 'in', 'ringMissed rememberMissed'],
  ['automatic answer during a meeting', [press, joined, scheduled('answer', ringing)], 'in', ''],
  ['a ring during a meeting', [press, joined, schedule(meeting, ringing)], 'in', ''],
  ['a command joins', [{ from: 'cloud', type: 'join', meeting, media: closed }], 'joining', 'startCall'],
  [
    'a command does not leave one meeting for another',
    [press, joined, { from: 'cloud', type: 'join', meeting: ringing, media: closed }],
    'in',
    '',
  ],
  ['a meeting long over', [press, joined, lost, 3_600_000 + 15 * 60_000 + 10, tick], 'leaving', 'forget endCall left'],
  ['too early to join', [-10 * 60_000 - 20, press], 'idle', ''],
  ['no ticket', [{ from: 'room', type: 'join', meeting: makeMeeting({ ticket: null }), media: open }], 'idle', ''],
])('%s', (_what, events, state, effects) => {
  const result = run(...events);
  expect(`${result.call.state}: ${result.effects.join(' ')}`).toBe(`${state}: ${effects}`);
});

test('a remotely started call begins with microphone and camera closed', () => {
  const { call } = run({ from: 'cloud', type: 'join', meeting, media: closed });
  expect(call).toMatchObject({ state: 'joining', media: closed, startedBy: 'fleet' });
});

test('an automatic answer opens nothing, and says that nobody pressed', () => {
  const { call } = run(scheduled('answer', ringing));
  expect(call).toMatchObject({ state: 'joining', meeting: ringing, media: closed, startedBy: 'automatic' });
  const inside = run(scheduled('answer', ringing), joined, mediaUp);
  expect(inside.call).toMatchObject({ state: 'in', media: closed, startedBy: 'automatic' });
});

test('do not disturb stands above automatic answer', () => {
  expect(ringManner({ doNotDisturb: true, answersAutomatically: true })).toBe('quiet');
  expect(ringManner({ doNotDisturb: false, answersAutomatically: true })).toBe('answer');
  expect(ringManner(null)).toBe('ring');
});

test('a missed call says who called, for which meeting and when, and is shown until it is put away', () => {
  const missed = [{ meetingId: ringing.meetingId, subject: 'Design review', callerName: 'Kari', missedAt: ringUntil }];
  const { machine } = run(schedule(ringing), 45_000, tick);
  expect(machine.missed).toEqual(missed);
  const { machine: after, effects } = run(schedule(ringing), 45_000, tick, { from: 'room', type: 'dismissMissed' });
  expect(after.missed).toEqual([]);
  expect(effects).toEqual(['rememberMissed']);
  expect(run({ from: 'own', type: 'missedRemembered', missed }).machine.missed).toEqual(missed);
  expect(
    run({ from: 'own', type: 'missedRemembered', missed }, { from: 'cloud', type: 'revoked' }).machine.missed,
  ).toEqual([]);
});

test('going into the meeting puts its missed call away', () => {
  const late = run(schedule(ringing), 45_000, tick, { from: 'room', type: 'join', meeting: ringing, media: open });
  expect(late.effects).toEqual(['startCall', 'rememberMissed']);
  expect(late.machine.missed).toEqual([]);
});

test('of two rings the second waits until the first is answered or declined', () => {
  const first = run(schedule(ringing, alsoRinging));
  expect(first.call).toMatchObject({ state: 'ringing', meeting: ringing });
  expect(run(schedule(ringing, alsoRinging), decline, schedule(ringing, alsoRinging)).call).toMatchObject({
    state: 'ringing',
    meeting: alsoRinging,
  });
});

test('what rings during a meeting is missed when its time is over', () => {
  const busy = run(
    press,
    joined,
    schedule(meeting, ringing),
    45_000,
    schedule(meeting, { ...ringing, ringUntil: null }),
  );
  expect(busy.effects).toEqual(['ringMissed', 'rememberMissed']);
  expect(busy.machine.missed).toMatchObject([{ callerName: 'Kari' }]);
  const withdrawn = run(press, joined, schedule(meeting, ringing), schedule(meeting, { ...ringing, ringUntil: null }));
  expect(withdrawn.machine.missed).toEqual([]);
});

test('the room opens what a command closed, and what was closed stays closed through a reconnect', () => {
  const muted = run(press, joined, mediaUp, { from: 'cloud', type: 'mute' }, died, mediaUp, lost, joined, mediaUp);
  expect(muted.call).toMatchObject({ state: 'in', media: { isMicrophoneOn: false, isCameraOn: true } });
  const reopened = run(
    press,
    joined,
    { from: 'cloud', type: 'mute' },
    { from: 'room', type: 'setMicrophone', isOn: true },
  );
  expect(reopened.call).toMatchObject({ state: 'in', media: open });
  expect(reopened.effects).toEqual(['setMedia', 'remember']);
});

test('the first frame is timed from the press, once', () => {
  const frame = (elapsedMs: number): MeetingEvent => ({ from: 'own', type: 'firstFrame', elapsedMs });
  const { call, effects } = run(100, press, joined, frame(251.4));
  expect(call).toMatchObject({ state: 'in', firstFrameMs: 151, announceAt: null });
  expect(effects).toEqual(['joined']);
  expect(run(100, press, joined, frame(251.4), frame(900)).call).toMatchObject({ firstFrameMs: 151 });
});

test('a meeting where nobody is seen is announced after a while, once', () => {
  expect(run(press, joined, 5_100, tick).effects).toEqual(['joined']);
  expect(run(press, joined, 5_100, tick, tick).effects).toEqual([]);
});

test('a refused ticket gives way to the newer one of the schedule, and the next refusal counts', () => {
  const renewed = schedule({ ...meeting, ticket: 'ticket-2' });
  const again = run(press, joined, lost, renewed, refused('ticket_invalid'));
  expect(again.effects).toEqual(['askAgain']);
  expect(again.call).toMatchObject({ state: 'reconnecting', meeting: { ticket: 'ticket-2' } });
  expect(run(press, joined, lost, renewed, refused('ticket_invalid'), refused('ticket_invalid')).call.state).toBe(
    'failed',
  );
  // As long as it is not refused, the first ticket keeps the place.
  expect(run(press, joined, lost, renewed, joined).call).toMatchObject({ meeting: { ticket: 'ticket-1' } });
});

test('the machine says when it has to look at the clock again', () => {
  expect(wakeAtMs({ state: 'idle' }, at(0))).toBeNull();
  expect(wakeAtMs(run(schedule(ringing)).call, at(1_000))).toBe(45_000);
  expect(wakeAtMs(run(press).call, at(0))).toBe(10_000);
  expect(wakeAtMs(run(press, refused('invited_only')).call, at(0))).toBeNull();
  expect(wakeAtMs(run(press, joined, mediaUp, lost, 100, refused('media_unavailable')).call, at(100))).toBe(600);
});

test('retries of a join wait longer each time, and a door that is not open yet is tried when it opens', () => {
  const first = run(press, refused('media_unavailable'));
  expect(first.call).toMatchObject({ retryAt: { elapsedMs: 2_010 }, attempt: 1 });
  const second = run(press, refused('media_unavailable'), 2_010, tick, refused('media_unavailable'));
  expect(second.call).toMatchObject({ retryAt: { elapsedMs: 2_020 + 4_000 }, attempt: 2, pressedAt: at(0) });
});
