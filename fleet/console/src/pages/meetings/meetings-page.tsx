import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingsList, NewMeetingButton } from './meetings-list.tsx';

const route = getRouteApi('/signedIn/meetings');

export function MeetingsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const when = search.when ?? 'upcoming';
  const navigate = useNavigate({ from: '/meetings' });
  const result = useQuery(queries.meetings({ search: search.q, cursor: search.cursor, when }));
  return (
    <MeetingsList
      title={text('nav.meetings')}
      searchLabel={text('meetings.search')}
      search={search}
      onSearch={(next) => navigate({ search: { ...next, when: search.when } })}
      result={result}
      lead={null}
      tabs={[
        { label: text('meetings.upcoming'), to: '/meetings', isCurrent: when === 'upcoming' },
        { label: text('meetings.past'), to: '/meetings', when: 'past', isCurrent: when === 'past' },
        { label: text('myMeetings.title'), to: '/my-meetings', isCurrent: false },
      ]}
      empty={
        when === 'past' ? (
          <EmptyState title={text('meetings.emptyPast')} next={text('meetings.emptyPastNext')} />
        ) : (
          <EmptyState title={text('meetings.empty')} next={text('meetings.emptyNext')} action={<NewMeetingButton />} />
        )
      }
    />
  );
}
