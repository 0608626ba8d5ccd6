import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ListSearch } from '../../app/address.ts';
import { ListPage } from '../../components/list-page.tsx';
import { texts } from '../../locales/texts.ts';
import { MeetingsTable } from './meetings-table.tsx';

type Tab = { label: string; to: '/meetings' | '/my-meetings'; when?: 'live' | 'past'; isCurrent: boolean };

/** A list of meetings with its tabs and the way to a new one: everybody's, or the reader's own. */
export function MeetingsList({
  title,
  searchLabel,
  search,
  onSearch,
  result,
  lead,
  tabs,
  empty,
}: {
  title: string;
  searchLabel: string;
  search: ListSearch;
  onSearch: (search: ListSearch) => void;
  result: UseQueryResult<{ items: MeetingItem[]; nextCursor: string | null; total: number }>;
  /** What comes before the list. */
  lead: ReactNode;
  tabs: readonly Tab[];
  empty: ReactNode;
}) {
  const text = texts.useText();
  return (
    <ListPage
      title={title}
      count={(count) => text('meetings.count', { count })}
      action={<NewMeetingButton />}
      searchLabel={searchLabel}
      search={search}
      onSearch={onSearch}
      result={result}
      tabs={
        <>
          {lead}
          <nav className="tabs" aria-label={text('meetings.when')}>
            {tabs.map(({ label, to, when, isCurrent }) => (
              <Link
                key={label}
                to={to}
                search={when ? { when } : {}}
                className="tab"
                aria-current={isCurrent ? 'page' : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
        </>
      }
      empty={empty}
    >
      {(items) => <MeetingsTable meetings={items} />}
    </ListPage>
  );
}

export function NewMeetingButton() {
  const text = texts.useText();
  return (
    <Button
      renderRoot={(props) => <Link to="/meetings/new" {...props} />}
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('meetings.new')}
    </Button>
  );
}
