import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { ChangeTerminal } from './change-terminal.tsx';
import { CommandsSection } from './commands-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { readDoor } from './door-state.ts';
import { EventsSection } from './events-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { RevokeTerminal } from './revoke-terminal.tsx';
import { ScheduleSection } from './schedule-section.tsx';
import { TerminalHead } from './terminal-head.tsx';
import { useNearMeetings } from './use-near-meetings.ts';
import { WantedNote } from './wanted-note.tsx';
import './terminal-page.css';

const route = getRouteApi('/signedIn/terminals/$terminalId');

/** One terminal: what it is doing, what it has, what was asked of it, and what may be done with it. */
export function TerminalPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { terminalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { now } = useWhen();
  const { data: terminal, error, refetch } = useQuery(queries.terminal(terminalId));
  const meetings = useNearMeetings();
  const close = () => navigate({ search: {}, replace: true });

  if (!terminal) {
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  }
  const door = readDoor(terminal, meetings ?? [], now.getTime());
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/terminals" className="link">
          {text('nav.terminals')}
        </Link>
        {terminal.space ? (
          <span>› {[terminal.space.site, terminal.space.floor].filter(Boolean).join(' · ')}</span>
        ) : null}
      </nav>
      <TerminalHead terminal={terminal} door={door} />
      <WantedNote terminal={terminal} door={door} />
      <div className="two-columns">
        <div>
          <DevicesSection terminal={terminal} />
          <CommandsSection terminalId={terminal.id} />
          <IdentitySection terminal={terminal} />
        </div>
        <div>
          {meetings ? <ScheduleSection terminal={terminal} meetings={meetings} /> : null}
          <EventsSection terminalId={terminal.id} />
        </div>
      </div>
      {search.do === 'change' ? <ChangeTerminal terminal={terminal} onClose={close} /> : null}
      {search.do === 'revoke' ? <RevokeTerminal terminal={terminal} onClose={close} /> : null}
    </>
  );
}
