import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { pageSize } from '../../api/queries.ts';
import { useApp } from '../../app/app-context.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import { type DepartmentRow, inTreeOrder, pageOfRows } from './department-rows.ts';
import { DirectoryTabs } from './directory-tabs.tsx';
import './directory.css';

const route = getRouteApi('/signedIn/people/departments');

/** The tree of departments (部门), with how many people each holds. */
export function DepartmentsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/people/departments' });
  // The whole tree is here; its pages are only as long as a reader wants them.
  const from = Number(search.cursor) || 0;
  const result = useQuery({
    ...queries.departments(),
    select: ({ items, mayManageAll }) => {
      const { isLast, ...page } = pageOfRows(inTreeOrder(items), { words: search.q ?? '', from, limit: pageSize });
      const mayCreate = mayManageAll || items.some(({ mayManage }) => mayManage);
      return { ...page, nextCursor: isLast ? null : String(from + pageSize), mayCreate };
    },
  });
  const create = result.data?.mayCreate ? <NewDepartmentButton /> : null;
  return (
    <ListPage
      title={text('departments.title')}
      count={(count) => text('departments.count', { count })}
      action={create}
      tabs={<DirectoryTabs />}
      searchLabel={text('departments.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('departments.empty')} next={text('departments.emptyNext')} action={create} />}
    >
      {(items) => <DepartmentsTable rows={items} />}
    </ListPage>
  );
}

function NewDepartmentButton() {
  const text = texts.useText();
  return (
    <Button
      renderRoot={(props) => <Link to="/people/departments/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('departments.new')}
    </Button>
  );
}

function DepartmentsTable({ rows }: { rows: readonly DepartmentRow[] }) {
  const text = texts.useText();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('departments.name')}</th>
          <th scope="col" className="end">
            {text('departments.people')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, path, depth, everybody }) => (
          <tr key={id}>
            <td className="grow">
              {/* The depth is a number of steps, and the style sheet knows how long one is. */}
              <div className="department-name" style={{ '--depth': depth } as CSSProperties}>
                <Link to="/people/departments/$departmentId" params={{ departmentId: id }} className="row-link">
                  {name}
                </Link>
                {depth === 0 && path.length > 0 ? <span className="block t3">{path.join(' › ')}</span> : null}
              </div>
            </td>
            <td className="end tabular" data-phone="end">
              <Link to="/people" search={{ department: id }} className="link above-row">
                {text('departments.peopleIn', { count: everybody })}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
