import type { ParticipantId } from '@anteroom/shared/ids.ts';
import { mayControl } from '@anteroom/shared/meeting/control.ts';
import { choicesFor, matchPeople, orderPeople, searchAbove } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { IconX } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { AddButton } from '../calling/add-button.tsx';
import { CalledList } from '../calling/called-list.tsx';
import { texts } from '../locales/texts.ts';
import { HostActions } from './host-actions.tsx';
import { controlTexts } from './locales/texts.ts';
import { PersonMenu } from './person-menu.tsx';
import { PersonRow } from './person-row.tsx';
import { PersonSearch } from './person-search.tsx';
import { useSeat } from './seat.tsx';
import { WaitingList } from './waiting-list.tsx';

/** Everybody in the meeting, what of them is on, and what one may do to them; at its head what concerns all. */
export function PeoplePanel({ onClose }: { onClose: () => void }) {
  const text = texts.useText();
  const words = controlTexts.useText();
  const { client, own } = useSeat();
  const { roster, participantId: ownId, talk } = client;
  const [typed, setTyped] = useState('');
  const [menu, setMenu] = useState<{ id: ParticipantId; anchor: DOMRect } | null>(null);
  const ordered = useMemo(() => orderPeople(roster), [roster]);
  const hasSearch = roster.length > searchAbove;
  const shown = hasSearch ? matchPeople(ordered, typed) : ordered;
  const chosen = menu ? roster.find(({ participantId }) => participantId === menu.id) : undefined;
  // Anybody can pin anybody else.
  const hasMenu = (entry: RosterEntry) =>
    own !== null && (entry.participantId !== ownId || choicesFor(own, entry, talk.controls).length > 0);
  const openMenu = useCallback((id: ParticipantId, anchor: DOMRect) => setMenu({ id, anchor }), []);

  return (
    <aside className="people" aria-label={text('in.people')}>
      <header className="people-head">
        <h2>
          {text('in.people')} <span className="t2 tabular">{roster.length}</span>
        </h2>
        <span className="grow" />
        <AddButton />
        <button type="button" className="plain-control" aria-label={text('in.peopleClose')} onClick={onClose}>
          <IconX size={20} stroke={1.75} aria-hidden="true" />
        </button>
      </header>
      {own && mayControl(own.role, 'muteAll') ? <HostActions /> : null}
      {own && mayControl(own.role, 'admit') ? <WaitingList /> : null}
      {own && mayControl(own.role, 'call') ? <CalledList /> : null}
      {hasSearch ? <PersonSearch typed={typed} foundCount={shown.length} onType={setTyped} /> : null}
      {shown.length === 0 ? <p className="people-none t2">{words('people.none')}</p> : null}
      <ul className="people-list" aria-label={text('in.people')}>
        {shown.map((entry) => (
          <PersonRow
            key={entry.participantId}
            entry={entry}
            isOwn={entry.participantId === ownId}
            isSpotlit={entry.participantId === talk.controls.spotlight}
            onMenu={hasMenu(entry) ? openMenu : null}
          />
        ))}
      </ul>
      {menu && chosen ? <PersonMenu entry={chosen} anchor={menu.anchor} onClose={() => setMenu(null)} /> : null}
    </aside>
  );
}
