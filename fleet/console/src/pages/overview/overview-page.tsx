import { EmptyState } from '@anteroom/ui/text/empty-state.tsx';
import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { doorStates, readDoor } from '../terminals/door-state.ts';
import { DoorMark } from '../terminals/state-words.tsx';
import { TerminalsTable } from '../terminals/terminals-page.tsx';
import { useNearMeetings } from '../terminals/use-near-meetings.ts';
import { ComingMeetings } from './coming-meetings.tsx';
import { SiteBars, Skyline } from './skyline.tsx';
import { groupDoors, type SkyDoor, worstFirst } from './skyline-groups.ts';
import './overview.css';

/** Rows of the list before the rest is left to the page of terminals. */
const listed = 30;

/** The organization at a glance: first in a sentence, then every door, then the same as a list. */
export function OverviewPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { now } = useWhen();
  const overview = useQuery(queries.overview());
  const terminals = useQuery(queries.everyTerminal());
  const meetings = useNearMeetings();

  const error = overview.error ?? terminals.error;
  if (!overview.data || !terminals.data) {
    return error ? (
      <FaultNote error={error} onRetry={() => Promise.all([overview.refetch(), terminals.refetch()])} />
    ) : (
      <p className="t2">{text('list.loading')}</p>
    );
  }

  const { total, canJoin, online, inMeeting } = overview.data.terminals;
  const doors: SkyDoor[] = terminals.data.items
    .filter((terminal) => terminal.stage !== 'retired')
    .map((terminal) => ({ terminal, state: readDoor(terminal, meetings ?? [], now.getTime()).state }));
  if (doors.length === 0) {
    return (
      <>
        <h1>{text('overview.none')}</h1>
        <EmptyState
          title={text('terminals.empty')}
          next={text('terminals.emptyNext')}
          action={
            <Button
              renderRoot={(props) => <Link to="/claim" {...props} />}
              leftSection={<IconLink size={16} stroke={1.75} aria-hidden="true" />}
            >
              {text('terminals.pair')}
            </Button>
          }
        />
      </>
    );
  }

  const sites = groupDoors(doors);
  const counts = doorStates
    .map((state) => ({ state, count: doors.filter((door) => door.state === state).length }))
    .filter(({ count }) => count > 0);
  const cannot = total - canJoin;
  return (
    <>
      <header className="overview-head">
        <div className="grow">
          <h1>{text('overview.sentence', { canJoin, count: total })}</h1>
          <p className="lead">{cannot > 0 ? text('overview.cannot', { count: cannot }) : text('overview.allCan')}</p>
        </div>
        <dl className="figures">
          <div>
            <dt>{text('overview.inMeeting')}</dt>
            <dd className="tabular">{inMeeting}</dd>
          </div>
          <div>
            <dt>{text('overview.heard')}</dt>
            <dd className="tabular">{text('overview.of', { part: online, total })}</dd>
          </div>
          {overview.data.meetings ? (
            <div>
              <dt>{text('overview.today')}</dt>
              <dd className="tabular">{overview.data.meetings.today}</dd>
            </div>
          ) : null}
        </dl>
      </header>
      <FaultNote error={error} />
      <section className="doors" aria-labelledby="doors">
        <div className="doors-head">
          <h2 id="doors">{text('overview.everyDoor')}</h2>
          <ul className="legend">
            {counts.map(({ state, count }) => (
              <li key={state} className="state">
                <DoorMark state={state} />
                {text(`door.${state}`)} <b className="tabular">{count}</b>
              </li>
            ))}
          </ul>
        </div>
        <Skyline sites={sites} count={doors.length} />
        <SiteBars sites={sites} />
        {terminals.data.total > terminals.data.items.length ? (
          <p className="t2">
            {text('overview.drawn', { drawn: terminals.data.items.length, count: terminals.data.total })}
          </p>
        ) : null}
      </section>
      <div className={meetings ? 'two-columns' : undefined}>
        <div>
          <section aria-labelledby="rooms">
            <div className="overview-list-head">
              <h2 id="rooms">{text('overview.worstFirst')}</h2>
              <Link to="/terminals" className="link">
                {text('overview.all', { count: total })}
              </Link>
            </div>
            <TerminalsTable
              hasMeetings={false}
              items={worstFirst(doors)
                .slice(0, listed)
                .map((door) => door.terminal)}
            />
          </section>
        </div>
        {meetings ? (
          <div>
            <ComingMeetings meetings={meetings} />
          </div>
        ) : null}
      </div>
    </>
  );
}
