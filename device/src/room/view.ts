import type {
  DeviceFault,
  DeviceProperty,
  DeviceRow,
  PanelDevice,
  PanelDevices,
} from '@anteroom/shared/panel/devices.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { RoomAccessory } from '../ports/room-accessory.ts';
import type { ObservedDevice } from './observed.ts';
import type { Done } from './plan.ts';
import { isSameProperty, propertiesOf } from './properties.ts';
import type { Wish } from './wish.ts';

/** What the loop knows of a device. */
export type Attended = { observed: ObservedDevice; done: Done; fault: DeviceFault | null };

/** One device as the device page shows it. Pure. */
export function deviceView(
  { name, title, kind, address, askEveryMs }: Pick<RoomAccessory, 'name' | 'title' | 'kind' | 'address' | 'askEveryMs'>,
  { observed, done, fault }: Attended,
  room: { wishes: readonly Wish[]; isByRoomAlone(property: DeviceProperty): boolean; language: Language },
): PanelDevice {
  const { isConnected, identity } = observed.state;
  const rows = propertiesOf(observed, room.language).map((row): DeviceRow => {
    const wish = room.wishes.find((each) => isSameProperty(each.property, row.property));
    return {
      property: row.property,
      reading: row.property.kind === 'preset' ? lastRecalled(done) : row.reading,
      wish: wish ? { value: wish.value, reason: wish.reason } : null,
      choice: room.isByRoomAlone(row.property) ? null : row.choice,
    };
  });
  return {
    ...{ name, kind, title, address, isConnected, askEveryMs, fault, rows },
    identity: identity?.value ?? null,
  };
}

/** No device tells which preset it stands in: it is what was recalled last. */
function lastRecalled(done: Done): DeviceRow['reading'] {
  const preset = done.find(({ property }) => property.kind === 'preset');
  return preset ? { value: preset.value, observedAt: preset.doneAt, source: 'answer' } : null;
}

/** A device that could not be driven at all, with the reason. */
export function undrivenView(accessory: RoomAccessory, why: string, since: string): PanelDevice {
  const { name, title, kind, address, askEveryMs } = accessory;
  return {
    ...{ name, kind, title, address, askEveryMs, isConnected: false, identity: null, rows: [] },
    fault: { kind: 'unexpected', detail: why, since },
  };
}

/** A plug that is pulled and put back, and a device that is just found, are no matter of the fleet. */
const toldAfterMs = 10_000;

/** What the fleet hears of them. Pure. */
export function shortfallsOf({ devices, serverTime }: PanelDevices): { what: string; why: string; since: string }[] {
  const before = Date.parse(serverTime) - toldAfterMs;
  return devices.flatMap(({ name, fault }) =>
    fault && Date.parse(fault.since) <= before
      ? [{ what: `device ${name}`, why: `${fault.kind}: ${fault.detail}`, since: fault.since }]
      : [],
  );
}
