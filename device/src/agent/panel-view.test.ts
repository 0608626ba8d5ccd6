import { newId } from '@anteroom/shared/ids.ts';
import { panelState } from '@anteroom/shared/panel/state.ts';
import type { DesiredDocument } from '@anteroom/shared/protocol/desired.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { expect, test } from 'vitest';
import { nothingShared } from '../meeting/own-share.ts';
import { nothingYet } from '../meeting/proceedings.ts';
import type { Call, Meeting } from '../meeting/types.ts';
import { createPanelFeed } from './panel-feed.ts';
import { type PanelFacts, panelContent } from './panel-view.ts';

const nowMs = Date.parse('2026-01-05T09:00:00.000Z');
const at = { wallMs: nowMs, elapsedMs: 0 };
const open = { isMicrophoneOn: true, isCameraOn: true };
const meeting: Meeting = {
  meetingId: newId('meeting'),
  number: '123456789',
  subject: 'Design review',
  organizerName: 'Ada',
  startAt: '2026-01-05T08:30:00.000Z',
  endAt: '2026-01-05T09:30:00.000Z',
  timeZone: 'Europe/London',
  ticket: 'secret ticket',
  ringUntil: null,
  callerName: null,
};
const terminalId = newId('terminal');
const desired: DesiredDocument = {
  version: { epoch: 0, n: 1 },
  terminal: { id: terminalId, name: 'Boardroom terminal' },
  organization: { id: newId('organization'), name: 'Example' },
  space: { id: newId('space'), name: 'Boardroom', site: 'London', floor: '3', capacity: 12, timeZone: 'Europe/London' },
  room: null,
  settings: {
    language: 'en',
    isMicrophoneOnAtJoin: true,
    isCameraOnAtJoin: true,
    volumePercent: 60,
    answersAutomatically: false,
    doNotDisturb: false,
    onHostUnmute: 'ask',
    onRemoteStart: 'closed',
  },
  meetings: [meeting],
  signallingUrl: 'wss://fleet.example/signal',
};
const facts: PanelFacts = {
  ...{ nowMs, language: 'en', desired, isOnline: true, linkSince: null, meetings: [meeting], call: { state: 'idle' } },
  enrolment: { state: 'enrolled', terminalId },
  ...{ volumePercent: 60, peripherals: [], identifyUntil: null, hasDisplayPreview: false, hasSelfPreview: false },
  ...{ serial: 'SIM-1', software: '0.1.0', missedCalls: [], doNotDisturb: false },
  ...{ isMutedInRoom: false, input: null, hasDevices: false },
};
const presence = {
  ...{
    meeting,
    newerTicket: null,
    ownShare: nothingShared,
    hostWish: null,
    startedBy: 'room' as const,
    beganOpen: false,
    media: open,
    since: at,
    ownParticipantId: newId('participant'),
    roster: [],
    proceedings: nothingYet,
  },
  ...{ pressedAt: at, firstFrameMs: 120, isMediaUp: true, deaths: [] },
};
const calls: Call[] = [
  { state: 'idle' },
  { state: 'ringing', meeting, untilMs: nowMs + 45_000 },
  {
    state: 'joining',
    meeting,
    media: open,
    since: at,
    attempt: 1,
    pressedAt: at,
    startedBy: 'room',
    beganOpen: false,
    deaths: [],
  },
  { ...presence, state: 'in', announceAt: null },
  { ...presence, state: 'reconnecting', cause: 'network', isIn: false, retryAt: at },
  { state: 'leaving', meeting },
  {
    state: 'failed',
    meeting,
    media: open,
    startedBy: 'room',
    pressedAt: at,
    reason: 'room_full',
    retryAt: null,
    attempt: 1,
  },
];

test.each(calls.map((call) => [call.state, call] as const))(
  '%s is a valid document that holds no ticket',
  (state, call) => {
    const content = panelContent({ ...facts, call });
    const parsed = panelState.parse({ revision: 1, serverTime: new Date(nowMs).toISOString(), ...content });
    expect(parsed.call.state).toBe(state);
    expect(JSON.stringify(content)).not.toContain('secret ticket');
  },
);

test.each<[string, Partial<PanelFacts>, object]>([
  [
    'before the fleet answers',
    { enrolment: { state: 'contacting', fault: { en: 'No cable.', 'zh-CN': '无网线。' } }, language: 'zh-CN' },
    { state: 'contacting', fault: '无网线。' },
  ],
  ['claimed, not configured', { desired: null }, { state: 'configuring' }],
  ['revoked', { enrolment: { state: 'revoked' } }, { state: 'revoked' }],
  [
    'claimed',
    {},
    { state: 'claimed', terminalName: 'Boardroom terminal', space: { name: 'Boardroom' }, roomName: null },
  ],
])('binding %s', (_when, change, expected) => {
  expect(panelContent({ ...facts, ...change }).binding).toMatchObject(expected);
});

test.each<[string, number, boolean, number]>([
  ['going on', nowMs, false, 1],
  ['past its end, as the fleet still says', Date.parse(meeting.endAt) + 60_000, true, 1],
  ['past its end, with nobody to ask', Date.parse(meeting.endAt), false, 0],
  ['long past its end', Date.parse(meeting.endAt) + 16 * 60_000, true, 0],
])('a meeting %s', (_when, when, isOnline, shown) => {
  expect(panelContent({ ...facts, nowMs: when, isOnline }).meetings).toHaveLength(shown);
});

test('the mark that identifies the terminal ends by itself', () => {
  const identifyUntil = new Date(nowMs + 10).toISOString();
  expect(panelContent({ ...facts, identifyUntil }).identifyUntil).toBe(identifyUntil);
  expect(panelContent({ ...facts, identifyUntil, nowMs: nowMs + 10 }).identifyUntil).toBeNull();
});

test('the feed pushes what changed, once, and what changes with time alone', async () => {
  const clock = createManualClock(new Date(nowMs));
  let call: Call = { state: 'idle' };
  const feed = createPanelFeed({
    ...{ clock, serverNow: () => clock.now() },
    content: () => panelContent({ ...facts, call, isOnline: false, nowMs: clock.now().getTime() }),
  });
  const pushes: string[] = [];
  feed.onState(({ revision, call: shown, meetings }) => pushes.push(`${revision} ${shown.state} ${meetings.length}`));
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

  feed.touch();
  await settle();
  expect(pushes).toEqual([]);
  call = { state: 'leaving', meeting };
  feed.touch();
  feed.touch();
  await settle();
  expect(pushes).toEqual(['2 leaving 1']);
  await clock.advance(31 * 60_000);
  expect(pushes).toEqual(['2 leaving 1', '3 leaving 0']);
  await feed[Symbol.asyncDispose]();
});

test('a revoked terminal shows none of the meetings that it is still to forget', () => {
  expect(panelContent({ ...facts, enrolment: { state: 'revoked' } }).meetings).toEqual([]);
});
