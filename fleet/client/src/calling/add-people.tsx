import { type Callee, canChoose, choiceFrom, groupsOf } from '@anteroom/shared/meeting/callees.ts';
import { longestSearch, mostChosen } from '@anteroom/shared/meeting/calling.ts';
import { type ControlRefusal, controlRefusals } from '@anteroom/shared/meeting/control.ts';
import { localize } from '@anteroom/shared/text.ts';
import { foundOf, type Search, useSearch } from '@anteroom/ui/calling/use-search.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { IconPhone, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Overlay } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { ChosenChips } from './chosen-chips.tsx';
import { FoundList } from './found-list.tsx';
import { InviteLink } from './invite-link.tsx';
import { callingTexts } from './locales/texts.ts';
import { SearchStatus } from './search-status.tsx';
import './calling.css';

/**
 * A host looks for people, rooms, departments and contacts, or types a number, and calls all who were chosen at once.
 * While nothing is typed it shows the invitation, which reaches whoever is in no directory.
 */
export function AddPeople({ onClose }: { onClose: () => void }) {
  const text = callingTexts.useText();
  const { client, control } = useSeat();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly Callee[]>([]);
  const [isCalling, setIsCalling] = useState(false);
  const [refusal, setRefusal] = useState<ControlRefusal | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { search, tryAgain } = useSearch(control.find, { typed, whenEmpty: 'idle' });
  const found = foundOf(search);
  const groups = found ? groupsOf(found, typed) : [];
  const isFull = chosen.length >= mostChosen;
  useEffect(() => field.current?.focus(), []);

  const choose = (callee: Callee, isChosen: boolean) => {
    setRefusal(null);
    setChosen((before) => [...before.filter(({ id }) => id !== callee.id), ...(isChosen ? [callee] : [])]);
  };
  const take = (callee: Callee) => {
    choose(callee, false);
    // The chip is gone, and the focus with it.
    field.current?.focus();
  };
  const call = async () => {
    setIsCalling(true);
    const answer = await control.request({ kind: 'call', callees: choiceFrom(chosen) });
    setIsCalling(false);
    setRefusal(answer);
    if (answer === null) onClose();
  };
  const onFieldKey = (event: KeyboardEvent) => {
    const last = chosen.at(-1);
    if (event.key === 'Backspace' && typed === '' && last) choose(last, false);
    // An answer to something that was typed before is not what the reader means.
    if (event.key !== 'Enter' || search.name !== 'found' || search.typed !== typed.trim() || isFull) return;
    const isNew = (callee: Callee) => !chosen.some(({ id }) => id === callee.id);
    const first = groups.flatMap((group) => group.found).find((one) => canChoose(one) && isNew(one.callee));
    if (!first) return;
    choose(first.callee, true);
    setTyped('');
  };

  return (
    <Overlay title={text('add.title')} anchor={null} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go through the fields inside, which are reached by Tab too */}
      <div className="question adding" onKeyDown={moveByArrow}>
        <ChosenChips chosen={chosen} onTake={take} />
        <div className="person-search">
          <IconSearch size={18} stroke={1.75} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            aria-label={text('add.field')}
            placeholder={text('add.field')}
            maxLength={longestSearch}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={onFieldKey}
          />
        </div>
        <SearchStatus search={search} typed={typed} groups={groups} onTryAgain={tryAgain} />
        {groups.length > 0 ? (
          <div className="found" aria-busy={search.name === 'searching'}>
            <FoundList groups={groups} chosen={chosen} isFull={isFull} onChoose={choose} />
          </div>
        ) : null}
        {isFull ? <p className="t2">{text('add.full', { most: mostChosen })}</p> : null}
        {hasInvitation(search.name, { isChoosing: chosen.length > 0, hasFound: groups.length > 0 }) ? (
          <section className="adding-invite" aria-labelledby="adding-invite">
            <h3 id="adding-invite">{text('invite.orLink')}</h3>
            <InviteLink number={client.meeting.number} isLocked={client.talk.controls.isLocked} />
          </section>
        ) : null}
        <CallButton
          count={chosen.length}
          isCalling={isCalling}
          refusal={refusal}
          onCall={() => call().catch((error: unknown) => reportError(error))}
        />
      </div>
    </Overlay>
  );
}

/** Before a search, and where one came to nothing; it makes room for what was found and for the call. */
function hasInvitation(
  search: Search['name'],
  { isChoosing, hasFound }: { isChoosing: boolean; hasFound: boolean },
): boolean {
  if (search === 'idle') return !isChoosing;
  return search !== 'searching' && !hasFound;
}

/** From the field into what was found, through it, and back. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const focused = document.activeElement;
  if (step === 0 || !(focused instanceof HTMLInputElement)) return;
  const fields = [...event.currentTarget.querySelectorAll<HTMLInputElement>('.person-search input, .found input')];
  const open = fields.filter(({ disabled }) => !disabled);
  const at = open.indexOf(focused);
  if (at < 0) return;
  event.preventDefault();
  open[at + step]?.focus();
}

function CallButton({
  count,
  isCalling,
  refusal,
  onCall,
}: {
  count: number;
  isCalling: boolean;
  refusal: ControlRefusal | null;
  onCall: () => void;
}) {
  const text = callingTexts.useText();
  const { language } = useLanguage();
  if (count === 0) return null;
  return (
    <div className="adding-call">
      <p role="alert" className="wrong">
        {refusal && localize(controlRefusals[refusal], language)}
      </p>
      <button type="button" className="button primary" disabled={isCalling} onClick={onCall}>
        <IconPhone size={20} stroke={1.75} aria-hidden="true" />
        {isCalling ? text('add.calling') : text('add.call', { count })}
      </button>
    </div>
  );
}
