import { type ComboboxData, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { texts } from '../locales/texts.ts';

export type Choice = { value: string; label: string; disabled?: boolean; group?: string };

const settleMs = 200;

/** One of many, found by typing a part of its name; the many stay on the server. */
export function Picker({
  label,
  value,
  choices,
  chosenLabel,
  onSearch,
  onChange,
  error,
  children,
}: {
  label: string;
  value: string | null;
  choices: readonly Choice[];
  /** Label of `value` when it is not among the choices that were found. */
  chosenLabel: string | null;
  onSearch: (words: string) => void;
  onChange: (value: string | null) => void;
  error: string | undefined;
  /** What makes a new one. */
  children: ReactNode;
}) {
  const text = texts.useText();
  const isListed = choices.some((choice) => choice.value === value);
  const listed = value && chosenLabel && !isListed ? [{ value, label: chosenLabel }, ...choices] : [...choices];
  return (
    <div className="picker">
      <Select
        label={label}
        placeholder={text('picker.choose')}
        data={inGroups(listed)}
        value={value}
        onChange={onChange}
        onSearchChange={(words) => onSearch(listed.some((choice) => choice.label === words) ? '' : words)}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': text('picker.clear', { label }) }}
        // The server has searched already, by more than the label.
        filter={({ options }) => options}
        nothingFoundMessage={text('picker.none')}
        error={error}
      />
      {children}
    </div>
  );
}

/** As the list draws them: choices of one group stand under its name, in the order of their first. */
function inGroups(choices: readonly Choice[]): ComboboxData {
  const groups = Map.groupBy(choices, ({ group }) => group);
  return [...groups].flatMap(([group, members]): ComboboxData => {
    // To Mantine whatever has the key `group` is one.
    const items = members.map(({ group: _group, ...choice }) => choice);
    return group === undefined ? items : [{ group, items }];
  });
}

/** Words to search for, once typing rests. */
export function useSearchWords(): [string, (words: string) => void] {
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), settleMs);
  return [settled, setWords];
}
