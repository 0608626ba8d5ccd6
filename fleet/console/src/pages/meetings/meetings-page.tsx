import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ListPage } from '../../components/list-page.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingState } from './meeting-state.tsx';
import { usePlace } from './use-place.ts';

const route = getRouteApi('/signedIn/meetings');

export function MeetingsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { day, span } = useWhen();
  const place = usePlace();
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
      {(items) => (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text('meetings.time')}</th>
              <th scope="col">{text('field.subject')}</th>
              <th scope="col">{text('field.room')}</th>
              <th scope="col">{text('meetings.number')}</th>
              <th scope="col">{text('meetings.organizer')}</th>
              <th scope="col">{text('meetings.state')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((meeting) => (
              <tr key={meeting.id}>
                <td data-phone="line" style={{ order: 1 }} className="tabular">
                  {day(meeting.startAt)}, {span(meeting.startAt, meeting.endAt)}
                </td>
                <td>
                  <Link to="/meetings/$meetingId" params={{ meetingId: meeting.id }} className="row-link">
                    {meeting.subject}
                  </Link>
                </td>
                <td style={{ order: 2 }}>{place(meeting)}</td>
                <td data-phone="none" className="mono">
                  {spacedNumber(meeting.number)}
                </td>
                <td data-phone="none">{meeting.organizerName}</td>
                <td data-phone="end">
                  <MeetingState meeting={meeting} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ListPage>
  );
}
