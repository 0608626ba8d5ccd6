import type { Device, DeviceState } from './device.ts';
import type { Reading } from './reading.ts';

/**
 * A display or projector as the room uses it. Inputs bear the names that the profile gives them (`hdmi1`); volume goes
 * from 0 to 1. Only codecs know what a device makes of them.
 */
export type DisplayCommand =
  | { kind: 'setPower'; isOn: boolean }
  | { kind: 'setInput'; input: string }
  | { kind: 'setVolume'; volume: number }
  | { kind: 'setMuted'; isMuted: boolean }
  /** The picture goes dark, the device stays on. */
  | { kind: 'setBlank'; isBlank: boolean };
export type DisplayCommandKind = DisplayCommand['kind'];

export type DisplayPower = 'on' | 'standby' | 'warmingUp' | 'coolingDown';

/** Parts that a display says are broken, or will be soon. */
export type DisplayAilment = { part: 'fan' | 'lamp' | 'temperature' | 'cover' | 'filter' | 'other'; isFatal: boolean };

/** What a device is found to be able to do. */
export type DisplayCapabilities = {
  commands: readonly DisplayCommandKind[];
  inputs: readonly string[];
};

export type DisplayState = DeviceState & {
  power: Reading<DisplayPower> | null;
  /** A name of the profile, or what the device calls an input that the profile does not have. */
  input: Reading<string> | null;
  volume: Reading<number> | null;
  isMuted: Reading<boolean> | null;
  isBlank: Reading<boolean> | null;
  ailments: Reading<readonly DisplayAilment[]> | null;
};

export interface Display extends Device<DisplayCommand, DisplayCapabilities, DisplayState> {}
