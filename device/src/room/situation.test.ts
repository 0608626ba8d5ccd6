import { newId } from '@anteroom/shared/ids.ts';
import type { CallState, PanelState } from '@anteroom/shared/panel/state.ts';
import { describe, expect, test } from 'vitest';
import type { Sensed } from './sensors.ts';
import { type Situation, situationOf } from './situation.ts';
import {
  type InMeeting,
  idleState,
  inMeeting,
  inRoster,
  meeting,
  mutedByHost,
  ownParticipantId,
  sharedScreen,
} from './test/panel-states.ts';
import { minutesMs, noon } from './test/situations.ts';

const nothingSensed: Sensed = { isOccupied: null, isPartitionOpen: null };
const before = { lastCallAtMs: noon - minutesMs(60), lastOccupiedAtMs: noon - minutesMs(30) };

/** What goes on at noon (UTC), an hour after the last call and half an hour after somebody was there. */
function situation(facts: Partial<PanelState>, sensed: Partial<Sensed> = {}, atMs = noon): Situation {
  return situationOf({ ...idleState, ...facts }, { ...nothingSensed, ...sensed }, before, atMs);
}

const since = meeting.startAt;
const ringing: CallState = { state: 'ringing', meeting, callerName: 'Ada', until: since };
const joining: CallState = { state: 'joining', meeting, since, attempt: 1, startedBy: 'room', beganOpen: false };
const media = { isMicrophoneOn: true, isCameraOn: true };
const reconnecting: CallState = { state: 'reconnecting', meeting, since, media, cause: 'network' };
const leaving: CallState = { state: 'leaving', meeting };
const failed: CallState = { state: 'failed', meeting, reason: 'meeting_cancelled', retryAt: null };

const withOthers = (count: number): InMeeting =>
  inMeeting({
    roster: [inRoster(ownParticipantId), ...Array.from({ length: count }, () => inRoster(newId('participant')))],
  });

describe('a call', () => {
  test.each<[CallState, string]>([
    [{ state: 'idle' }, 'neither is one nor rings'],
    [ringing, 'rings'],
    [joining, 'is one'],
    [inMeeting(), 'is one'],
    [reconnecting, 'is one'],
    [leaving, 'is one'],
    [failed, 'neither is one nor rings'],
  ])('that is $state %s', (call, expected) => {
    const { isInCall, isRinging } = situation({ call });
    const words = isInCall ? 'is one' : 'neither is one nor rings';
    expect(isRinging ? 'rings' : words).toBe(expected);
  });
});

describe('the picture', () => {
  test.each<[string, CallState, Situation['layout']]>([
    ['nothing outside of a call', { state: 'idle' }, 'idle'],
    ['nothing while it rings', ringing, 'idle'],
    ['nothing once joining has failed', failed, 'idle'],
    ['several people while the room goes in', joining, 'gallery'],
    ['several people while the room is alone', inMeeting(), 'gallery'],
    ['one person while there is one other', withOthers(1), 'speaker'],
    ['several people while there are two others', withOthers(2), 'gallery'],
    ['what somebody shares', { ...withOthers(1), content: sharedScreen }, 'content'],
    ['what the room shares', { ...withOthers(1), ownShare: { phase: 'on' } }, 'content'],
    ['not what the room is about to share', { ...withOthers(1), ownShare: { phase: 'starting' } }, 'speaker'],
    ['what it was while a call comes back', reconnecting, null],
    ['what it was while a call is on its way out', leaving, null],
  ])('is %s', (_what, call, expected) => {
    expect(situation({ call }).layout).toBe(expected);
  });
});

describe('content', () => {
  const laptop = (isShown: boolean) => ({ input: { isPluggedIn: true, isShown } });
  test.each<[string, Partial<PanelState>, boolean | null]>([
    ['none where the room has no input', {}, false],
    ['a laptop on the display outside of a call', laptop(true), true],
    ['not a laptop that is only plugged in', laptop(false), false],
    ['not a laptop in a meeting that does not share it', { ...laptop(true), call: inMeeting() }, false],
    ['what somebody shares', { call: inMeeting({ content: sharedScreen }) }, true],
    ['not known while a call comes back', { ...laptop(true), call: reconnecting }, null],
    ['not known while a call is on its way out', { ...laptop(true), call: leaving }, null],
  ])('is shown: %s', (_what, facts, expected) => {
    expect(situation(facts).isContentShown).toBe(expected);
  });
});

describe('the microphone', () => {
  const own = (change: Parameters<typeof inRoster>[1]) => inMeeting({ roster: [inRoster(ownParticipantId, change)] });
  const closed = { isMicrophoneOn: false, isCameraOn: true };

  test('is open when room, media server and key agree that it is', () => {
    expect(situation({ call: inMeeting() }).isMicrophoneOpen).toBe(true);
  });

  test.each<[string, Partial<PanelState>]>([
    ['the button of the room', { call: inMeeting({ media: closed }) }],
    ['a host', { call: inMeeting({ roster: [mutedByHost] }) }],
    ['a host, of whose word only the mark has come', { call: own({ isMutedByHost: true }) }],
    ['the media server, which hears nothing', { call: own({ media: closed }) }],
    ['the mute key of the room', { call: inMeeting(), isMutedInRoom: true }],
    ['the mute key of the room, as the media server tells it', { call: own({ isMutedInRoom: true }) }],
    ['a roster in which the room is not', { call: inMeeting({ roster: [inRoster(newId('participant'))] }) }],
    ['the way in', { call: joining }],
    ['a call that comes back', { call: reconnecting }],
    ['a call on its way out', { call: leaving }],
    ['no call', {}],
  ])('is closed by %s', (_what, facts) => {
    expect(situation(facts).isMicrophoneOpen).toBe(false);
  });

  test('stays open whatever the others do with theirs', () => {
    const other = inRoster(newId('participant'), { media: closed, isMutedByHost: true, isMutedInRoom: true });
    expect(situation({ call: inMeeting({ roster: [other, inRoster(ownParticipantId)] }) }).isMicrophoneOpen).toBe(true);
  });
});

describe('the hour', () => {
  const claimed = (timeZone: string | null): Pick<PanelState, 'binding'> => ({
    binding: {
      ...{ state: 'claimed', terminalName: 'Cedar', organizationName: 'Glass & Sons', roomName: null },
      space: timeZone === null ? null : { name: 'Cedar', site: 'Oslo', floor: '3', capacity: 8, timeZone },
    },
  });

  test.each([
    ['UTC', '2026-01-05T12:00:59.999Z', '12:00'],
    ['Asia/Shanghai', '2026-01-05T12:00:00Z', '20:00'],
    ['Asia/Shanghai', '2026-01-05T23:30:00Z', '07:30'],
    ['Asia/Kolkata', '2026-01-05T18:30:00Z', '00:00'],
    ['America/New_York', '2026-01-05T02:00:00Z', '21:00'],
    ['America/New_York', '2026-03-08T06:59:00Z', '01:59'],
    ['America/New_York', '2026-03-08T07:00:00Z', '03:00'],
    ['America/New_York', '2026-11-01T06:00:00Z', '01:00'],
    // A terminal whose clock was never set.
    ['America/New_York', '1970-01-01T00:00:00Z', '19:00'],
  ])('in %s at %s is %s', (timeZone, at, expected) => {
    const { localMinutes } = situation(claimed(timeZone), {}, Date.parse(at));
    const [hours, minutes] = [Math.floor((localMinutes ?? Number.NaN) / 60), (localMinutes ?? Number.NaN) % 60];
    expect(`${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`).toBe(expected);
  });

  test.each<[string, Pick<PanelState, 'binding'>]>([
    ['has no space', claimed(null)],
    ['is not claimed', { binding: { state: 'contacting', fault: null } }],
    ['is not told yet where it stands', { binding: { state: 'configuring' } }],
  ])('is not known to a terminal that %s', (_what, facts) => {
    expect(situation(facts).localMinutes).toBeNull();
  });
});

describe('what is remembered', () => {
  test.each<[string, Partial<PanelState>, number]>([
    ['a call goes on', { call: inMeeting() }, noon],
    ['a call comes back', { call: reconnecting }, noon],
    ['a laptop is shown', { input: { isPluggedIn: true, isShown: true } }, noon],
    ['it rings', { call: ringing }, before.lastCallAtMs],
    ['nothing goes on', {}, before.lastCallAtMs],
  ])('of the last call, while %s', (_what, facts, expected) => {
    expect(situation(facts).lastCallAtMs).toBe(expected);
  });

  test.each<[string, boolean | null, number]>([
    ['somebody is there', true, noon],
    ['nobody is', false, before.lastOccupiedAtMs],
    ['no sensor tells', null, before.lastOccupiedAtMs],
  ])('of who was there last, while %s', (_what, isOccupied, expected) => {
    expect(situation({}, { isOccupied }).lastOccupiedAtMs).toBe(expected);
  });
});

test('what the sensors tell and when meetings are is there as it came', () => {
  const { startAt, endAt } = meeting;
  expect(situation({ meetings: [meeting] }, { isOccupied: false, isPartitionOpen: true })).toMatchObject({
    ...{ nowMs: noon, isOccupied: false, isPartitionOpen: true },
    meetings: [{ startMs: Date.parse(startAt), endMs: Date.parse(endAt) }],
  });
});
