import type { PanelTouch } from '@anteroom/shared/panel/state.ts';
import { type ReactNode, useId } from 'react';
import { usePanel } from '../state/panel-context.tsx';
import { useRefusal } from '../state/use-refusal.ts';
import './touch-button.css';

export type TouchButtonProps = {
  touch: PanelTouch;
  icon?: ReactNode;
  /** A line above the label: what is so now. */
  note?: string | undefined;
  tone?: 'plain' | 'primary' | 'fault' | 'ink';
  shape?: 'bar' | 'tile' | 'square';
  className?: string;
  /** A reason of the screen's own why it cannot be pressed; the terminal's table is asked anyway. */
  reason?: string | null;
  /** What the screen does besides, once it was pressed. */
  onTouched?: () => void;
  /** The words on it, but in a square, which has none. */
  label: string;
  /** The accessible name, where the words alone do not say whom it is about; it contains them. */
  name?: string;
};

/** A button that is one touch of the terminal. One that cannot be pressed stays in place and says why. */
export function TouchButton(props: TouchButtonProps) {
  const {
    touch,
    icon,
    note,
    tone = 'plain',
    shape = 'bar',
    className = '',
    reason = null,
    onTouched,
    label,
    name,
  } = props;
  const panel = usePanel();
  const refusal = useRefusal(touch);
  const why = refusal ?? reason;
  const reasonId = useId();
  const isSquare = shape === 'square';
  return (
    <button
      type="button"
      className={`touch ${className}`}
      data-tone={tone}
      data-shape={shape}
      aria-label={name ?? (isSquare ? label : undefined)}
      aria-disabled={why !== null}
      aria-describedby={why === null ? undefined : reasonId}
      title={why ?? (isSquare ? label : undefined)}
      onClick={() => {
        if (why !== null) return;
        void panel.touch(touch);
        onTouched?.();
      }}
    >
      {icon}
      {!isSquare && (
        <span className="touch-words">
          {note !== undefined && <span className="touch-note">{note}</span>}
          <span className="touch-label">{label}</span>
        </span>
      )}
      {why !== null && (
        <span id={reasonId} className={isSquare ? 'visually-hidden' : 'touch-reason'}>
          {why}
        </span>
      )}
    </button>
  );
}
