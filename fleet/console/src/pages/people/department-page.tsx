import { type Department, departmentRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { DepartmentFields } from './department-fields.tsx';
import { inTreeOrder } from './department-rows.ts';
import { RemoveDepartment } from './remove-department.tsx';
import './directory.css';

const route = getRouteApi('/signedIn/people/departments/$departmentId');
const newRoute = getRouteApi('/signedIn/people/departments/new');

type Tree = { items: Department[]; mayManageAll: boolean };

export function NewDepartmentPage() {
  const { queries } = useApp();
  const { under } = newRoute.useSearch();
  const { data: tree, error, refetch } = useQuery(queries.departments());
  if (!tree) return <Loading error={error} onRetry={refetch} />;
  return <NewDepartmentForm tree={tree} parentId={under ?? null} />;
}

function NewDepartmentForm({ tree, parentId }: { tree: Tree; parentId: Department['parentId'] }) {
  const text = texts.useText();
  const { api } = useApp();
  const leave = useLeave();
  const keyOf = useOnceKey();
  const form = useFields({ name: '', parentId, sortNumber: 0 });
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof departmentRoutes.create>) => api.departments.create({ body, key: keyOf(body) }),
    onSuccess: leave,
  });
  return (
    <FormPage
      crumb={<Crumb />}
      title={text('departments.new')}
      error={create.error}
      submit={text('departments.create')}
      isPending={create.isPending}
      cancel={(props) => <Link to="/people/departments" {...props} />}
      onSubmit={() => {
        const body = form.read(departmentRoutes.create.body, form.values);
        if (body) create.mutate(body);
      }}
    >
      <DepartmentFields {...form} rows={inTreeOrder(tree.items)} mayManageAll={tree.mayManageAll} own={null} />
    </FormPage>
  );
}

/** One department: its name, where it stands, who is in it, and its end. */
export function DepartmentPage() {
  const { queries } = useApp();
  const { departmentId } = route.useParams();
  const department = useQuery(queries.department(departmentId));
  const tree = useQuery(queries.departments());
  const [round, setRound] = useState(0);
  if (!department.data || !tree.data)
    return (
      <Loading
        error={department.error ?? tree.error}
        onRetry={() => Promise.all([department.refetch(), tree.refetch()])}
      />
    );
  // A form that somebody else overtook is filled again from what is there now.
  const startAgain = () => department.refetch().then(() => setRound(round + 1));
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
  const leave = useLeave();
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
    <FormPage
      crumb={<Crumb />}
      title={name}
      error={save.error}
      onStartAgain={onStartAgain}
      submit={mayManage ? text('action.save') : null}
      isPending={save.isPending}
      cancel={(props) => <Link to="/people/departments" {...props} />}
      onSubmit={() => {
        // What nobody touched is not sent: an administrator of this department need not manage the one above it.
        const { parentId: under, ...always } = form.values;
        const body = form.read(departmentRoutes.update.body, under === parentId ? always : form.values);
        if (body) save.mutate(body);
      }}
      others={
        mayManage ? (
          <Button variant="default" className="danger-outline" onClick={() => setIsRemoving(true)}>
            {text('departments.remove')}
          </Button>
        ) : null
      }
    >
      <p className="within">
        <Link to="/people" search={{ department: departmentId }} className="link">
          {text('departments.peopleIn', { count: everybody })}
        </Link>
        {mayManage ? (
          <Link to="/people/departments/new" search={{ under: departmentId }} className="link">
            {text('departments.below')}
          </Link>
        ) : (
          <span className="t2">{text('departments.readOnly')}</span>
        )}
      </p>
      <fieldset className="form" disabled={!mayManage}>
        <DepartmentFields {...form} rows={rows} mayManageAll={tree.mayManageAll} own={department} />
      </fieldset>
      {isRemoving ? (
        <RemoveDepartment
          department={department}
          departments={tree.items}
          onRemoved={leave}
          onClose={() => setIsRemoving(false)}
        />
      ) : null}
    </FormPage>
  );
}

/** Back to the tree, which is another now. */
function useLeave(): () => Promise<void> {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async () => {
    await navigate({ to: '/people/departments' });
    await queryClient.invalidateQueries({ queryKey: ['people'] });
  };
}

function Crumb() {
  const text = texts.useText();
  return (
    <Link to="/people/departments" className="link">
      {text('departments.title')}
    </Link>
  );
}

function Loading({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const text = texts.useText();
  return error ? <FaultNote error={error} onRetry={onRetry} /> : <p className="t2">{text('list.loading')}</p>;
}
