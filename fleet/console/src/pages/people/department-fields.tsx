import type { Department } from '@anteroom/shared/api/people.ts';
import { TextInput } from '@mantine/core';
import { texts } from '../../locales/texts.ts';
import { type DepartmentRow, withBelow } from './department-rows.ts';
import { DepartmentSelect } from './department-select.tsx';
import { SortNumberField } from './directory-fields.tsx';

export type DepartmentValues = Pick<Department, 'name' | 'parentId' | 'sortNumber'>;

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
  return (
    <>
      <TextInput
        label={text('departments.nameField')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <DepartmentSelect
        label={text('departments.parent')}
        description={own ? text('departments.parentHint') : undefined}
        rows={rows.filter(({ id }) => !closed.has(id))}
        value={values.parentId}
        topLabel={text('departments.top')}
        mayChooseTop={mayManageAll}
        mayChoose={({ mayManage }) => mayManage}
        onChange={(id) => set('parentId', id)}
      />
      <SortNumberField
        value={values.sortNumber}
        isRefused={isRefused('sortNumber')}
        onChange={(sortNumber) => set('sortNumber', sortNumber)}
        hint={text('departments.sortNumberHint')}
      />
    </>
  );
}
