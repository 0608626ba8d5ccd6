import type { PanelMeeting } from '@anteroom/shared/panel/state.ts';
import { describe, expect, test } from 'vitest';
import { outlook } from './schedule.ts';

const now = new Date('2026-01-05T09:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

function meeting(digit: number, from: number, to: number): PanelMeeting {
  return {
    meetingId: `mtg_${String(digit).repeat(32)}`,
    number: '418205736',
    subject: `meeting ${digit}`,
    organizerName: 'Lin Yuehan',
    startAt: at(from),
    endAt: at(to),
    canJoin: true,
  };
}

describe('outlook', () => {
  test('nothing stands at the door of an empty schedule', () => {
    expect(outlook([], now)).toEqual({ atDoor: null, later: [] });
  });

  test('a meeting more than ten minutes away leaves the door closed', () => {
    const { atDoor, later } = outlook([meeting(1, 11, 40)], now);
    expect(atDoor).toBeNull();
    expect(later.map(({ subject }) => subject)).toEqual(['meeting 1']);
  });

  test('a meeting ten minutes away sets the door ajar', () => {
    const { atDoor } = outlook([meeting(1, 10, 40), meeting(2, 60, 90)], now);
    expect(atDoor?.meeting.subject).toBe('meeting 1');
    expect(atDoor?.phase).toBe('soon');
    expect(atDoor?.opening).toBeCloseTo(0.45);
  });

  test('a running meeting stands fully open, and the rest of the day comes after it', () => {
    const { atDoor, later } = outlook([meeting(2, 60, 90), meeting(1, -5, 40)], now);
    expect(atDoor).toMatchObject({ phase: 'running', opening: 1 });
    expect(later.map(({ subject }) => subject)).toEqual(['meeting 2']);
  });

  test('a meeting over its time can still be joined for a while', () => {
    const { atDoor } = outlook([meeting(1, -60, -14)], now);
    expect(atDoor).toMatchObject({ phase: 'over', opening: 1 });
    expect(outlook([meeting(1, -60, -15)], now).atDoor).toBeNull();
  });

  test('a meeting over its time gives way to the next one at the door', () => {
    const { atDoor, later } = outlook([meeting(1, -60, -3), meeting(2, 4, 30)], now);
    expect(atDoor?.meeting.subject).toBe('meeting 2');
    expect(later).toEqual([]);
  });
});
