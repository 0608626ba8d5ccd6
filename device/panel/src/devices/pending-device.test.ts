import type { DeviceTouch, PanelDevices } from '@anteroom/shared/panel/devices.ts';
import { describe, expect, it } from 'vitest';
import { createDeviceFixtures } from '../testing/device-fixtures.ts';
import { deviceTouches } from './pending-device.ts';

const now = new Date('2026-03-03T02:00:00Z');
const before = createDeviceFixtures(now);
const pending = (touch: DeviceTouch) => ({ touch, touchedAt: now, before });
const after = (touch: DeviceTouch) => deviceTouches.predict(before, pending(touch));
const wishesOf = ({ devices }: PanelDevices, name: string) =>
  devices.find((device) => device.name === name)?.rows.map(({ wish }) => wish);

const power = { kind: 'power', of: null } as const;
const standby = { kind: 'set', device: 'display', property: power, value: 'standby' } as const;
const property = { kind: 'mute', of: 'microphones' } as const;
const open = { kind: 'set', device: 'microphones', property, value: false } as const;

describe('a value that is set by hand', () => {
  it('is wanted at once, of this property of this device alone; what the device is stays as it said', () => {
    const { devices } = after(standby);
    expect(wishesOf(after(standby), 'display')?.slice(0, 2)).toEqual([
      { value: 'standby', reason: 'byHand' },
      { value: 'hdmi1', reason: 'meetingSoon' },
    ]);
    expect(devices.map(({ rows }) => rows.map(({ reading }) => reading))).toEqual(
      before.devices.map(({ rows }) => rows.map(({ reading }) => reading)),
    );
    expect(wishesOf(after(standby), 'camera')).toEqual(wishesOf(before, 'camera'));
  });

  it('is settled when the room wants it by hand, not when it wants the same of itself', () => {
    expect(deviceTouches.isSettled(pending(standby), before)).toBe(false);
    expect(deviceTouches.isSettled(pending({ ...standby, value: 'on' }), before)).toBe(false);
    expect(deviceTouches.isSettled(pending(standby), after(standby))).toBe(true);
    expect(deviceTouches.isSettled(pending(standby), after({ ...standby, value: 'on' }))).toBe(false);
  });

  it('is settled when its device is gone', () => {
    expect(deviceTouches.isSettled(pending(standby), { ...before, devices: [] })).toBe(true);
  });
});

it('what is left to the room again has no wish of a hand', () => {
  const release = { kind: 'release', device: 'microphones' } as const;
  expect(wishesOf(after(release), 'microphones')).toEqual([{ value: true, reason: 'microphoneClosed' }, null, null]);
  expect(deviceTouches.isSettled(pending(release), before)).toBe(false);
  expect(deviceTouches.isSettled(pending(release), after(release))).toBe(true);
});

it('asking foresees nothing', () => {
  expect(after({ kind: 'ask', device: 'display' })).toEqual(before);
});

it('values of one property replace each other, those of others stand beside', () => {
  const { groupOf } = deviceTouches;
  expect(groupOf(standby)).toBe(groupOf({ ...standby, value: 'on' }));
  expect(groupOf(standby)).not.toBe(groupOf({ ...standby, device: 'projector' }));
  expect(groupOf(open)).not.toBe(groupOf({ ...open, property: { kind: 'mute', of: 'loudspeakers' } }));
});
