import { mayCall } from '@anteroom/shared/api/access.ts';
import { peopleRoutes } from '@anteroom/shared/api/people.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import type { DepartmentId } from '@anteroom/shared/ids.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import { DirectoryTabs } from './directory-tabs.tsx';
import { InviteButton } from './invitations-page.tsx';
import './directory.css';

const route = getRouteApi('/signedIn/people');

/** The directory: who belongs to the organization, where they stand, and what they may do. */
export function PeoplePage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/people' });
  const session = useQuery(queries.session()).data;
  const { q, cursor, department } = search;
  const result = useQuery(queries.people({ search: q, cursor, departmentId: department }));
  const acts = session ? <PeopleActs session={session} /> : null;
  return (
    <ListPage
      title={text('people.title')}
      count={(count) => text('people.count', { count })}
      action={acts}
      tabs={
        <>
          <DirectoryTabs />
          {department ? <WithinDepartment id={department} /> : null}
        </>
      }
      searchLabel={text('people.search')}
      search={search}
      onSearch={(next) => navigate({ search: { ...next, department } })}
      result={result}
      empty={<EmptyState title={text('people.empty')} next={text('people.emptyNext')} action={acts} />}
    >
      {(items) => (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('people.name')}</th>
              <th scope="col">{text('people.department')}</th>
              <th scope="col">{text('people.position')}</th>
              <th scope="col">{text('people.reach')}</th>
              <th scope="col">{text('people.role')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((person) => (
              <tr key={person.id}>
                <td data-phone="line">
                  <Link to="/people/$accountId" params={{ accountId: person.id }} className="row-link">
                    {person.name}
                  </Link>
                </td>
                <td>{person.department?.name ?? <span className="t2">{text('people.noDepartment')}</span>}</td>
                <td data-phone="none">{person.position}</td>
                <td data-phone="none">{person.phone ?? person.email}</td>
                <td data-phone="end">{text(`people.role.${person.role}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListPage>
  );
}

/** How people come into the organization, as far as the reader may bring them. */
function PeopleActs({ session }: { session: Session }) {
  const text = texts.useText();
  const { queries } = useApp();
  const mayAdd = mayCall(peopleRoutes.add.access, session);
  const organization = useQuery({ ...queries.organization(), enabled: !mayAdd }).data;
  if (!mayAdd) return organization?.settings.membersMayInvite ? <InviteButton /> : null;
  return (
    <div className="page-acts">
      <Link to="/people/import" className="link">
        {text('import.open')}
      </Link>
      <InviteButton />
      <Button
        renderRoot={(props) => <Link to="/people/new" {...props} />}
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
      >
        {text('person.new')}
      </Button>
    </div>
  );
}

/** Of which department the list shows the people, and the way back to all of them. */
function WithinDepartment({ id }: { id: DepartmentId }) {
  const text = texts.useText();
  const { queries } = useApp();
  const department = useQuery(queries.department(id)).data;
  return (
    <p className="within">
      <span>{department ? text('directory.within', { name: department.name }) : null}</span>
      <Link to="/people" className="link">
        {text('directory.all')}
      </Link>
    </p>
  );
}
