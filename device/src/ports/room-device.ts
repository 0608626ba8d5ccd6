import type { AudioProcessor } from './audio-processor.ts';
import type { Camera } from './camera.ts';
import type { Display } from './display.ts';
import type { PresenceSensor } from './presence-sensor.ts';
import type { RoomIo } from './room-io.ts';
import type { Switcher } from './switcher.ts';

/** A device as the room uses it, by its kind. */
export type RoomDevice =
  | { kind: 'camera'; device: Camera }
  | { kind: 'display'; device: Display }
  | { kind: 'audioProcessor'; device: AudioProcessor }
  | { kind: 'switcher'; device: Switcher }
  | { kind: 'roomIo'; device: RoomIo }
  | { kind: 'presenceSensor'; device: PresenceSensor };
