import { BoardCanvas } from '@anteroom/ui/whiteboard/board-canvas.tsx';
import { type BoardReplica, createBoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { useEffect, useState } from 'react';
import { openBoardLine } from './board-line.ts';

/** The meeting's whiteboard, as large as the display. */
export function DisplayBoard({ label }: { label: string }) {
  const [replica, setReplica] = useState<BoardReplica | null>(null);
  useEffect(() => {
    const line = openBoardLine();
    const made = createBoardReplica({ channel: line.channel });
    setReplica(made);
    return () => {
      made.dispose();
      line.close();
      setReplica(null);
    };
  }, []);
  return (
    <section className="stage-board" aria-label={label}>
      {replica ? <BoardCanvas replica={replica} mode="display" onRefused={() => undefined} /> : null}
    </section>
  );
}
