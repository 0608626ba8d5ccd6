import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { BoardCanvas } from '@anteroom/ui/whiteboard/board-canvas.tsx';
import { type BoardReplica, createBoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { usePointing } from '@anteroom/ui/whiteboard/use-pointing.ts';
import { useEffect, useRef, useState } from 'react';
import { openBoardLine } from './board-line.ts';
import { useBoardPictures } from './use-board-pictures.ts';

/** The meeting's whiteboard, as large as the display, and painted for the displays that the terminal itself composes. */
export function DisplayBoard({ label, roster }: { label: string; roster: readonly RosterEntry[] }) {
  const [replica, setReplica] = useState<BoardReplica | null>(null);
  const [channel, setChannel] = useState<BoardChannel | null>(null);
  const pointing = usePointing(channel, roster);
  const frame = useRef<HTMLElement>(null);
  useBoardPictures(frame, replica, pointing);
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
    <section className="stage-board" aria-label={label} ref={frame}>
      {replica ? (
        <BoardCanvas replica={replica} mode="display" pointing={pointing} onRefused={() => undefined} />
      ) : null}
    </section>
  );
}
