import type { DeviceProperty, PropertyValue, RoomReason } from '@anteroom/shared/panel/devices.ts';

/** What the room wants a property of a device to be, and why. */
export type Wish = { device: string; property: DeviceProperty; value: PropertyValue; reason: RoomReason };
