import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { useEffect, useMemo, useState } from 'react';
import type { Pointing } from './board-canvas.tsx';
import { type BoardPointers, createBoardPointers } from './board-pointers.ts';

/** Where everybody in the meeting points, by name; whoever is not connected points at nothing. Null before `channel` is there. */
export function usePointing(channel: BoardChannel | null, roster: readonly RosterEntry[]): Pointing | null {
  const [pointers, setPointers] = useState<BoardPointers | null>(null);
  useEffect(() => {
    if (!channel) return;
    const made = createBoardPointers({ channel });
    setPointers(made);
    return () => {
      made.dispose();
      setPointers(null);
    };
  }, [channel]);
  return useMemo(() => {
    const here = roster.filter(({ isConnected }) => isConnected);
    return pointers && { pointers, names: new Map(here.map(({ participantId, name }) => [participantId, name])) };
  }, [pointers, roster]);
}
