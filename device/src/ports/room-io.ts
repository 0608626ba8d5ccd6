import type { Device, DeviceState } from './device.ts';
import type { Reading } from './reading.ts';

/** Relays and lamps that are switched, contacts that are read, by the names that the profile gives them. */
export type RoomIoCommand =
  | { kind: 'setOutput'; output: string; isOn: boolean }
  /** On, and off again after so long, whatever becomes of the program: a screen motor, a door opener. */
  | { kind: 'pulseOutput'; output: string; forMs: number };
export type RoomIoCommandKind = RoomIoCommand['kind'];

export type RoomIoCapabilities = {
  commands: readonly RoomIoCommandKind[];
  outputs: readonly string[];
  contacts: readonly string[];
};

export type RoomIoState = DeviceState & {
  /** What was last switched; null until then. */
  outputs: Readonly<Record<string, Reading<boolean> | null>>;
  /** True while closed, or active. */
  contacts: Readonly<Record<string, Reading<boolean> | null>>;
};

export interface RoomIo extends Device<RoomIoCommand, RoomIoCapabilities, RoomIoState> {}
