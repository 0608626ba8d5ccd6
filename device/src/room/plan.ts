import type { DeviceProperty, DevicePropertyKind, PropertyValue, RoomReason } from '@anteroom/shared/panel/devices.ts';
import { commandFor, type DeviceCommand } from './commands.ts';
import { isReady, type ObservedDevice } from './observed.ts';
import { isSameProperty, isSameValue, type PropertyRow, propertiesOf } from './properties.ts';
import type { Wish } from './wish.ts';

/** One thing to tell one device, what it is to become of it, and why. */
export type RoomStep = {
  device: string;
  property: DeviceProperty;
  value: PropertyValue;
  reason: RoomReason;
} & DeviceCommand;

/** What a device was told and did since it was last switched on, for what it cannot be asked. */
export type Done = readonly { property: DeviceProperty; value: PropertyValue; doneAt: string }[];

/** Reached once and then let be: somebody with a remote control is not worked against. */
const reachedOnce: readonly DevicePropertyKind[] = ['preset', 'pan', 'tilt', 'zoom'];

/**
 * What to tell the device, in order, for it to become what is wanted. Nothing for what it says it is already, nothing while
 * it does not answer, and nothing but power until it is on: while its power changes it would only say no. Pure.
 */
export function plan(wishes: readonly Wish[], observed: ObservedDevice, done: Done): RoomStep[] {
  if (!observed.state.isConnected) return [];
  const rows = propertiesOf(observed, 'en');
  const canBeTold = isReady(observed);
  return (
    wishes
      .filter(({ property }) => canBeTold || property.kind === 'power')
      // A camera that is always on has no power to be switched.
      .filter(({ property }) => rowOf(rows, property)?.choice)
      .filter((wish) => !isFulfilled(wish, rowOf(rows, wish.property), done))
      .flatMap((wish) => {
        const command = commandFor(observed, wish.property, wish.value);
        return command ? [{ ...wish, ...command }] : [];
      })
  );
}

export function isFulfilled(wish: Wish, row: PropertyRow | undefined, done: Done): boolean {
  const { kind } = wish.property;
  const reading = row?.reading ?? null;
  if (reading === null || reachedOnce.includes(kind)) {
    const known = done.find(({ property }) => isSameProperty(property, wish.property));
    return known !== undefined && isSameValue(kind, known.value, wish.value);
  }
  return isSameValue(kind, reading.value, wish.value) || isOnItsWay(kind, reading.value);
}

/** Power that changes is left alone until it has. */
const isOnItsWay = (kind: DevicePropertyKind, value: PropertyValue) =>
  kind === 'power' && (value === 'warmingUp' || value === 'coolingDown');

export function rowOf(rows: readonly PropertyRow[], property: DeviceProperty): PropertyRow | undefined {
  return rows.find((row) => isSameProperty(row.property, property));
}
