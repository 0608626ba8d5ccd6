import type { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../../app/app-context.ts';
import { useWhen } from '../../../app/use-when.ts';
import { FaultNote } from '../../../components/fault-note.tsx';
import { texts } from '../../../locales/texts.ts';

const shown = 5;

/** The next occurrences that the choice comes to, and which of them meet another meeting. */
export function SeriesPreview({ body }: { body: RouteBody<typeof meetingRoutes.preview> }) {
  const text = texts.useText();
  const { api } = useApp();
  const { day, daySpan } = useWhen();
  const preview = useQuery({
    queryKey: ['meetings', 'preview', body],
    queryFn: ({ signal }) => api.meetings.preview({ body, signal }),
    retry: false,
  });
  const occurrences = preview.data?.occurrences ?? [];
  const conflicts = occurrences.filter(({ conflict }) => conflict !== null);
  const refused = occurrences.filter(({ refusal }) => refusal !== null);
  const first = occurrences
    .filter(({ conflict, refusal }, index) => index < shown || conflict !== null || refusal !== null)
    .slice(0, shown * 2);
  const last = occurrences.at(-1);
  const more = occurrences.length - first.length;
  return (
    <section className="preview" aria-live="polite">
      <h3>{text('plan.preview')}</h3>
      <FaultNote error={preview.error} />
      {conflicts.length > 0 ? (
        <p className="fault-text">{text('plan.preview.conflicts', { count: conflicts.length })}</p>
      ) : null}
      {refused.length > 0 ? (
        <p className="fault-text">{text('plan.preview.refused', { count: refused.length })}</p>
      ) : null}
      <ol className="rows tabular">
        {first.map(({ startAt, endAt, conflict, refusal }) => (
          <li key={startAt}>
            <span className="grow">{daySpan(startAt, endAt)}</span>
            {conflict ? (
              <span className="fault-text">{text('plan.preview.meets', { subject: conflict.subject })}</span>
            ) : null}
            {refusal ? <span className="fault-text">{text(`plan.preview.${refusal}`)}</span> : null}
          </li>
        ))}
      </ol>
      {last && more > 0 ? (
        <p className="t2">{text('plan.preview.more', { count: more, last: day(last.startAt) })}</p>
      ) : null}
    </section>
  );
}
