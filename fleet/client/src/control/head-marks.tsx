import { mayControl } from '@anteroom/shared/meeting/control.ts';
import { IconChevronDown, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { controlTexts } from './locales/texts.ts';
import { Parts } from './parts-loader.tsx';
import { useSeat } from './seat.tsx';

/** Says that nobody else comes in. */
export function LockMark() {
  const text = controlTexts.useText();
  const { client } = useSeat();
  if (!client.talk.controls.isLocked) return null;
  return (
    <span className="lock-mark">
      <IconLock size={18} stroke={1.75} aria-hidden="true" />
      {text('lock.is')}
    </span>
  );
}

/** The time left in words; hosts extend the meeting from it. */
export function TimeLeftMark({ words, isEnding }: { words: string; isEnding: boolean }) {
  const text = controlTexts.useText();
  const { own } = useSeat();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const traits = { className: 'left tabular', 'data-ending': isEnding || undefined };
  if (!own || !mayControl(own.role, 'extend')) return <span {...traits}>{words}</span>;
  return (
    <>
      <button
        type="button"
        {...traits}
        className="left left-button tabular"
        aria-haspopup="dialog"
        aria-label={text('extend.open', { left: words })}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        {words}
        <IconChevronDown size={16} stroke={1.75} aria-hidden="true" />
      </button>
      {anchor ? (
        <Parts>{({ ExtendMenu }) => <ExtendMenu anchor={anchor} onClose={() => setAnchor(null)} />}</Parts>
      ) : null}
    </>
  );
}
