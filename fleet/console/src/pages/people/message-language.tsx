import { type Language, languages } from '@anteroom/shared/text.ts';
import { Select } from '@mantine/core';
import { texts } from '../../locales/texts.ts';

/** In which language a message goes to somebody who has not chosen one. */
export function MessageLanguage({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  const text = texts.useText();
  return (
    <Select
      label={text('person.language')}
      data={languages.map((each) => ({ value: each, label: text(`person.language.${each}`) }))}
      value={value}
      onChange={(chosen) => onChange(languages.find((each) => each === chosen) ?? value)}
      allowDeselect={false}
    />
  );
}
