import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { useState } from 'react';
import { useLoaded } from '../control/parts-loader.tsx';
import { useSeat } from '../control/seat.tsx';
import { boardTexts } from './locales/texts.ts';

/**
 * The whiteboard, when it is what the meeting shows. Its program is fetched with the first one, and stays: what was drawn
 * without a connection is sent also after the board was closed.
 */
export function BoardStage({ channel }: { channel: BoardChannel }) {
  const { client } = useSeat();
  const isShown = client.talk.content?.kind === 'whiteboard';
  const [wasShown, setWasShown] = useState(isShown);
  if (isShown && !wasShown) setWasShown(true);
  return wasShown ? <LoadedBoard channel={channel} isShown={isShown} /> : null;
}

const loadBoard = () => import('./board-pane.tsx');

function LoadedBoard({ channel, isShown }: { channel: BoardChannel; isShown: boolean }) {
  const text = boardTexts.useText();
  const part = useLoaded(loadBoard);
  if (part) return <part.BoardPane channel={channel} isShown={isShown} />;
  return isShown ? (
    <p className="t2" role="status">
      {text('board.loading')}
    </p>
  ) : null;
}
