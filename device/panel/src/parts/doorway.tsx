import type { ReactNode } from 'react';
import './doorway.css';

/**
 * What stands in a doorway: a small line and a large one at its head, and something at its foot. `descriptionId` makes
 * the head the description of the door's button instead of a part of its name.
 */
export function DoorWords({
  small,
  large,
  foot,
  descriptionId,
}: {
  small: string;
  large: string;
  foot?: ReactNode;
  descriptionId?: string;
}) {
  return (
    <>
      <span className="door-head" id={descriptionId} aria-hidden={descriptionId !== undefined}>
        <small>{small}</small>
        <b className="tabular">{large}</b>
      </span>
      {foot !== undefined && <span className="door-foot">{foot}</span>}
    </>
  );
}

/**
 * The one large word on a lit door, and above it what it opens. Whose meeting it is stands elsewhere on the screen, so
 * only listeners hear it.
 */
export function DoorGo({ subject, note, children }: { subject: string; note: string | null; children: string }) {
  return (
    <span className="door-go">
      {note !== null && (
        <small className="door-go-note" aria-hidden="true">
          {note}
        </small>
      )}
      {children} <span className="visually-hidden">{subject}</span>
    </span>
  );
}

/** A line of text on a closed leaf. */
export function DoorNote({ children }: { children: ReactNode }) {
  return <span className="door-note">{children}</span>;
}
