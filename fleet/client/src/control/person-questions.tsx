import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useState } from 'react';
import { Answers } from './answers.tsx';
import { controlTexts } from './locales/texts.ts';
import { Overlay } from './overlay.tsx';
import { useSeat } from './seat.tsx';

const longestName = 80;

/** Asks once more before somebody becomes the host or has to go. */
export function ConfirmPerson({
  entry,
  verb,
  onClose,
}: {
  entry: RosterEntry;
  verb: 'handOver' | 'remove';
  onClose: () => void;
}) {
  const text = controlTexts.useText();
  const { control } = useSeat();
  const { name, participantId } = entry;
  return (
    <Overlay title={text(`confirm.${verb}`, { name })} anchor={null} onClose={onClose}>
      <div className="question">
        <p className="t2">{verb === 'remove' ? text('confirm.removeNext') : text('confirm.handOverNext', { name })}</p>
        <Answers
          yes={text(`confirm.${verb}Yes`)}
          tone={verb === 'remove' ? 'severe' : 'primary'}
          onNo={onClose}
          onYes={() => {
            onClose();
            control.act({ kind: verb, participantId }).catch((error: unknown) => reportError(error));
          }}
        />
      </div>
    </Overlay>
  );
}

export function RenamePerson({ entry, onClose }: { entry: RosterEntry; onClose: () => void }) {
  const text = controlTexts.useText();
  const { control } = useSeat();
  const [name, setName] = useState(entry.name);
  const wanted = name.trim();
  return (
    <Overlay title={text('rename.title', { name: entry.name })} anchor={null} onClose={onClose}>
      <form
        className="question"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '') return;
          onClose();
          control
            .act({ kind: 'rename', participantId: entry.participantId, name: wanted })
            .catch((error: unknown) => reportError(error));
        }}
      >
        <div className="field">
          <label htmlFor="rename">{text('rename.label')}</label>
          <input id="rename" value={name} maxLength={longestName} onChange={(event) => setName(event.target.value)} />
        </div>
        <div className="question-acts">
          <button type="button" className="button" onClick={onClose}>
            {text('confirm.no')}
          </button>
          <button type="submit" className="button primary" disabled={wanted === ''}>
            {text('rename.yes')}
          </button>
        </div>
      </form>
    </Overlay>
  );
}
