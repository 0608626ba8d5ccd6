import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { cityOf } from '../../app/use-when.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';

const route = getRouteApi('/signedIn/spaces');

export function SpacesPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/spaces' });
  const result = useQuery(queries.spaces({ search: search.q, cursor: search.cursor }));
  const create = (
    <Button
      renderRoot={(props) => <Link to="/spaces/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('spaces.new')}
    </Button>
  );
  return (
    <ListPage
      title={text('nav.spaces')}
      count={(count) => text('spaces.count', { count })}
      action={create}
      searchLabel={text('spaces.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('spaces.empty')} next={text('spaces.emptyNext')} action={create} />}
    >
      {(items) => (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('field.space')}</th>
              <th scope="col">{text('field.site')}</th>
              <th scope="col">{text('field.floor')}</th>
              <th scope="col">{text('field.seats')}</th>
              <th scope="col">{text('field.timeZone')}</th>
              <th scope="col">{text('spaces.terminal')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((space) => (
              <tr key={space.id}>
                <td data-phone="line">
                  <Link to="/spaces/$spaceId" params={{ spaceId: space.id }} className="row-link">
                    {space.name}
                  </Link>
                </td>
                <td>{space.site}</td>
                <td data-phone="after">{space.floor}</td>
                <td data-phone="none" className="tabular">
                  {space.capacity}
                </td>
                <td data-phone="none">{cityOf(space.timeZone)}</td>
                <td data-phone="end">{space.terminalId ? text('spaces.hasTerminal') : text('spaces.noTerminal')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListPage>
  );
}
