import type { Department } from '@anteroom/shared/api/people.ts';
import { NumberInput, Select, TextInput } from '@mantine/core';
import { texts } from '../../locales/texts.ts';
import { type DepartmentRow, withBelow } from './department-rows.ts';

export type DepartmentValues = Pick<Department, 'name' | 'parentId' | 'sortNumber'>;

/** More are found by typing a part of the name. */
const choicesAtOnce = 100;
/** In place of null, which a choice cannot be. */
const top = 'top';

/** The fields of a department. It stands under any that the reader manages, but not under itself. */
export function DepartmentFields({
  values,
  isRefused,
  set,
  rows,
  mayManageAll,
  own,
}: {
  values: DepartmentValues;
  isRefused: (name: keyof DepartmentValues) => boolean;
  set: <K extends keyof DepartmentValues>(name: K, value: DepartmentValues[K]) => void;
  rows: readonly DepartmentRow[];
  mayManageAll: boolean;
  /** Null for one that is to be made. */
  own: Department | null;
}) {
  const text = texts.useText();
  const closed = own ? withBelow(rows, own.id) : new Set();
  const choices = [
    { value: top, label: text('departments.top'), disabled: !mayManageAll },
    ...rows
      .filter(({ id }) => !closed.has(id))
      .map(({ id, path, name, mayManage }) => ({
        value: id,
        label: [...path, name].join(' › '),
        disabled: !mayManage,
      })),
  ];
  return (
    <>
      <TextInput
        label={text('departments.nameField')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <Select
        label={text('departments.parent')}
        description={own ? text('departments.parentHint') : undefined}
        data={choices}
        limit={choicesAtOnce}
        value={values.parentId ?? top}
        onChange={(value) => set('parentId', rows.find(({ id }) => id === value)?.id ?? null)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={text('picker.none')}
      />
      <NumberInput
        label={text('departments.sortNumber')}
        description={text('departments.sortNumberHint')}
        value={values.sortNumber}
        onChange={(value) => set('sortNumber', typeof value === 'number' ? value : Number.NaN)}
        min={0}
        max={999_999}
        allowDecimal={false}
        clampBehavior="none"
        error={isRefused('sortNumber') ? text('departments.sortNumberWrong') : undefined}
      />
    </>
  );
}
