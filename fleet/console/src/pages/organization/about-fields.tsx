import { type Organization, organizationSizes } from '@anteroom/shared/api/organizations.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { ZoneField } from '../../components/zone-field.tsx';
import { texts } from '../../locales/texts.ts';
import { countriesIn } from './countries.ts';

export type AboutValues = Pick<Organization, 'name' | 'industry' | 'size' | 'country' | 'timeZone'>;

/** What an organization is: the fields of its creation, and of its page. */
export function AboutFields({
  values,
  isRefused,
  set,
}: {
  values: AboutValues;
  isRefused: (name: keyof AboutValues) => boolean;
  set: (name: keyof AboutValues, value: string) => void;
}) {
  const text = texts.useText();
  const { language } = useLanguage();
  const countries = useMemo(() => countriesIn(language), [language]);
  return (
    <>
      <TextInput
        label={text('organization.name')}
        autoComplete="organization"
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <div className="form-pair">
        <TextInput
          label={text('organization.industry')}
          value={values.industry}
          onChange={(event) => set('industry', event.target.value)}
          error={isRefused('industry') ? text('organization.industryWrong') : undefined}
        />
        <Select
          label={text('organization.size')}
          placeholder={text('organization.choose')}
          data={organizationSizes.map((value) => ({ value, label: text('organization.people', { range: value }) }))}
          value={values.size || null}
          onChange={(size) => set('size', size ?? '')}
          allowDeselect={false}
          error={isRefused('size') ? text('organization.sizeWrong') : undefined}
        />
      </div>
      <div className="form-pair">
        <Select
          label={text('organization.country')}
          placeholder={text('picker.choose')}
          data={countries}
          value={values.country || null}
          onChange={(country) => set('country', country ?? '')}
          searchable
          allowDeselect={false}
          nothingFoundMessage={text('organization.countryNone')}
          error={isRefused('country') ? text('organization.countryWrong') : undefined}
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
