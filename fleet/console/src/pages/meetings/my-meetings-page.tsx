import { mayCall } from '@anteroom/shared/api/access.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { FeedAddress } from '../../components/feed-address.tsx';
import { ListPage } from '../../components/list-page.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingsTable } from './meetings-table.tsx';
import './meeting-page.css';

const route = getRouteApi('/signedIn/my-meetings');
const tabs = ['upcoming', 'live', 'past'] as const;

/** What the reader organizes or is invited to, their personal meeting ID, and their calendar elsewhere. */
export function MyMeetingsPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const search = route.useSearch();
  const when = search.when ?? 'upcoming';
  const navigate = useNavigate({ from: '/my-meetings' });
  const result = useQuery(queries.myMeetings({ search: search.q, cursor: search.cursor, when }));
  const session = useQuery(queries.session()).data;
  const create = (
    <Button
      renderRoot={(props) => <Link to="/meetings/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('meetings.new')}
    </Button>
  );
  return (
    <>
      <ListPage
        title={text('myMeetings.title')}
        count={(count) => text('meetings.count', { count })}
        action={create}
        searchLabel={text('myMeetings.search')}
        search={search}
        onSearch={(next) => navigate({ search: { ...next, when: search.when } })}
        result={result}
        tabs={
          <nav className="tabs" aria-label={text('meetings.when')}>
            {tabs.map((tab) => (
              <Link
                key={tab}
                to="/my-meetings"
                search={tab === 'upcoming' ? {} : { when: tab }}
                className="tab"
                aria-current={when === tab ? 'page' : undefined}
              >
                {text(tab === 'live' ? 'myMeetings.live' : `meetings.${tab}`)}
              </Link>
            ))}
            {session && mayCall('meetings', session) ? (
              <Link to="/meetings" className="tab">
                {text('nav.meetings')}
              </Link>
            ) : null}
          </nav>
        }
        empty={<NothingMine when={when} />}
      >
        {(items) => <MeetingsTable meetings={items} />}
      </ListPage>
      <div className="own-things">
        <PersonalNumber />
        <FeedAddress
          title={text('myMeetings.feed')}
          onMake={async () => (await api.calendars.createOwn({})).url}
          onRemove={() => api.calendars.removeOwn({})}
        />
      </div>
    </>
  );
}

function NothingMine({ when }: { when: (typeof tabs)[number] }) {
  const text = texts.useText();
  if (when === 'past') return <EmptyState title={text('meetings.emptyPast')} next={text('meetings.emptyPastNext')} />;
  const title = when === 'live' ? text('myMeetings.emptyLive') : text('myMeetings.empty');
  return <EmptyState title={title} next={text('myMeetings.emptyNext')} />;
}

function PersonalNumber() {
  const text = texts.useText();
  const { api } = useApp();
  const number = useQuery({
    queryKey: ['session', 'number'],
    queryFn: ({ signal }) => api.myMeetings.number({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section aria-labelledby="own-number">
      <div className="section-head">
        <h2 id="own-number">{text('myMeetings.number')}</h2>
      </div>
      <p className="mono own-number">{number.data ? spacedNumber(number.data.number) : ''}</p>
    </section>
  );
}
