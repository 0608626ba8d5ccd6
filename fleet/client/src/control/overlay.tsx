import { IconX } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { controlTexts } from './locales/texts.ts';
import './overlay.css';

/**
 * Above the page: a menu beside the button that opened it, or a question in the middle; both from below on a phone. Esc
 * and a press beside it close it, and the focus goes back to where it was.
 */
export function Overlay({
  title,
  anchor,
  isUrgent = false,
  onClose,
  children,
}: {
  title: string;
  /** Where the button stands; null for a question in the middle. */
  anchor: DOMRect | null;
  /** Asked by somebody else: a press beside it is no answer. */
  isUrgent?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const text = controlTexts.useText();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const closing = useRef({ onClose, isUrgent });
  useEffect(() => {
    closing.current = { onClose, isUrgent };
  }, [onClose, isUrgent]);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    const onEnd = () => closing.current.onClose();
    const onPress = (event: MouseEvent) => {
      // The dialog itself is hit only beside its content: that is the page behind.
      if (event.target === element && !closing.current.isUrgent) element.close();
    };
    element.addEventListener('close', onEnd);
    element.addEventListener('click', onPress);
    return () => {
      element.removeEventListener('close', onEnd);
      element.removeEventListener('click', onPress);
      element.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="overlay"
      data-shape={anchor ? 'menu' : 'question'}
      style={anchor ? placeBeside(anchor) : undefined}
      aria-labelledby={titleId}
    >
      <div className="overlay-inside">
        <header className="overlay-head">
          <h2 id={titleId}>{title}</h2>
          {isUrgent ? null : (
            <button type="button" className="plain-control" aria-label={text('overlay.close')} onClick={onClose}>
              <IconX size={20} stroke={1.75} aria-hidden="true" />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** px between a menu and its button, and between a menu and the edge of the window. */
const gapPx = 6;
const widthPx = 300;

function placeBeside(anchor: DOMRect): CSSProperties & Record<`--${string}`, string> {
  const left = Math.max(gapPx, Math.min(anchor.left, innerWidth - widthPx - gapPx));
  const isBelow = anchor.top + anchor.bottom < innerHeight;
  const roomPx = isBelow ? innerHeight - anchor.bottom : anchor.top;
  return {
    '--left': `${left}px`,
    '--top': isBelow ? `${anchor.bottom + gapPx}px` : 'auto',
    '--bottom': isBelow ? 'auto' : `${innerHeight - anchor.top + gapPx}px`,
    '--most': `${roomPx - 2 * gapPx}px`,
  };
}

/** The lines of a menu; arrows, Home and End go through them. */
export function MenuLines({ children }: { children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // The first line rather than the cross: whoever opened the menu wants one of its lines.
    const shownLines = () => [...element.querySelectorAll('button')].filter((line) => line.checkVisibility());
    shownLines()[0]?.focus();
    const onKeyDown = (event: KeyboardEvent) => {
      const lines: Element[] = shownLines();
      const at = document.activeElement ? lines.indexOf(document.activeElement) : -1;
      const next = lines[nextLine(event.key, at, lines.length) ?? -1];
      if (!(next instanceof HTMLElement)) return;
      event.preventDefault();
      next.focus();
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <div ref={list} className="lines">
      {children}
    </div>
  );
}

function nextLine(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (Math.max(at, 0) - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

/** One line: what it does, and why it cannot be done now. */
export function MenuLine({
  icon,
  label,
  hint = null,
  isDisabled = false,
  isSevere = false,
  onPress,
}: {
  icon: ReactNode;
  label: string;
  hint?: string | null;
  isDisabled?: boolean;
  isSevere?: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="line"
      data-severe={isSevere ? '' : undefined}
      aria-disabled={isDisabled || undefined}
      onClick={() => {
        if (!isDisabled) onPress();
      }}
    >
      {icon}
      <span>
        {label}
        {hint === null ? null : <small>{hint}</small>}
      </span>
    </button>
  );
}
