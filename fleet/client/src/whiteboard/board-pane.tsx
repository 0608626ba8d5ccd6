import { mayControl } from '@anteroom/shared/meeting/control.ts';
import { localize } from '@anteroom/shared/text.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { type BoardRefusal, boardRefusals } from '@anteroom/shared/whiteboard/limits.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { BoardCanvas } from '@anteroom/ui/whiteboard/board-canvas.tsx';
import { downloadBoardPicture } from '@anteroom/ui/whiteboard/board-picture.ts';
import { type BoardReplica, createBoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { usePointing } from '@anteroom/ui/whiteboard/use-pointing.ts';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useSeat } from '../control/seat.tsx';
import { boardTexts } from './locales/texts.ts';
import './whiteboard.css';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** The meeting's board with what can be done to it; it goes on in the background while the meeting shows something else. */
export function BoardPane({ channel, isShown }: { channel: BoardChannel; isShown: boolean }) {
  const text = boardTexts.useText();
  const { replica, isLive } = useReplica(channel);
  const pointing = usePointing(isShown ? channel : null, useSeat().client.roster);
  const { language } = useLanguage();
  const [refusal, setRefusal] = useState<BoardRefusal | null>(null);
  if (!replica || !isShown) return null;
  return (
    <section className="board-pane" aria-label={text('board')}>
      <BoardHead replica={replica} />
      {isLive ? null : (
        <p className="banner" role="status">
          {text('board.offline')}
        </p>
      )}
      {refusal ? (
        <p className="banner" role="alert">
          {localize(boardRefusals[refusal], language)}
          <button
            type="button"
            className="plain-control"
            aria-label={text('board.close')}
            onClick={() => setRefusal(null)}
          >
            <IconX {...icon} />
          </button>
        </p>
      ) : null}
      <div className="board-frame">
        <BoardCanvas replica={replica} mode="draw" pointing={pointing} onRefused={setRefusal} />
      </div>
    </section>
  );
}

function BoardHead({ replica }: { replica: BoardReplica }) {
  const text = boardTexts.useText();
  const { client, own, control } = useSeat();
  const { content } = client.talk;
  const [hasFailed, setHasFailed] = useState(false);
  const opener = client.roster.find(({ participantId }) => participantId === content?.participantId);
  const canClose = content && own && (content.participantId === own.participantId || mayControl(own.role, 'stopShare'));
  const save = () => {
    const name = text('board.file', { subject: client.meeting.subject });
    setHasFailed(false);
    downloadBoardPicture(replica.elements(), name).catch(() => setHasFailed(true));
  };
  return (
    <header className="board-head">
      <h2>{text('board')}</h2>
      <span className="t2">
        {hasFailed ? text('board.saveFailed') : text('board.by', { name: opener?.name ?? '' })}
      </span>
      <span className="grow" />
      <button type="button" className="head-button" onClick={save}>
        <IconDownload {...icon} />
        <span className="head-word">{text('board.save')}</span>
      </button>
      {canClose ? (
        <button
          type="button"
          className="head-button"
          aria-label={text('board.closeLine')}
          onClick={() => {
            const { participantId } = content;
            control.act({ kind: 'stopShare', participantId }).catch((error: unknown) => reportError(error));
          }}
        >
          <IconX {...icon} />
          <span className="head-word">{text('board.close')}</span>
        </button>
      ) : null}
    </header>
  );
}

function useReplica(channel: BoardChannel): { replica: BoardReplica | null; isLive: boolean } {
  const [replica, setReplica] = useState<BoardReplica | null>(null);
  const [isLive, setIsLive] = useState(false);
  useEffect(() => {
    const made = createBoardReplica({ channel });
    setReplica(made);
    setIsLive(made.isLive());
    made.listen((news) => {
      if (news.kind === 'live') setIsLive(news.isLive);
    });
    return () => made.dispose();
  }, [channel]);
  return { replica, isLive };
}
