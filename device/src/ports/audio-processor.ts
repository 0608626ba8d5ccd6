import type { Device, DeviceState } from './device.ts';
import type { Reading } from './reading.ts';

/**
 * A sound processor, or microphones with one inside. Channels and presets bear the names that the profile gives them; gain
 * is in decibels, 0 dB leaving the signal as it is.
 */
export type AudioProcessorCommand =
  | { kind: 'setGain'; channel: string; gainDb: number }
  | { kind: 'setMuted'; channel: string; isMuted: boolean }
  | { kind: 'recallPreset'; preset: string };
export type AudioProcessorCommandKind = AudioProcessorCommand['kind'];

/** `gainDb` null for a channel that can only be muted. */
export type AudioChannel = { name: string; gainDb: { least: number; most: number } | null };

export type AudioProcessorCapabilities = {
  commands: readonly AudioProcessorCommandKind[];
  channels: readonly AudioChannel[];
  presets: readonly string[];
};

export type AudioChannelState = { gainDb: Reading<number> | null; isMuted: Reading<boolean> | null };

export type AudioProcessorState = DeviceState & {
  channels: Readonly<Record<string, AudioChannelState>>;
  /** What the device itself says is wrong with it, in its own words. */
  ailments: Reading<readonly string[]> | null;
};

export interface AudioProcessor
  extends Device<AudioProcessorCommand, AudioProcessorCapabilities, AudioProcessorState> {}
