import type { DevicePropertyKind, PropertyChoice, PropertyValue } from '@anteroom/shared/panel/devices.ts';
import type { PresetsByLayout, RoomPlan } from '@anteroom/shared/profile/installation.ts';
import type { RoomAccessory } from '../ports/room-accessory.ts';
import { observe } from './observed.ts';
import { rowOf } from './plan.ts';
import { isChoice, propertiesOf } from './properties.ts';

/** What a room's plan asks of one device: to be of a kind, and to have something. */
type Need = {
  place: string;
  device: string;
  kinds: readonly RoomAccessory['kind'][];
  has: { kind: DevicePropertyKind; of: string | null; value: PropertyValue | null } | null;
};

/** Each place of the plan that asks of a device what its model does not have, in words. Pure. */
export function misplaced(room: RoomPlan, accessories: readonly RoomAccessory[]): string[] {
  return needsOf(room).flatMap((need) => {
    const accessory = accessories.find(({ name }) => name === need.device);
    const why = accessory && complaint(need, accessory);
    return why ? [`room.${need.place}: ${need.device} ${why}`] : [];
  });
}

/** What the plan's author wrote, where the property has another name: of a channel, it is the mute that is set. */
const planWords: Readonly<Partial<Record<DevicePropertyKind, string>>> = { mute: 'channel' };

function complaint({ kinds, has }: Need, { kind, found }: RoomAccessory): string | null {
  if (!kinds.includes(kind)) return `is of the kind ${kind}, expected ${kinds.join(' or ')}`;
  if (has === null || 'why' in found) return null;
  const { of, value } = has;
  const rows = propertiesOf(observe(found.room), 'en');
  const row = rowOf(rows, has);
  if (row && (value === null || (row.choice && isChoice(row.choice, value)))) return null;
  const names = rows.filter(({ property }) => property.kind === has.kind).map(({ property }) => property.of);
  const known = value === null ? names.join(', ') : choiceWords(row?.choice ?? null);
  return `has no ${planWords[has.kind] ?? has.kind} ${of ?? value}: it has ${known || 'none'}`;
}

function choiceWords(choice: PropertyChoice | null): string | null {
  if (choice?.kind === 'range') return `${choice.least} to ${choice.most}`;
  return choice?.kind === 'oneOf' ? choice.values.join(', ') : null;
}

function needsOf({ displays, camera, microphones, muteLamp, doorSign, occupancy, partition }: RoomPlan): Need[] {
  const output = (of: string) => ({ kind: 'output' as const, of, value: null });
  const contact = (of: string) => ({ kind: 'contact' as const, of, value: null });
  const presets = (place: string, given: PresetsByLayout): Need[] =>
    Object.entries(given).map(([layout, value = null]) => ({
      ...{ place: `${place}.${layout}`, device: camera?.device ?? '', kinds: ['camera'] },
      has: { kind: 'preset', of: null, value },
    }));
  return [
    ...displays.flatMap(({ device, ...inputs }, index) =>
      Object.entries(inputs).map(
        ([key, value = null]): Need => ({
          ...{ place: `displays.${index}.${key}`, device, kinds: ['display'] },
          has: { kind: 'input', of: null, value },
        }),
      ),
    ),
    ...(camera ? [{ place: 'camera', device: camera.device, kinds: ['camera'], has: null } satisfies Need] : []),
    ...(camera ? presets('camera.presets', camera.presets) : []),
    ...microphones.map(
      ({ device, channel }, index): Need => ({
        ...{ place: `microphones.${index}.channel`, device, kinds: ['audioProcessor'] },
        has: { kind: 'mute', of: channel, value: null },
      }),
    ),
    ...muteLamp.map(
      (lamp, index): Need => ({
        ...{ place: `muteLamp.${index}.output`, device: lamp.device, kinds: ['roomIo'], has: output(lamp.output) },
      }),
    ),
    ...(['busy', 'free', 'soon'] as const).flatMap((key): Need[] => {
      const lamp = doorSign?.[key];
      if (!doorSign || lamp === undefined) return [];
      return [{ place: `doorSign.${key}`, device: doorSign.device, kinds: ['roomIo'], has: output(lamp) }];
    }),
    ...occupancy.map(({ device, contact: name }, index): Need => {
      const place = `occupancy.${index}`;
      if (name === undefined) return { place, device, kinds: ['presenceSensor'], has: null };
      return { place: `${place}.contact`, device, kinds: ['roomIo'], has: contact(name) };
    }),
    ...(partition
      ? [
          {
            ...{ place: 'partition.contact', device: partition.device, has: contact(partition.contact) },
            kinds: ['roomIo'],
          } satisfies Need,
          ...presets('partition.open', partition.open),
          ...presets('partition.closed', partition.closed),
        ]
      : []),
  ];
}
