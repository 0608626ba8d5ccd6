import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ListPage } from '../../components/list-page.tsx';
import { placeOf } from '../../components/place.ts';
import { texts } from '../../locales/texts.ts';
import { readDoor } from './door-state.ts';
import { staleAfterMs } from './heartbeat.ts';
import { StateWord, useCauseWords } from './state-words.tsx';

const route = getRouteApi('/signedIn/terminals');

export function TerminalsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/terminals' });
  const result = useQuery(queries.terminals({ search: search.q, cursor: search.cursor }));
  const pair = (
    <Button
      renderRoot={(props) => <Link to="/claim" {...props} />}
      leftSection={<IconLink size={16} stroke={1.75} aria-hidden="true" />}
    >
      {text('terminals.pair')}
    </Button>
  );
  return (
    <ListPage
      title={text('nav.terminals')}
      count={(count) => text('terminals.count', { count })}
      action={pair}
      searchLabel={text('terminals.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('terminals.empty')} next={text('terminals.emptyNext')} action={pair} />}
    >
      {(items) => <TerminalsTable items={items} />}
    </ListPage>
  );
}

export function TerminalsTable({ items }: { items: readonly Terminal[] }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { now, stamp } = useWhen();
  const causeWords = useCauseWords();
  const meetings = useQuery(queries.nearMeetings()).data?.items ?? [];
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('terminals.state')}</th>
          <th scope="col">{text('terminals.name')}</th>
          <th scope="col">{text('terminals.place')}</th>
          <th scope="col">{text('terminals.wrong')}</th>
          <th scope="col">{text('terminals.nowAndNext')}</th>
          <th scope="col" className="end">
            {text('terminals.heard')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((terminal) => {
          const door = readDoor(terminal, meetings, now.getTime());
          return (
            <tr key={terminal.id}>
              <td data-phone="end" style={{ order: 1 }}>
                <StateWord state={door.state} />
              </td>
              <td>
                <Link to="/terminals/$terminalId" params={{ terminalId: terminal.id }} className="row-link">
                  {terminal.name}
                </Link>
              </td>
              <td data-phone="line" style={{ order: 2 }}>
                {terminal.space ? placeOf(terminal.space) : text('terminals.noSpace')}
              </td>
              <td data-phone="line" style={{ order: 3 }}>
                {door.cause ? causeWords(door.cause) : text('terminals.allWorking')}
              </td>
              <td data-phone="none">
                {terminal.isOnline
                  ? (terminal.meeting?.subject ??
                    (door.meeting ? (
                      <span>
                        <span className="tabular">{stamp(door.meeting.startAt)}</span> {door.meeting.subject}
                      </span>
                    ) : (
                      text('terminals.nothingNext')
                    )))
                  : text('terminals.unknown')}
              </td>
              <td data-phone="none" className="end">
                <AgeText at={terminal.seenAt} staleAfterMs={staleAfterMs} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
