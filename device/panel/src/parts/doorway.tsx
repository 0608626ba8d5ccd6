import type { ReactNode } from 'react';
import './doorway.css';

/** What stands in a doorway: a small line and a large one at its head, and something at its foot. */
export function DoorWords({ small, large, foot }: { small: string; large: string; foot?: ReactNode }) {
  return (
    <>
      <span className="door-head">
        <small>{small}</small>
        <b className="tabular">{large}</b>
      </span>
      {foot !== undefined && <span className="door-foot">{foot}</span>}
    </>
  );
}

/** The one large word on a lit door. */
export function DoorGo({ children }: { children: string }) {
  return <span className="door-go">{children}</span>;
}

/** A line of text on a closed leaf. */
export function DoorNote({ children }: { children: ReactNode }) {
  return <span className="door-note">{children}</span>;
}
