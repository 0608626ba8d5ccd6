import type { Department } from '@anteroom/shared/api/people.ts';
import { useMutation } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { texts } from '../../locales/texts.ts';

/** Removes a department by its typed name, after saying where its people and departments go. */
export function RemoveDepartment({
  department,
  departments,
  onRemoved,
  onClose,
}: {
  department: Department;
  departments: readonly Department[];
  onRemoved: () => Promise<void>;
  onClose: () => void;
}) {
  const text = texts.useText();
  const { api } = useApp();
  const { id: departmentId, name, parentId, people } = department;
  const parent = departments.find(({ id }) => id === parentId)?.name ?? text('departments.top');
  const below = departments.filter((each) => each.parentId === departmentId).length;
  const remove = useMutation({
    mutationFn: () => api.departments.remove({ params: { departmentId } }),
    onSuccess: onRemoved,
  });
  return (
    <Confirm
      title={text('departments.removeTitle', { name })}
      act={text('departments.remove')}
      typed={name}
      isBusy={remove.isPending}
      error={remove.error}
      onAct={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        {people === 0 ? text('departments.removeNobody') : text('departments.removePeople', { count: people, parent })}{' '}
        {below === 0 ? null : text('departments.removeBelow', { count: below, parent })}
      </p>
      <p className="t2">{text('departments.removeMeetings')}</p>
    </Confirm>
  );
}
