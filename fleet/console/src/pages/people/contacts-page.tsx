import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import { DirectoryTabs } from './directory-tabs.tsx';

const route = getRouteApi('/signedIn/people/contacts');

/** External contacts (外部联系人): people of no department, whom the organization meets often. */
export function ContactsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/people/contacts' });
  const result = useQuery(queries.contacts({ search: search.q, cursor: search.cursor }));
  const mayCreate = useQuery(queries.departments()).data?.mayManageAll;
  const create = mayCreate ? (
    <Button
      renderRoot={(props) => <Link to="/people/contacts/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('contacts.new')}
    </Button>
  ) : null;
  return (
    <ListPage
      title={text('contacts.title')}
      count={(count) => text('contacts.count', { count })}
      action={create}
      tabs={<DirectoryTabs />}
      searchLabel={text('contacts.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('contacts.empty')} next={text('contacts.emptyNext')} action={create} />}
    >
      {(items) => (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('contacts.name')}</th>
              <th scope="col">{text('contacts.company')}</th>
              <th scope="col">{text('contacts.phone')}</th>
              <th scope="col">{text('contacts.email')}</th>
              <th scope="col">{text('contacts.remark')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, name, company, phone, email, remark }) => (
              <tr key={id}>
                <td data-phone="line">
                  <Link to="/people/contacts/$contactId" params={{ contactId: id }} className="row-link">
                    {name}
                  </Link>
                </td>
                <td data-phone={company ? undefined : 'none'}>{company}</td>
                <td data-phone="end" className="tabular">
                  {phone}
                </td>
                <td data-phone={phone ? 'none' : 'end'}>
                  {email ?? (phone ? null : <span className="t3">{text('contacts.noReach')}</span>)}
                </td>
                <td data-phone="none">{remark}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListPage>
  );
}
