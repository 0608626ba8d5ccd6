import { type Callee, choiceFrom, groupsOf } from '@anteroom/shared/meeting/callees.ts';
import { longestSearch } from '@anteroom/shared/meeting/calling.ts';
import { foundOf, useSearch } from '@anteroom/ui/calling/use-search.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { calleeIcons } from '@anteroom/ui/marks/callee-icons.ts';
import { IconPhone, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { InMeeting } from '../control/hosting.ts';
import { Outcome } from '../control/outcome.tsx';
import { Sheet, StepButton } from '../control/sheet.tsx';
import { useControlText } from '../locales/control/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { useRefusal } from '../state/use-refusal.ts';
import { FoundRows } from './found-rows.tsx';
import { Keyboard } from './keyboard.tsx';
import { press, takeBack } from './keys.ts';
import { SearchWords } from './search-words.tsx';
import './adding.css';

const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;

/** What one touch of the panel can bear; whoever wants to call more chooses a department. */
export const mostAtOnce = 40;

/**
 * A room that hosts looks for people, rooms, departments and contacts, or types a number, and calls all who were chosen at
 * once. While nothing is typed it shows the first of each kind: a room's people may be found without any key.
 */
export function AddSheet({ call, onClose }: { call: InMeeting; onClose: () => void }) {
  const text = useControlText();
  const { language } = useLanguage();
  const { find } = usePanel();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly Callee[]>([]);
  const { search, tryAgain } = useSearch(find, { typed, whenEmpty: 'first' });
  const found = foundOf(search);
  const groups = found ? groupsOf(found, typed) : [];
  const choose = (callee: Callee, isChosen: boolean) =>
    setChosen((before) => [...before.filter(({ id }) => id !== callee.id), ...(isChosen ? [callee] : [])]);
  return (
    <Sheet title={text('add.title')} isWide onClose={onClose}>
      <div className="adding">
        <div className="adding-typing">
          <input
            type="search"
            className="adding-field"
            aria-label={text('add.field')}
            placeholder={text('add.field')}
            maxLength={longestSearch}
            // The keys below are enough for Latin letters; Chinese needs those that a tablet brings.
            inputMode={language === 'en' ? 'none' : 'search'}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <SearchWords search={search} typed={typed} groups={groups} onTryAgain={tryAgain} />
          <Chosen chosen={chosen} onTake={(callee) => choose(callee, false)} />
          <Keyboard
            onKey={(key) => setTyped((before) => press(before, key, { longest: longestSearch }))}
            onBack={() => setTyped(takeBack)}
          />
        </div>
        <div className="adding-found">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard */}
          <div className="adding-rows" tabIndex={0} aria-busy={search.name === 'searching'}>
            <FoundRows groups={groups} chosen={chosen} isFull={chosen.length >= mostAtOnce} onChoose={choose} />
          </div>
          <Outcome call={call} done={() => ''} />
          <CallButton chosen={chosen} onCalled={onClose} />
        </div>
      </div>
    </Sheet>
  );
}

/** Whom the call is for; a touch takes one off again. */
function Chosen({ chosen, onTake }: { chosen: readonly Callee[]; onTake: (callee: Callee) => void }) {
  const text = useControlText();
  return (
    <ul className="adding-chosen" aria-label={text('add.chosen')}>
      {chosen.map((callee) => {
        const Icon = calleeIcons[callee.kind];
        return (
          <li key={callee.id}>
            <button
              type="button"
              className="touch adding-chip"
              aria-label={text('add.take', { name: callee.name })}
              onClick={() => onTake(callee)}
            >
              <Icon {...stroke} />
              <span className="adding-name">{callee.name}</span>
              <IconX {...stroke} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The sheet stays when the fleet refuses, and says why. */
function CallButton({ chosen, onCalled }: { chosen: readonly Callee[]; onCalled: () => void }) {
  const text = useControlText();
  const panel = usePanel();
  const [isCalling, setIsCalling] = useState(false);
  const touch = { kind: 'control', action: { kind: 'call', callees: choiceFrom(chosen) } } as const;
  const refusal = useRefusal(touch);
  const call = async () => {
    setIsCalling(true);
    const isDone = await panel.touch(touch);
    setIsCalling(false);
    if (isDone) onCalled();
  };
  return (
    <StepButton
      tone="primary"
      className="adding-call"
      icon={<IconPhone {...stroke} />}
      label={isCalling ? text('add.calling') : text('add.call', { count: Math.max(1, chosen.length) })}
      reason={refusal ?? (chosen.length === 0 ? text('add.nobody') : null)}
      onPress={() => {
        if (!isCalling) call().catch((error: unknown) => reportError(error));
      }}
    />
  );
}
