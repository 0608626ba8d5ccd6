import type { DeviceFault, DeviceProperty, PropertyValue } from '@anteroom/shared/panel/devices.ts';
import { DriverError } from '../ports/driver-error.ts';
import { isSameProperty, isSameValue } from './properties.ts';

/** What could not be done with a device, and when it may be tried again. */
export type Failure = {
  property: DeviceProperty;
  value: PropertyValue;
  fault: DeviceFault;
  tries: number;
  retryAtMs: number;
};

/** Soon at first, because a device that warms up says no for a moment; then ever more rarely. */
const firstRetryMs = 2_000;
const rarestRetryMs = 120_000;

/** A failure of this wish after those before it. Pure. */
export function failAgain(
  before: readonly Failure[],
  failed: { property: DeviceProperty; value: PropertyValue; fault: DeviceFault; nowMs: number },
): Failure[] {
  const { property, value, fault, nowMs } = failed;
  const known = failureOf(before, failed);
  const tries = (known?.tries ?? 0) + 1;
  const retryAtMs = nowMs + Math.min(firstRetryMs * 2 ** (tries - 1), rarestRetryMs);
  const since = known?.fault.since ?? fault.since;
  return [
    ...before.filter((other) => !isSameProperty(other.property, property)),
    { property, value, fault: { ...fault, since }, tries, retryAtMs },
  ];
}

export function failureOf(
  failures: readonly Failure[],
  { property, value }: { property: DeviceProperty; value: PropertyValue },
): Failure | undefined {
  return failures.find(
    (failure) => isSameProperty(failure.property, property) && isSameValue(property.kind, failure.value, value),
  );
}

export function faultOf(error: unknown, since: string): DeviceFault {
  const kind = error instanceof DriverError ? error.fault : 'unexpected';
  return { kind, detail: error instanceof Error ? error.message : String(error), since };
}
