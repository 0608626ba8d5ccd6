import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { BoardCanvas } from '@anteroom/ui/whiteboard/board-canvas.tsx';
import { type BoardReplica, createBoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { usePointing } from '@anteroom/ui/whiteboard/use-pointing.ts';
import { useEffect, useState } from 'react';
import { openBoardLine } from './board-line.ts';

/** The meeting's whiteboard, as large as the display. */
export function DisplayBoard({ label, roster }: { label: string; roster: readonly RosterEntry[] }) {
  const [replica, setReplica] = useState<BoardReplica | null>(null);
  const [channel, setChannel] = useState<BoardChannel | null>(null);
  const pointing = usePointing(channel, roster);
  useEffect(() => {
    const line = openBoardLine();
    const made = createBoardReplica({ channel: line.channel });
    setReplica(made);
    setChannel(line.channel);
    return () => {
      made.dispose();
      line.close();
      setReplica(null);
      setChannel(null);
    };
  }, []);
  return (
    <section className="stage-board" aria-label={label}>
      {replica ? (
        <BoardCanvas replica={replica} mode="display" pointing={pointing} onRefused={() => undefined} />
      ) : null}
    </section>
  );
}
