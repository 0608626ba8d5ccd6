import { IconX } from '@tabler/icons-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useControlText } from '../locales/control/texts.ts';
import './sheet.css';

/**
 * What a person chooses from, over the meeting. It stands on the side away from the doorway, so that nothing in it is
 * where Join was. Escape and a touch beside it close it.
 */
export function Sheet({
  title,
  isWide = false,
  onClose,
  children,
}: {
  title: string;
  /** Over the whole screen: for what needs the room, and is not opened by the way. */
  isWide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const text = useControlText();
  const sheet = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed while it still stands in the page: only then the focus goes back to what opened it.
  useLayoutEffect(() => {
    const dialog = sheet.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog, which tells it by `cancel`
    <dialog
      ref={sheet}
      className="sheet"
      data-wide={isWide ? '' : undefined}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // What is inside has its own element: only the backdrop is the dialog itself.
        if (event.target === sheet.current) onClose();
      }}
    >
      <div className="sheet-page">
        <header className="sheet-head">
          <h2 id={titleId}>{title}</h2>
          <button
            type="button"
            className="touch"
            data-shape="square"
            aria-label={text('sheet.close')}
            onClick={onClose}
          >
            <IconX aria-hidden="true" stroke={1.75} />
          </button>
        </header>
        <div className="sheet-body">{children}</div>
      </div>
    </dialog>
  );
}

/** A choice that only opens another step on the screen; touches of the terminal are `TouchButton`s. */
export function StepButton(props: {
  icon: ReactNode;
  label: string;
  note?: string;
  tone?: 'plain' | 'fault' | 'primary';
  shape?: 'bar' | 'tile';
  className?: string;
  opensSheet?: boolean;
  reason: string | null;
  onPress: () => void;
}) {
  const {
    icon,
    label,
    note,
    tone = 'plain',
    shape = 'bar',
    className = '',
    opensSheet = false,
    reason,
    onPress,
  } = props;
  const reasonId = useId();
  return (
    <button
      type="button"
      className={`touch ${className}`}
      data-tone={tone}
      data-shape={shape}
      aria-haspopup={opensSheet ? 'dialog' : undefined}
      aria-disabled={reason !== null}
      aria-describedby={reason === null ? undefined : reasonId}
      onClick={() => {
        if (reason === null) onPress();
      }}
    >
      {icon}
      <span className="touch-words">
        {note !== undefined && <span className="touch-note">{note}</span>}
        <span className="touch-label">{label}</span>
      </span>
      {reason !== null && (
        <span id={reasonId} className="touch-reason">
          {reason}
        </span>
      )}
    </button>
  );
}

/** A question before what cannot be taken back: the answer that does nothing comes first. */
export function Question(props: { next: string; onNo: () => void; children: ReactNode }) {
  const text = useControlText();
  return (
    <div className="sheet-question">
      <p className="lead">{props.next}</p>
      <div className="sheet-answers">
        <StepButton icon={null} label={text('ask.no')} reason={null} onPress={props.onNo} />
        {props.children}
      </div>
    </div>
  );
}
