import { expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { openControls } from '../meeting/control.ts';
import { someone } from '../signalling/testing/someone.ts';
import { type ActionRefusal, actionRefusals, type PanelAction, whyNot, whyNotTouch } from './actions.ts';
import type { CallState, PanelState } from './state.ts';

const states: CallState['state'][] = ['idle', 'ringing', 'joining', 'in', 'reconnecting', 'leaving', 'failed'];

test.each<[PanelAction, string]>([
  ['join', 'yes yes already_in_call already_in_call already_in_call leaving yes'],
  ['answer', 'not_ringing yes not_ringing not_ringing not_ringing not_ringing not_ringing'],
  ['decline', 'not_ringing yes not_ringing not_ringing not_ringing not_ringing not_ringing'],
  ['leave', 'no_call no_call yes yes yes leaving no_call'],
  ['cancelJoin', 'not_joining not_joining yes not_joining not_joining not_joining not_joining'],
  ['dismissFailure', 'no_failure no_failure no_failure no_failure no_failure no_failure yes'],
  ['dismissMissed', 'yes yes yes yes yes yes yes'],
  ['setMicrophone', 'no_call no_call yes yes yes leaving no_call'],
  ['setCamera', 'no_call no_call yes yes yes leaving no_call'],
  ['acceptAsk', 'no_call no_call no_call yes yes leaving no_call'],
  ['declineAsk', 'no_call no_call no_call yes yes leaving no_call'],
  ['control', 'no_call no_call no_call yes reconnecting leaving no_call'],
  ['share', 'no_call no_call no_call yes reconnecting leaving no_call'],
  ['stopSharing', 'no_call no_call no_call yes yes leaving no_call'],
  ['setVolume', 'yes yes yes yes yes yes yes'],
  ['setLanguage', 'yes yes yes yes yes yes yes'],
])('%s over the states of a call: %s', (action, expected) => {
  expect(states.map((state) => whyNot(action, state) ?? 'yes').join(' ')).toBe(expected);
});

const startAt = '2026-01-05T10:00:00.000Z';
const meeting = {
  meetingId: newId('meeting'),
  number: '123456789',
  subject: 'Design review',
  organizerName: 'Ada',
  startAt,
  endAt: '2026-01-05T11:00:00.000Z',
  canJoin: true,
};
const panel: PanelState = {
  revision: 1,
  serverTime: startAt,
  language: 'en',
  binding: { state: 'claimed', terminalName: 'T', organizationName: 'O', space: null, roomName: null },
  link: { isOnline: false, since: null },
  meetings: [meeting],
  call: { state: 'idle' },
  missedCalls: [],
  doNotDisturb: false,
  isMutedInRoom: false,
  input: null,
  volumePercent: 50,
  peripherals: [],
  identifyUntil: null,
  hasDisplayPreview: false,
  hasSelfPreview: false,
  hasDevices: false,
  serial: 's',
  software: 'v',
};
const join = { kind: 'join', meetingId: meeting.meetingId } as const;
const minutes = (count: number) => Date.parse(startAt) + count * 60_000;

test.each<[string, Partial<PanelState>, number, ActionRefusal | null]>([
  ['10 minutes before the start', {}, minutes(-10), null],
  ['a moment earlier', {}, minutes(-10) - 1, 'too_early'],
  ['without a ticket', { meetings: [{ ...meeting, canJoin: false }] }, minutes(0), 'no_ticket'],
  ['a meeting that went', { meetings: [] }, minutes(0), 'meeting_unknown'],
  ['before pairing', { binding: { state: 'contacting', fault: null } }, minutes(0), 'not_paired'],
  ['while leaving another', { call: { state: 'leaving', meeting } }, minutes(0), 'leaving'],
])('join %s', (_when, change, nowMs, expected) => {
  expect(whyNotTouch(join, { ...panel, ...change }, nowMs)).toBe(expected);
});

test('the language can be chosen on the pairing screen', () => {
  const pairing: PanelState = { ...panel, binding: { state: 'contacting', fault: null } };
  expect(whyNotTouch({ kind: 'setLanguage', language: 'zh-CN' }, pairing, minutes(0))).toBeNull();
});

test('missed calls are put away when there are any', () => {
  const missedCalls = [{ meetingId: meeting.meetingId, subject: 'x', callerName: 'Ada', missedAt: startAt }];
  expect(whyNotTouch({ kind: 'dismissMissed' }, panel, minutes(0))).toBe('nothing_missed');
  expect(whyNotTouch({ kind: 'dismissMissed' }, { ...panel, missedCalls }, minutes(0))).toBeNull();
});

test('what the room’s mute key closed is not opened by a touch', () => {
  const call: CallState = {
    state: 'joining',
    meeting,
    since: startAt,
    attempt: 1,
    startedBy: 'room',
    beganOpen: false,
  };
  const muted: PanelState = { ...panel, call, isMutedInRoom: true };
  const setMicrophone = (isOn: boolean) => ({ kind: 'setMicrophone', isOn }) as const;
  expect(whyNotTouch(setMicrophone(true), muted, minutes(0))).toBe('own_mute_key');
  expect(whyNotTouch(setMicrophone(false), muted, minutes(0))).toBeNull();
  expect(whyNotTouch(setMicrophone(true), { ...muted, isMutedInRoom: false }, minutes(0))).toBeNull();
  expect(whyNotTouch({ kind: 'setCamera', isOn: true }, muted, minutes(0))).toBeNull();
});

test('a laptop is shared by the rules of the meeting, once one is plugged in', () => {
  const [own, ada] = [someone('Cedar', { role: 'member' }), someone('Ada', { role: 'member' })];
  const content = { kind: 'screen', participantId: ada.participantId, startedAt: startAt } as const;
  const inMeeting = (change: object, isPluggedIn = true): PanelState => ({
    ...panel,
    input: { isPluggedIn, isShown: false },
    call: {
      ...{
        state: 'in',
        meeting,
        since: startAt,
        startedBy: 'room',
        beganOpen: false,
        ownParticipantId: own.participantId,
      },
      ...{ media: own.media, roster: [own, ada], firstFrameMs: null, hostWish: null, controls: openControls },
      ...{ content: null, waiting: [], called: [], reactions: [], words: null, outcome: null },
      ownShare: { phase: 'off', end: null },
      ...change,
    },
  });
  const share = (state: PanelState, takesOver = false) => whyNotTouch({ kind: 'share', takesOver }, state, minutes(0));
  expect(share(inMeeting({}))).toBeNull();
  expect(share(inMeeting({}, false))).toBe('no_laptop');
  expect(share({ ...inMeeting({}), input: null })).toBe('no_laptop');
  expect(share(inMeeting({ content }))).toBe('somebody_shares');
  expect(share(inMeeting({ content }), true)).toBeNull();
  expect(share(inMeeting({ content, roster: [own, { ...ada, role: 'host' }] }), true)).toBe('host_shares');
  expect(share(inMeeting({ controls: { ...openControls, canShare: false } }))).toBe('sharing_not_allowed');
  const stop = (ownShare: object) => whyNotTouch({ kind: 'stopSharing' }, inMeeting({ ownShare }), minutes(0));
  expect(stop({ phase: 'off', end: null })).toBe('not_sharing');
  expect(stop({ phase: 'off', end: 'unplugged' })).toBeNull();
  expect(stop({ phase: 'on' })).toBeNull();
});

test('every refusal is a sentence in both languages', () => {
  for (const text of Object.values(actionRefusals)) {
    expect(text.en).toMatch(/\.$/);
    expect(text['zh-CN']).toMatch(/。$/);
  }
});
