import { matchPeople, searchAbove } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useState } from 'react';
import { controlTexts } from './locales/texts.ts';
import { PersonSearch } from './person-search.tsx';

/** Chooses one of them. */
export function PersonPicker({
  people,
  chosenId,
  onChoose,
}: {
  people: readonly RosterEntry[];
  chosenId: string | null;
  onChoose: (id: string) => void;
}) {
  const text = controlTexts.useText();
  const [typed, setTyped] = useState('');
  const found = matchPeople(people, typed);
  return (
    <div>
      {people.length > searchAbove ? <PersonSearch typed={typed} foundCount={found.length} onType={setTyped} /> : null}
      <fieldset className="picker">
        <legend className="visually-hidden">{text('leave.handOverNext')}</legend>
        {found.map(({ participantId, name }) => (
          <label key={participantId} className="picker-line">
            <input
              type="radio"
              name="person"
              checked={participantId === chosenId}
              onChange={() => onChoose(participantId)}
            />
            {name}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
