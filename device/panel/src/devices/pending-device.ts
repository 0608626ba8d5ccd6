import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { DeviceProperty, DeviceRow, DeviceTouch, PanelDevices } from '@anteroom/shared/panel/devices.ts';
import type { Pending, TouchRules } from '../state/touch-store.ts';

type PendingDeviceTouch = Pending<PanelDevices, DeviceTouch>;

/** What touches of the device page do to what the room wants of its devices; what a device is only it can say. */
export const deviceTouches: TouchRules<PanelDevices, DeviceTouch> = { groupOf, isSettled, predict };

export function keyOf({ kind, of }: DeviceProperty): string {
  return of === null ? kind : `${kind} ${of}`;
}

export function isByHand({ wish }: DeviceRow): boolean {
  return wish?.reason === 'byHand';
}

function groupOf(touch: DeviceTouch): string {
  switch (touch.kind) {
    case 'set':
      return `set ${touch.device} ${keyOf(touch.property)}`;
    case 'release':
    case 'ask':
      return `${touch.kind} ${touch.device}`;
    default:
      return assertNever(touch);
  }
}

function isSettled({ touch }: PendingDeviceTouch, { devices }: PanelDevices): boolean {
  const rows = devices.find(({ name }) => name === touch.device)?.rows ?? [];
  switch (touch.kind) {
    case 'set': {
      const row = rows.find(({ property }) => keyOf(property) === keyOf(touch.property));
      return row === undefined || (isByHand(row) && row.wish?.value === touch.value);
    }
    case 'release':
      return !rows.some(isByHand);
    // What it answers shows by its age.
    case 'ask':
      return true;
    default:
      return assertNever(touch);
  }
}

function predict(document: PanelDevices, { touch }: PendingDeviceTouch): PanelDevices {
  const change = (row: DeviceRow): DeviceRow => {
    switch (touch.kind) {
      case 'set':
        return keyOf(row.property) === keyOf(touch.property)
          ? { ...row, wish: { value: touch.value, reason: 'byHand' } }
          : row;
      // What the room wants instead only the terminal knows.
      case 'release':
        return isByHand(row) ? { ...row, wish: null } : row;
      case 'ask':
        return row;
      default:
        return assertNever(touch);
    }
  };
  const devices = document.devices.map((device) =>
    device.name === touch.device ? { ...device, rows: device.rows.map(change) } : device,
  );
  return { ...document, devices };
}
