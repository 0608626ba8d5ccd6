import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ListPage } from '../../components/list-page.tsx';
import { placeBeside } from '../../components/place.ts';
import { texts } from '../../locales/texts.ts';
import { readDoor } from './door-state.ts';
import { staleAfterMs } from './heartbeat.ts';
import { PairButton } from './pair-button.tsx';
import { StateWord, useCauseWords } from './state-words.tsx';
import { useNearMeetings } from './use-near-meetings.ts';

const route = getRouteApi('/signedIn/terminals');

export function TerminalsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/terminals' });
  const result = useQuery(queries.terminals({ search: search.q, cursor: search.cursor }));
  return (
    <ListPage
      title={text('nav.terminals')}
      count={(count) => text('terminals.count', { count })}
      action={<PairButton />}
      searchLabel={text('terminals.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={<EmptyState title={text('terminals.empty')} next={text('terminals.emptyNext')} action={<PairButton />} />}
    >
      {(items) => <TerminalsTable items={items} hasMeetings />}
    </ListPage>
  );
}

/** Terminals as rows. Where meetings stand beside it, the table goes without its own column for them. */
export function TerminalsTable({ items, hasMeetings }: { items: readonly Terminal[]; hasMeetings: boolean }) {
  const text = texts.useText();
  const { now } = useWhen();
  const causeWords = useCauseWords();
  const meetings = useNearMeetings();
  const showsMeetings = hasMeetings && meetings !== null;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('terminals.state')}</th>
          <th scope="col">{text('terminals.name')}</th>
          <th scope="col">{text('terminals.place')}</th>
          <th scope="col">{text('terminals.wrong')}</th>
          {showsMeetings ? <th scope="col">{text('terminals.nowAndNext')}</th> : null}
          <th scope="col" className="end">
            {text('terminals.heard')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((terminal) => {
          const door = readDoor(terminal, meetings ?? [], now.getTime());
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
                {terminal.space ? placeBeside(terminal.name, terminal.space) : text('terminals.noSpace')}
              </td>
              <td data-phone="line" style={{ order: 3 }}>
                {door.cause ? causeWords(door.cause) : text('terminals.allWorking')}
              </td>
              {showsMeetings ? (
                <td data-phone="none">
                  <NowAndNext terminal={terminal} next={door.meeting} />
                </td>
              ) : null}
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

/** What the terminal is in, else what comes next; of a silent one nobody knows. */
function NowAndNext({ terminal, next }: { terminal: Terminal; next: MeetingItem | null }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  if (!terminal.isOnline) return text('terminals.unknown');
  if (terminal.meeting) return terminal.meeting.subject;
  if (!next) return text('terminals.nothingNext');
  return (
    <>
      <span className="tabular">{stamp(next.startAt)}</span> {next.subject}
    </>
  );
}
