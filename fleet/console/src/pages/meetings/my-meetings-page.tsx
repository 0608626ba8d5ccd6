import { mayCall } from '@anteroom/shared/api/access.ts';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { FeedAddress } from '../../components/feed-address.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingsList } from './meetings-list.tsx';
import { MissedCalls } from './missed-calls.tsx';
import './meeting-page.css';

const route = getRouteApi('/signedIn/my-meetings');

/** What the reader organizes or is invited to, their personal meeting ID, and their calendar elsewhere. */
export function MyMeetingsPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const search = route.useSearch();
  const when = search.when ?? 'upcoming';
  const navigate = useNavigate({ from: '/my-meetings' });
  const result = useQuery(queries.myMeetings({ search: search.q, cursor: search.cursor, when }));
  const session = useQuery(queries.session()).data;
  const isManager = session !== undefined && session !== null && mayCall('meetings', session);
  return (
    <>
      <MeetingsList
        title={text('myMeetings.title')}
        searchLabel={text('myMeetings.search')}
        search={search}
        onSearch={(next) => navigate({ search: { ...next, when: search.when } })}
        result={result}
        lead={<MissedCalls />}
        tabs={[
          { label: text('meetings.upcoming'), to: '/my-meetings', isCurrent: when === 'upcoming' },
          { label: text('myMeetings.live'), to: '/my-meetings', when: 'live', isCurrent: when === 'live' },
          { label: text('meetings.past'), to: '/my-meetings', when: 'past', isCurrent: when === 'past' },
          ...(isManager ? [{ label: text('nav.meetings'), to: '/meetings' as const, isCurrent: false }] : []),
        ]}
        empty={<NothingMine when={when} />}
      />
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

function NothingMine({ when }: { when: 'upcoming' | 'live' | 'past' }) {
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
