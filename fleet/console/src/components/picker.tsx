import { type ComboboxData, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { texts } from '../locales/texts.ts';

export type Choice = { value: string; label: string; disabled?: boolean; group?: string };

const settleMs = 200;
/** A click follows the coming up of a finger within this. */
const clickWithinMs = 300;

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
  // Who knows a choice by its value looks among those that were there with it.
  const { still, hold, letGo } = useStill({ choices, onChange });
  const isListed = still.choices.some((choice) => choice.value === value);
  const listed =
    value && chosenLabel && !isListed ? [{ value, label: chosenLabel }, ...still.choices] : [...still.choices];
  return (
    <div className="picker" onPointerDown={hold}>
      <Select
        label={label}
        placeholder={text('picker.choose')}
        data={inGroups(listed)}
        value={value}
        onChange={(chosen) => {
          letGo();
          still.onChange(chosen);
        }}
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

/**
 * `live`, but while a button or a finger is down as it was before: a choice that moves away under a press would not be
 * chosen, without a word.
 */
function useStill<T>(live: T): { still: T; hold: () => void; letGo: () => void } {
  const [held, setHeld] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (held === null) return;
    let timer: number | undefined;
    const release = () => {
      timer = window.setTimeout(() => setHeld(null), clickWithinMs);
    };
    const ends = ['pointerup', 'pointercancel'] as const;
    for (const end of ends) window.addEventListener(end, release);
    return () => {
      window.clearTimeout(timer);
      for (const end of ends) window.removeEventListener(end, release);
    };
  }, [held]);
  const still = held === null ? live : held.value;
  return { still, hold: () => setHeld({ value: still }), letGo: () => setHeld(null) };
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
