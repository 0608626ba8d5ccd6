import type { CallState, PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import { describe, expect, test } from 'vitest';
import { createFixtures } from '../testing/fixtures.ts';
import { groupOf, isSettled, type PendingTouch, predict } from './pending.ts';

const now = new Date('2026-01-05T09:00:00Z');
const states = createFixtures(now);
const review = states.running.meetings[0];
if (!review) throw new Error('the fixtures have no meeting');
const { meetingId } = review;

const pending = (touch: PanelTouch, before: PanelState): PendingTouch => ({
  touch,
  touchedAt: now,
  before,
});
const after = (touch: PanelTouch, before: PanelState) => predict(before, pending(touch, before));

describe('predict', () => {
  const cases: [PanelTouch, PanelState, CallState['state']][] = [
    [{ kind: 'join', meetingId }, states.running, 'joining'],
    [{ kind: 'join', meetingId }, states.full, 'joining'],
    [{ kind: 'answer' }, states.ringing, 'joining'],
    [{ kind: 'decline' }, states.ringing, 'idle'],
    [{ kind: 'cancelJoin' }, states.joining, 'idle'],
    [{ kind: 'leave' }, states.inside, 'leaving'],
    [{ kind: 'dismissFailure' }, states.full, 'idle'],
  ];
  test.each(cases)('%j', (touch, before, expected) => {
    expect(after(touch, before).call.state).toBe(expected);
  });

  test('a meeting that is no longer on the schedule changes nothing', () => {
    expect(after({ kind: 'join', meetingId }, states.free)).toBe(states.free);
  });

  test('microphone, camera, volume and language change alone', () => {
    const { call } = after({ kind: 'setMicrophone', isOn: false }, states.inside);
    expect(call).toMatchObject({ state: 'in', media: { isMicrophoneOn: false, isCameraOn: true } });
    expect(after({ kind: 'setVolume', volumePercent: 70 }, states.inside).volumePercent).toBe(70);
    expect(after({ kind: 'dismissMissed' }, states.missed).missedCalls).toEqual([]);
    expect(after({ kind: 'setLanguage', language: 'zh-CN' }, states.home).language).toBe('zh-CN');
  });
});

describe('isSettled', () => {
  test('a join waits while nothing has moved, whatever else is pushed', () => {
    const one = pending({ kind: 'join', meetingId }, states.full);
    expect(isSettled(one, { ...states.full, revision: 9, volumePercent: 10 })).toBe(false);
  });

  test('a join ends with any other state of the call, also a new failure', () => {
    const one = pending({ kind: 'join', meetingId }, states.full);
    expect(isSettled(one, states.joining)).toBe(true);
    expect(isSettled(one, states.unreachable)).toBe(true);
  });

  test('a switch ends when the state agrees, or when there is nothing left to switch', () => {
    const one = pending({ kind: 'setMicrophone', isOn: false }, states.inside);
    expect(isSettled(one, states.inside)).toBe(false);
    expect(isSettled(one, states.muted)).toBe(true);
    expect(isSettled(one, states.home)).toBe(true);
  });
});

test('touches of the call replace each other, switches only their own kind', () => {
  expect(groupOf({ kind: 'join', meetingId })).toBe(groupOf({ kind: 'cancelJoin' }));
  expect(groupOf({ kind: 'setMicrophone', isOn: true })).not.toBe(groupOf({ kind: 'setCamera', isOn: true }));
});
