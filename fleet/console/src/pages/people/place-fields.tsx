import type { Person } from '@anteroom/shared/api/people.ts';
import type { DepartmentId } from '@anteroom/shared/ids.ts';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { inTreeOrder } from './department-rows.ts';
import { DepartmentSelect } from './department-select.tsx';
import { RemarkField, SortNumberField } from './directory-fields.tsx';

/** Where somebody stands in the organization. */
export type PlaceValues = {
  departmentId: DepartmentId | null;
  position: string;
  sortNumber: number;
  remark: string;
};

/** A field with its value, so that a form with more fields than these fits too. */
type PlaceField = { [K in keyof PlaceValues]: [name: K, value: PlaceValues[K]] }[keyof PlaceValues];

export const nowhere: PlaceValues = { departmentId: null, position: '', sortNumber: 0, remark: '' };

export function placeOfPerson({ department, position, sortNumber, remark }: Person): PlaceValues {
  return { departmentId: department?.id ?? null, position, sortNumber, remark };
}

/** The fields of a place. With `isWithinManaged` only departments that the reader manages can be chosen. */
export function PlaceFields({
  values,
  isRefused,
  set,
  isWithinManaged,
}: {
  values: PlaceValues;
  isRefused: (name: keyof PlaceValues) => boolean;
  set: (...field: PlaceField) => void;
  isWithinManaged: boolean;
}) {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: tree, error, refetch } = useQuery(queries.departments());
  return (
    <>
      <FaultNote error={error} onRetry={refetch} />
      <DepartmentSelect
        label={text('people.department')}
        rows={inTreeOrder(tree?.items ?? [])}
        value={values.departmentId}
        topLabel={text('people.noDepartment')}
        mayChooseTop={!isWithinManaged || tree?.mayManageAll === true}
        mayChoose={({ mayManage }) => !isWithinManaged || mayManage}
        onChange={(id) => set('departmentId', id)}
      />
      <TextInput
        label={text('people.position')}
        value={values.position}
        onChange={(event) => set('position', event.target.value)}
        error={isRefused('position') ? text('person.positionWrong') : undefined}
      />
      <SortNumberField
        value={values.sortNumber}
        isRefused={isRefused('sortNumber')}
        onChange={(sortNumber) => set('sortNumber', sortNumber)}
        hint={text('person.sortNumberHint')}
      />
      <RemarkField value={values.remark} isRefused={isRefused('remark')} onChange={(remark) => set('remark', remark)} />
    </>
  );
}
