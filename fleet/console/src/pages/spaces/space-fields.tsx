import type { RouteBody } from '@anteroom/shared/api/route.ts';
import type { spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import { NumberInput, TextInput } from '@mantine/core';
import { ZoneField } from '../../components/zone-field.tsx';
import { texts } from '../../locales/texts.ts';

export type SpaceValues = RouteBody<typeof spaceRoutes.create>;

/** The fields of a room, for its page and for the dialog that makes one on the way. */
export function SpaceFields({
  values,
  isRefused,
  set,
}: {
  values: SpaceValues;
  isRefused: (name: keyof SpaceValues) => boolean;
  set: <K extends keyof SpaceValues>(name: K, value: SpaceValues[K]) => void;
}) {
  const text = texts.useText();
  return (
    <>
      <TextInput
        label={text('field.spaceName')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <div className="form-pair">
        <TextInput
          label={text('field.site')}
          placeholder={text('field.site.example')}
          value={values.site}
          onChange={(event) => set('site', event.target.value)}
          error={isRefused('site') ? text('field.site.wrong') : undefined}
        />
        <TextInput
          label={text('field.floor')}
          value={values.floor}
          onChange={(event) => set('floor', event.target.value)}
          error={isRefused('floor') ? text('field.floor.wrong') : undefined}
        />
      </div>
      <div className="form-pair">
        <NumberInput
          label={text('field.seats')}
          value={values.capacity}
          onChange={(value) => set('capacity', typeof value === 'number' ? value : Number.NaN)}
          min={0}
          max={10_000}
          allowDecimal={false}
          clampBehavior="none"
          error={isRefused('capacity') ? text('field.seats.wrong') : undefined}
        />
        <ZoneField
          value={values.timeZone}
          onChange={(zone) => set('timeZone', zone)}
          error={isRefused('timeZone') ? text('field.timeZone.wrong') : undefined}
        />
      </div>
    </>
  );
}
