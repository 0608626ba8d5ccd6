import { type Department, departmentRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { useFields } from '../../components/use-fields.ts';
import { useRounds } from '../../components/use-rounds.ts';
import { texts } from '../../locales/texts.ts';
import { DepartmentFields } from './department-fields.tsx';
import { inTreeOrder } from './department-rows.ts';
import { DirectoryForm, FormLoading, useLeave } from './directory-form.tsx';
import { RemoveDepartment } from './remove-department.tsx';
import './directory.css';

const route = getRouteApi('/signedIn/people/departments/$departmentId');
const newRoute = getRouteApi('/signedIn/people/departments/new');
const list = '/people/departments';

type Tree = { items: Department[]; mayManageAll: boolean };

export function NewDepartmentPage() {
  const { queries } = useApp();
  const { under } = newRoute.useSearch();
  const { data: tree, error, refetch } = useQuery(queries.departments());
  if (!tree) return <FormLoading error={error} onRetry={refetch} />;
  return <NewDepartmentForm tree={tree} parentId={under ?? null} />;
}

function NewDepartmentForm({ tree, parentId }: { tree: Tree; parentId: Department['parentId'] }) {
  const text = texts.useText();
  const { api } = useApp();
  const leave = useLeave(list);
  const keyOf = useOnceKey();
  const form = useFields({ name: '', parentId, sortNumber: 0 });
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof departmentRoutes.create>) => api.departments.create({ body, key: keyOf(body) }),
    onSuccess: leave,
  });
  return (
    <DirectoryForm
      list={list}
      title={text('departments.new')}
      submit={text('departments.create')}
      mayManage
      error={create.error}
      isPending={create.isPending}
      onSubmit={() => {
        const body = form.read(departmentRoutes.create.body, form.values);
        if (body) create.mutate(body);
      }}
      remove={null}
      note={null}
    >
      <DepartmentFields {...form} rows={inTreeOrder(tree.items)} mayManageAll={tree.mayManageAll} own={null} />
    </DirectoryForm>
  );
}

/** One department: its name, where it stands, who is in it, and its end. */
export function DepartmentPage() {
  const { queries } = useApp();
  const { departmentId } = route.useParams();
  const department = useQuery(queries.department(departmentId));
  const tree = useQuery(queries.departments());
  const { round, startAgain } = useRounds(department.refetch);
  if (!department.data || !tree.data)
    return (
      <FormLoading
        error={department.error ?? tree.error}
        onRetry={() => Promise.all([department.refetch(), tree.refetch()])}
      />
    );
  return (
    <EditDepartment
      key={`${departmentId} ${round}`}
      department={department.data}
      tree={tree.data}
      onStartAgain={startAgain}
    />
  );
}

function EditDepartment({
  department,
  tree,
  onStartAgain,
}: {
  department: Department;
  tree: Tree;
  onStartAgain: () => Promise<void>;
}) {
  const text = texts.useText();
  const { api } = useApp();
  const leave = useLeave(list);
  const [isRemoving, setIsRemoving] = useState(false);
  const { id: departmentId, name, parentId, sortNumber, mayManage } = department;
  const [tag] = useState(() => api.tagOf(departmentRoutes.get, { departmentId }));
  const form = useFields({ name, parentId, sortNumber });
  const rows = inTreeOrder(tree.items);
  const everybody = rows.find(({ id }) => id === departmentId)?.everybody ?? department.people;
  const save = useMutation({
    mutationFn: (body: RouteBody<typeof departmentRoutes.update>) =>
      api.departments.update({ params: { departmentId }, body, tag }),
    onSuccess: leave,
  });
  return (
    <>
      <DirectoryForm
        list={list}
        title={name}
        submit={text('action.save')}
        mayManage={mayManage}
        error={save.error}
        isPending={save.isPending}
        onStartAgain={onStartAgain}
        onSubmit={() => {
          // What nobody touched is not sent: an administrator of this department need not manage the one above it.
          const { parentId: under, ...always } = form.values;
          const body = form.read(departmentRoutes.update.body, under === parentId ? always : form.values);
          if (body) save.mutate(body);
        }}
        remove={{ words: text('departments.remove'), onOpen: () => setIsRemoving(true) }}
        note={<DepartmentNote department={department} everybody={everybody} />}
      >
        <DepartmentFields {...form} rows={rows} mayManageAll={tree.mayManageAll} own={department} />
      </DirectoryForm>
      {isRemoving ? (
        <RemoveDepartment
          department={department}
          departments={tree.items}
          onRemoved={leave}
          onClose={() => setIsRemoving(false)}
        />
      ) : null}
    </>
  );
}

/** Who is in it, and what may be done beside changing it. */
function DepartmentNote({ department, everybody }: { department: Department; everybody: number }) {
  const text = texts.useText();
  const { id, mayManage } = department;
  return (
    <p className="within">
      <Link to="/people" search={{ department: id }} className="link">
        {text('departments.peopleIn', { count: everybody })}
      </Link>
      {mayManage ? (
        <Link to="/people/departments/new" search={{ under: id }} className="link">
          {text('departments.below')}
        </Link>
      ) : (
        <span className="t2">{text('departments.readOnly')}</span>
      )}
    </p>
  );
}
