import type { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { NumberInput, TextInput } from '@mantine/core';
import { texts } from '../../locales/texts.ts';

/** `guestPassword` is empty for none. */
export type RoomValues = { name: string; capacity: number; guestPassword: string };

export const emptyRoom: RoomValues = { name: '', capacity: 10, guestPassword: '' };

export function toRoomBody({ guestPassword, ...fields }: RoomValues): RouteBody<typeof roomRoutes.create> {
  return { ...fields, guestPassword: guestPassword.trim() === '' ? null : guestPassword.trim() };
}

/** The fields of a cloud room, for its page and for the dialog that makes one on the way. */
export function RoomFields({
  values,
  isRefused,
  set,
}: {
  values: RoomValues;
  isRefused: (name: keyof RoomValues) => boolean;
  set: <K extends keyof RoomValues>(name: K, value: RoomValues[K]) => void;
}) {
  const text = texts.useText();
  return (
    <div className="form-pair">
      <TextInput
        label={text('field.roomName')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <NumberInput
        label={text('field.places')}
        value={values.capacity}
        onChange={(value) => set('capacity', typeof value === 'number' ? value : Number.NaN)}
        min={2}
        max={1000}
        allowDecimal={false}
        clampBehavior="none"
        error={isRefused('capacity') ? text('field.places.wrong') : undefined}
      />
      <TextInput
        label={text('field.guestPassword')}
        description={text('assign.guestPassword')}
        value={values.guestPassword}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => set('guestPassword', event.target.value)}
        error={isRefused('guestPassword') ? text('assign.guestPassword') : undefined}
      />
    </div>
  );
}
