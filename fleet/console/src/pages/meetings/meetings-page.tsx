import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import { MeetingsTable } from './meetings-table.tsx';

const route = getRouteApi('/signedIn/meetings');

export function MeetingsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const when = search.when ?? 'upcoming';
  const navigate = useNavigate({ from: '/meetings' });
  const result = useQuery(queries.meetings({ search: search.q, cursor: search.cursor, when }));
  const create = (
    <Button
      renderRoot={(props) => <Link to="/meetings/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('meetings.new')}
    </Button>
  );
  return (
    <ListPage
      title={text('nav.meetings')}
      count={(count) => text('meetings.count', { count })}
      action={create}
      searchLabel={text('meetings.search')}
      search={search}
      onSearch={(next) => navigate({ search: { ...next, when: search.when } })}
      result={result}
      tabs={
        <nav className="tabs" aria-label={text('meetings.when')}>
          <Link to="/meetings" className="tab" aria-current={when === 'upcoming' ? 'page' : undefined}>
            {text('meetings.upcoming')}
          </Link>
          <Link
            to="/meetings"
            search={{ when: 'past' }}
            className="tab"
            aria-current={when === 'past' ? 'page' : undefined}
          >
            {text('meetings.past')}
          </Link>
          <Link to="/my-meetings" className="tab">
            {text('myMeetings.title')}
          </Link>
        </nav>
      }
      empty={
        when === 'past' ? (
          <EmptyState title={text('meetings.emptyPast')} next={text('meetings.emptyPastNext')} />
        ) : (
          <EmptyState title={text('meetings.empty')} next={text('meetings.emptyNext')} action={create} />
        )
      }
    >
      {(items) => <MeetingsTable meetings={items} />}
    </ListPage>
  );
}
