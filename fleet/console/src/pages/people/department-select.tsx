import type { DepartmentId } from '@anteroom/shared/ids.ts';
import { Select } from '@mantine/core';
import { texts } from '../../locales/texts.ts';
import type { DepartmentRow } from './department-rows.ts';

/** More are found by typing a part of the name. */
const choicesAtOnce = 100;
/** In place of null, which a choice cannot be. */
const top = 'top';

/** Names of a department and of what it stands under, from the top. */
export function pathOf({ path, name }: Pick<DepartmentRow, 'path' | 'name'>): string {
  return [...path, name].join(' › ');
}

/** One department of the tree, or the organization itself. What the reader may not choose is shown and cannot be. */
export function DepartmentSelect({
  label,
  description,
  rows,
  value,
  topLabel,
  mayChooseTop,
  mayChoose,
  onChange,
}: {
  label: string;
  description?: string | undefined;
  rows: readonly DepartmentRow[];
  value: DepartmentId | null;
  /** What no department is called here. */
  topLabel: string;
  mayChooseTop: boolean;
  mayChoose: (row: DepartmentRow) => boolean;
  onChange: (id: DepartmentId | null) => void;
}) {
  const text = texts.useText();
  return (
    <Select
      label={label}
      description={description}
      data={[
        { value: top, label: topLabel, disabled: !mayChooseTop },
        ...rows.map((row) => ({ value: row.id, label: pathOf(row), disabled: !mayChoose(row) })),
      ]}
      limit={choicesAtOnce}
      value={value ?? top}
      onChange={(chosen) => onChange(rows.find(({ id }) => id === chosen)?.id ?? null)}
      searchable
      allowDeselect={false}
      nothingFoundMessage={text('picker.none')}
    />
  );
}
