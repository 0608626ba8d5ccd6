import type { Callee } from '@anteroom/shared/meeting/callees.ts';
import { IconX } from '@tabler/icons-react';
import { KindIcon } from './kind-icon.tsx';
import { callingTexts } from './locales/texts.ts';

/** Whom the call is for; a press takes one off again. */
export function ChosenChips({ chosen, onTake }: { chosen: readonly Callee[]; onTake: (callee: Callee) => void }) {
  const text = callingTexts.useText();
  if (chosen.length === 0) return null;
  return (
    <ul className="chips" aria-label={text('add.chosen')}>
      {chosen.map((callee) => (
        <li key={callee.id}>
          <button
            type="button"
            className="chip"
            aria-label={text('add.take', { name: callee.name })}
            onClick={() => onTake(callee)}
          >
            <KindIcon kind={callee.kind} />
            <span>{callee.name}</span>
            <IconX size={16} stroke={2} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
