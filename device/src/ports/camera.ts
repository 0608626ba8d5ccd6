import type { Device, DeviceState } from './device.ts';
import type { Reading } from './reading.ts';

/**
 * A camera as the room uses it. Units: angles in degrees from the middle, right and up positive; zoom from 0 (wide) to 1
 * (tele); speeds from −1 to 1, right, up and tele positive. Only codecs know what a device makes of them.
 */
export type CameraCommand =
  | { kind: 'setPower'; isOn: boolean }
  /** Moves until `stop`; a speed of 0 stands still. */
  | { kind: 'move'; panSpeed: number; tiltSpeed: number }
  | { kind: 'zoom'; zoomSpeed: number }
  /** Ends every movement. Goes before everything that waits. */
  | { kind: 'stop' }
  | { kind: 'moveTo'; panDeg: number; tiltDeg: number }
  | { kind: 'zoomTo'; zoom: number }
  | { kind: 'home' }
  | { kind: 'setPreset'; preset: number }
  | { kind: 'recallPreset'; preset: number }
  | { kind: 'setFocus'; focus: 'auto' | 'manual' };
export type CameraCommandKind = CameraCommand['kind'];

/** What a device is found to be able to do. */
export type CameraCapabilities = {
  commands: readonly CameraCommandKind[];
  panDeg: { least: number; most: number };
  tiltDeg: { least: number; most: number };
  presets: number;
};

export type CameraState = DeviceState & {
  isOn: Reading<boolean> | null;
  position: Reading<{ panDeg: number; tiltDeg: number }> | null;
  zoom: Reading<number> | null;
};

export interface Camera extends Device<CameraCommand, CameraCapabilities, CameraState> {}
