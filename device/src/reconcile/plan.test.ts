import { newId } from '@anteroom/shared/ids.ts';
import type { DesiredDocument } from '@anteroom/shared/protocol/desired.ts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { nothingObserved, plan } from './plan.ts';
import { reportContent } from './report.ts';
import { createReconciler, type Executor } from './runner.ts';

const desired: DesiredDocument = {
  version: { epoch: 1, n: 4 },
  terminal: { id: newId('terminal'), name: 'Boardroom terminal' },
  organization: { id: newId('organization'), name: 'Example' },
  space: { id: newId('space'), name: 'Boardroom', site: 'London', floor: '3', capacity: 12, timeZone: 'Europe/London' },
  room: { id: newId('room'), name: 'Atlas', number: '123456789', capacity: 25 },
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
  meetings: [],
  signallingUrl: 'wss://fleet.example/signal',
};
const now = new Date('2026-01-05T09:00:00.000Z');
const log = pino({ level: 'silent' });

function start(execute: Executor = () => ({ ok: true })) {
  const steps: string[] = [];
  const reconciler = createReconciler({
    execute(step) {
      steps.push(step.step);
      return execute(step);
    },
    serverNow: () => now,
    log,
  });
  return { reconciler, steps };
}

test('a terminal that starts takes everything on, the version last', () => {
  expect(plan(desired, nothingObserved).map(({ step }) => step)).toEqual([
    ...['takePlace', 'applySettings', 'setSignalling', 'setMeetings', 'confirmVersion'],
  ]);
});

test('what is as wanted needs nothing', () => {
  const { reconciler, steps } = start();
  reconciler.converge(desired);
  steps.length = 0;
  reconciler.converge(structuredClone(desired));
  expect(steps).toEqual([]);
  expect(plan(desired, reconciler.observed())).toEqual([]);
});

test.each<[string, Partial<DesiredDocument>, string[], string]>([
  ['another room', { room: null }, ['takePlace', 'confirmVersion'], 'changed: room'],
  [
    'louder',
    { settings: { ...desired.settings, volumePercent: 90 } },
    ['applySettings', 'confirmVersion'],
    'changed: volumePercent',
  ],
  [
    'moved signalling',
    { signallingUrl: 'wss://b.example/signal' },
    ['setSignalling', 'confirmVersion'],
    'was wss://fleet.example/signal',
  ],
  ['a newer version of the same', {}, ['confirmVersion'], 'everything of 1.5 is taken on'],
])('%s changes only that, and says why', (_what, change, steps, reason) => {
  const { reconciler } = start();
  reconciler.converge(desired);
  const next = plan({ ...desired, ...change, version: { epoch: 1, n: 5 } }, reconciler.observed());
  expect(next.map(({ step }) => step)).toEqual(steps);
  expect(next[0]?.reason).toBe(reason);
});

test('a step that cannot be taken leaves the version unconfirmed, is reported with its reason, and is tried again', () => {
  let isBroken = true;
  const { reconciler } = start((step) =>
    isBroken && step.step === 'setSignalling' ? { ok: false, why: 'not encrypted' } : { ok: true },
  );
  reconciler.converge(desired);
  expect(reconciler.observed()).toMatchObject({ version: null, meetings: [] });
  expect(reconciler.shortfalls()).toEqual([{ what: 'setSignalling', why: 'not encrypted', since: now.toISOString() }]);
  isBroken = false;
  reconciler.converge(desired);
  expect(reconciler.observed().version).toEqual(desired.version);
  expect(reconciler.shortfalls()).toEqual([]);
});

test('the report says what was converged to, where the terminal stands, and what it lacks', () => {
  const { reconciler } = start();
  reconciler.converge(desired);
  const observedAt = now.toISOString();
  const report = reportContent({
    ...{ observed: reconciler.observed(), shortfalls: [], meeting: null },
    joinFailure: { reason: 'room_full', since: observedAt },
    peripherals: [
      { kind: 'camera', name: '', state: 'missing', observedAt },
      { kind: 'microphone', name: 'Speakerphone', state: 'failed', observedAt },
      { kind: 'speaker', name: 'Speakerphone', state: 'working', observedAt },
    ],
    deviceFaults: [{ what: 'device front', why: 'no_answer: nothing answers at tcp:192.0.2.4', since: observedAt }],
    hardware: { software: '0.1.0', profile: 'generic-usb', serial: 'A1' },
  });
  expect(report).toMatchObject({
    ...{ converged: desired.version, spaceId: desired.space?.id, roomId: desired.room?.id, settings: desired.settings },
    serial: 'A1',
  });
  expect(report.shortfalls.map(({ what, why }) => `${what}: ${why}`)).toEqual([
    'camera: no camera is plugged in',
    'microphone: Speakerphone does not work',
    'device front: no_answer: nothing answers at tcp:192.0.2.4',
    'join: No seat is free in this cloud room. When somebody leaves, you go in by yourself.',
  ]);
});

test('a terminal that was moved begins anew', () => {
  const { reconciler } = start();
  reconciler.converge(desired);
  reconciler.reset();
  expect(reconciler.observed()).toEqual(nothingObserved);
});
