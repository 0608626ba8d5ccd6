import type { Device, DeviceState } from './device.ts';
import type { Reading } from './reading.ts';

/** Whether somebody is in the room. It is only read: there is nothing that it could be told to do. */
export type PresenceSensorState = DeviceState & {
  isOccupied: Reading<boolean> | null;
  /** How many people, where it counts them. */
  people: Reading<number> | null;
};

export type PresenceSensorCapabilities = { countsPeople: boolean };

export interface PresenceSensor extends Device<never, PresenceSensorCapabilities, PresenceSensorState> {}
