import { mayCall } from '@anteroom/shared/api/access.ts';
import { type DirectoryTerminal, terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { ListPage } from '../../components/list-page.tsx';
import { placeBeside } from '../../components/place.ts';
import { texts } from '../../locales/texts.ts';
import { staleAfterMs } from '../terminals/heartbeat.ts';
import { PairButton } from '../terminals/pair-button.tsx';
import { DoorMark } from '../terminals/state-words.tsx';
import { DirectoryTabs } from './directory-tabs.tsx';

const route = getRouteApi('/signedIn/people/terminals');

/** Terminals as everybody finds them to invite; who may work on one goes on to its own page. */
export function DirectoryTerminalsPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/people/terminals' });
  const result = useQuery(queries.directoryTerminals({ search: search.q, cursor: search.cursor }));
  const session = useQuery(queries.session()).data;
  const mayOpen = session !== undefined && mayCall(terminalRoutes.get.access, session);
  const mayPair = session !== undefined && mayCall(terminalRoutes.claim.access, session);
  return (
    <ListPage
      title={text('nav.terminals')}
      count={(count) => text('terminals.count', { count })}
      action={null}
      tabs={<DirectoryTabs />}
      searchLabel={text('terminals.search')}
      search={search}
      onSearch={(next) => navigate({ search: next })}
      result={result}
      empty={
        mayPair ? (
          <EmptyState title={text('terminals.empty')} next={text('terminals.emptyNext')} action={<PairButton />} />
        ) : (
          <EmptyState title={text('terminals.empty')} next={text('directory.terminalsNext')} />
        )
      }
    >
      {(items) => <TerminalRows items={items} mayOpen={mayOpen} />}
    </ListPage>
  );
}

function TerminalRows({ items, mayOpen }: { items: readonly DirectoryTerminal[]; mayOpen: boolean }) {
  const text = texts.useText();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text('terminals.name')}</th>
          <th scope="col">{text('terminals.place')}</th>
          <th scope="col">{text('field.room')}</th>
          <th scope="col">{text('terminals.state')}</th>
          <th scope="col" className="end">
            {text('terminals.heard')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, space, room, isOnline, seenAt }) => (
          <tr key={id}>
            <td>
              {mayOpen ? (
                <Link to="/terminals/$terminalId" params={{ terminalId: id }} className="row-link">
                  {name}
                </Link>
              ) : (
                <b>{name}</b>
              )}
            </td>
            <td data-phone="line" style={{ order: 2 }}>
              {space ? placeBeside(name, space) : <span className="t3">{text('terminals.noSpace')}</span>}
            </td>
            <td data-phone="line" style={{ order: 3 }}>
              {room ? room.name : <span className="t3">{text('directory.noCloudRoom')}</span>}
            </td>
            <td data-phone="end" style={{ order: 1 }}>
              <Reach isOnline={isOnline} />
            </td>
            <td data-phone="none" className="end">
              <AgeText at={seenAt} staleAfterMs={staleAfterMs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether it is heard. Whether it can join is for those to know who can mend it. */
function Reach({ isOnline }: { isOnline: boolean }) {
  const text = texts.useText();
  const state = isOnline ? 'ready' : 'silent';
  return (
    <span className="state" data-state={state}>
      <DoorMark state={state} />
      {isOnline ? text('directory.online') : text('door.silent')}
    </span>
  );
}
