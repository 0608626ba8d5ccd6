import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import { BoardCanvas } from '@anteroom/ui/whiteboard/board-canvas.tsx';
import { downloadBoardPicture } from '@anteroom/ui/whiteboard/board-picture.ts';
import { type BoardReplica, createBoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import './meeting-page.css';
import './whiteboard-page.css';

const route = getRouteApi('/signedIn/meetings/$meetingId/whiteboard');

/** What was drawn in a meeting: to look at and to take away, not to change. */
export function WhiteboardPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { meetingId } = route.useParams();
  const meeting = useQuery(queries.meeting(meetingId));
  const drawn = useQuery({
    queryKey: ['meetings', 'whiteboard', meetingId, 'elements'],
    queryFn: ({ signal }) => api.whiteboards.elements({ params: { meetingId }, signal }),
  });
  const [hasFailed, setHasFailed] = useState(false);
  const elements = drawn.data?.items;
  const replica = useReplicaOf(elements);
  const subject = meeting.data?.subject ?? '';
  const save = () => {
    setHasFailed(false);
    downloadBoardPicture(elements ?? [], text('whiteboard.file', { subject })).catch(() => setHasFailed(true));
  };
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/meetings/$meetingId" params={{ meetingId }} className="link">
          {text('whiteboard.back')}
        </Link>
      </nav>
      <header className="meeting-head">
        <h1 className="grow">{text('whiteboard.titleOf', { subject })}</h1>
        {elements && elements.length > 0 ? (
          <Button variant="default" onClick={save}>
            {text('whiteboard.save')}
          </Button>
        ) : null}
      </header>
      <FaultNote error={meeting.error ?? drawn.error} />
      {hasFailed ? <p role="alert">{text('whiteboard.failed')}</p> : null}
      {elements?.length === 0 ? <p className="section-none">{text('whiteboard.none')}</p> : null}
      {elements && elements.length > 0 && replica ? (
        <div className="whiteboard-frame">
          <BoardCanvas replica={replica} mode="look" pointing={null} onRefused={() => undefined} />
        </div>
      ) : null}
    </>
  );
}

/** A board by itself: nobody draws on it any more. */
function useReplicaOf(elements: readonly BoardElement[] | undefined): BoardReplica | null {
  const [replica, setReplica] = useState<BoardReplica | null>(null);
  useEffect(() => {
    if (!elements) return;
    const made = createBoardReplica({ channel: createBoardChannel(() => undefined).channel });
    made.write({ changed: elements, removed: [] });
    setReplica(made);
    return () => made.dispose();
  }, [elements]);
  return replica;
}
