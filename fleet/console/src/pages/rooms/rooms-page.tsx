import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { ListPage } from '../../components/list-page.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { useDay } from '../resources/use-day.ts';

const route = getRouteApi('/signedIn/cloud-rooms');

export function RoomsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const date = useDay();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/cloud-rooms' });
  const result = useQuery(queries.rooms({ search: search.q, cursor: search.cursor }));
  const create = (
    <Button
      renderRoot={(props) => <Link to="/cloud-rooms/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('rooms.new')}
    </Button>
  );
  return (
    <ListPage
      title={text('nav.rooms')}
      count={(count) => text('rooms.count', { count })}
      action={
        <div className="page-acts">
          <Link to="/resources" className="link">
            {text('resources.title')}
          </Link>
          {create}
        </div>
      }
      searchLabel={text('rooms.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('rooms.empty')} next={text('rooms.emptyNext')} action={create} />}
    >
      {(items) => (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('field.room')}</th>
              <th scope="col">{text('rooms.number')}</th>
              <th scope="col">{text('field.places')}</th>
              <th scope="col">{text('rooms.assignee')}</th>
              <th scope="col">{text('rooms.validUntil')}</th>
              <th scope="col">{text('nav.terminals')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((room) => (
              <tr key={room.id}>
                <td data-phone="line">
                  <Link to="/cloud-rooms/$roomId" params={{ roomId: room.id }} className="row-link">
                    {room.name}
                  </Link>
                </td>
                <td className="mono">{spacedNumber(room.number)}</td>
                <td className="tabular" data-phone="none">
                  {room.capacity}
                </td>
                <td data-phone="none">
                  {room.assignee?.name ?? <span className="t2">{text('rooms.unassigned')}</span>}
                </td>
                <td data-phone="none" className="tabular">
                  {room.validUntil === null ? (
                    <span className="fault-text">{text('rooms.expired')}</span>
                  ) : (
                    date(room.validUntil)
                  )}
                </td>
                <td data-phone="end">{text('rooms.terminals', { count: room.terminalIds.length })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListPage>
  );
}
