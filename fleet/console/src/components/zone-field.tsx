import { Select } from '@mantine/core';
import { readerZone } from '../app/use-when.ts';
import { texts } from '../locales/texts.ts';

const zones = [...new Set([readerZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

/** An IANA time zone, found by typing a part of it. */
export function ZoneField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (zone: string) => void;
  error?: string | undefined;
}) {
  const text = texts.useText();
  return (
    <Select
      label={text('field.timeZone')}
      data={zones.includes(value) ? zones : [value, ...zones]}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      searchable
      allowDeselect={false}
      limit={60}
      nothingFoundMessage={text('field.timeZone.none')}
      error={error}
      maxDropdownHeight={280}
    />
  );
}
