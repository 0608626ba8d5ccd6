import type {
  DeviceProperty,
  DevicePropertyKind,
  DeviceTouchRefusal,
  PropertyValue,
} from '@anteroom/shared/panel/devices.ts';
import type { RoomPlan } from '@anteroom/shared/profile/installation.ts';
import { isChoice, isSameProperty, type PropertyRow } from './properties.ts';
import type { Wish } from './wish.ts';

/**
 * What people set on the device page stands above what the room wants of the same property, until the room's situation
 * changes or they let the room decide again. Pure.
 */
export type ByHand = readonly Wish[];

const views: readonly DevicePropertyKind[] = ['preset', 'pan', 'tilt', 'zoom'];

/** A preset is a view of its own; pan, tilt and zoom are parts of one. Two different views would fight for the camera. */
function excludes(one: DeviceProperty, other: DeviceProperty): boolean {
  if (isSameProperty(one, other)) return true;
  if (!views.includes(one.kind) || !views.includes(other.kind)) return false;
  return one.kind === 'preset' || other.kind === 'preset';
}

export function setByHand(held: ByHand, wish: Omit<Wish, 'reason'>): ByHand {
  const others = held.filter(({ device, property }) => device !== wish.device || !excludes(wish.property, property));
  return [...others, { ...wish, reason: 'byHand' }];
}

export function release(held: ByHand, device: string): ByHand {
  return held.filter((wish) => wish.device !== device);
}

/** All wishes together. */
export function withByHand(wishes: readonly Wish[], held: ByHand): Wish[] {
  const left = wishes.filter(
    ({ device, property }) => !held.some((hand) => hand.device === device && excludes(hand.property, property)),
  );
  return [...left, ...held];
}

/** What tells or decides whether the microphones are open is nobody's to set: the call's own buttons do that. */
export function isByRoomAlone(
  { microphones, muteLamp }: Pick<RoomPlan, 'microphones' | 'muteLamp'>,
  device: string,
  { kind, of }: DeviceProperty,
): boolean {
  const ofMicrophones = microphones.filter((microphone) => microphone.device === device);
  if (kind === 'mute') return ofMicrophones.some(({ channel }) => channel === of);
  // A preset sets mutes, too.
  if (kind === 'preset') return ofMicrophones.length > 0;
  return kind === 'output' && muteLamp.some((lamp) => lamp.device === device && lamp.output === of);
}

/** Why a property cannot be set so by hand; null when it can. */
export function whyNotSet(
  row: PropertyRow | undefined,
  value: PropertyValue,
  isByRoom: boolean,
): DeviceTouchRefusal | null {
  if (!row?.choice || isByRoom) return 'not_settable';
  return isChoice(row.choice, value) ? null : 'value_unknown';
}
