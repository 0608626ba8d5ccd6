import { type RoomPlan, roomPlan } from '@anteroom/shared/profile/installation.ts';
import type { z } from 'zod';
import type { Situation } from '../situation.ts';

export const noon = Date.parse('2026-01-05T12:00:00Z');
export const minutesMs = (minutes: number) => minutes * 60_000;

/** An empty room at noon in which nothing has gone on for an hour. */
export const nothingGoesOn: Situation = {
  ...{ nowMs: noon, localMinutes: 12 * 60, isInCall: false, isRinging: false, layout: 'idle', isContentShown: false },
  ...{ isMicrophoneOpen: false, meetings: [], isOccupied: null, isPartitionOpen: null },
  ...{ lastCallAtMs: noon - minutesMs(60), lastOccupiedAtMs: noon - minutesMs(60) },
};

export const inCall: Situation = { ...nothingGoesOn, isInCall: true, layout: 'gallery', lastCallAtMs: noon };

/** A room with everything that an installation knows. */
export function furnishedRoom(change: z.input<typeof roomPlan> = {}): RoomPlan {
  return roomPlan.parse({
    displays: [{ device: 'front', input: 'hdmi1', contentInput: 'hdmi2' }],
    camera: { device: 'camera', presets: { idle: 1, gallery: 2, speaker: 3, content: 4 } },
    microphones: [{ device: 'sound', channel: 'danteIn1' }],
    muteLamp: [{ device: 'io', output: 'lamp', isLitWhile: 'closed' }],
    doorSign: { device: 'io', busy: 'red', soon: 'yellow', free: 'green' },
    occupancy: [{ device: 'presence' }],
    partition: { device: 'io', contact: 'wall', open: { gallery: 5 }, closed: {} },
    behaviour: { quietHours: [{ from: '22:00', to: '06:00' }] },
    ...change,
  });
}
