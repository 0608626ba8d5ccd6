import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

/** Whether somebody drew in the meeting, and the way to what they drew. */
export function WhiteboardSection({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { queries } = useApp();
  const { time } = useWhen();
  const params = { meetingId: meeting.id };
  const { data: board, error } = useQuery(queries.whiteboard(meeting.id));
  const isDrawn = board !== undefined && board.elements > 0 && board.savedAt !== null;
  return (
    <section aria-labelledby="whiteboard">
      <div className="section-head">
        <h2 id="whiteboard">{text('whiteboard.title')}</h2>
        <span className="grow" />
        {isDrawn ? (
          <Link to="/meetings/$meetingId/whiteboard" params={params} className="link">
            {text('whiteboard.open')}
          </Link>
        ) : null}
      </div>
      <FaultNote error={error} />
      {board ? (
        <p className="section-none">
          {isDrawn && board.savedAt !== null
            ? text('whiteboard.drawn', { count: board.elements, time: time(board.savedAt) })
            : text('whiteboard.none')}
        </p>
      ) : null}
    </section>
  );
}
