import type { Device, DeviceState } from './device.ts';
import type { Reading } from './reading.ts';

/**
 * A switcher or matrix of sources and screens, by the numbers on its back, from 1. A switcher with one output has output 1.
 * Volume goes from 0 to 1.
 */
export type SwitcherCommand =
  /** `input` 0 takes everything away. */
  | { kind: 'route'; input: number; output: number; layer: 'both' | 'video' | 'audio' }
  | { kind: 'setVolume'; volume: number }
  | { kind: 'setMuted'; isMuted: boolean }
  | { kind: 'recallPreset'; preset: number }
  | { kind: 'savePreset'; preset: number };
export type SwitcherCommandKind = SwitcherCommand['kind'];

export type SwitcherCapabilities = {
  commands: readonly SwitcherCommandKind[];
  inputs: number;
  outputs: number;
  presets: number;
};

export type SwitcherState = DeviceState & {
  /** Which input each output shows and lets hear; the key is the output. */
  routes: Readonly<Record<number, { video: Reading<number> | null; audio: Reading<number> | null }>>;
  volume: Reading<number> | null;
  isMuted: Reading<boolean> | null;
};

export interface Switcher extends Device<SwitcherCommand, SwitcherCapabilities, SwitcherState> {}
