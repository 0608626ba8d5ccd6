import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { readRule, wordsOfRule } from '@anteroom/shared/meeting/recurrence.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

const shown = 8;

/** The series of a meeting: its rule in words, and its occurrences. */
export function OccurrencesSection({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { api } = useApp();
  const { daySpan } = useWhen();
  const [isWhole, setIsWhole] = useState(false);
  const list = useQuery({
    queryKey: ['meetings', 'occurrences', meeting.id],
    queryFn: ({ signal }) => api.meetings.occurrences({ params: { meetingId: meeting.id }, signal }),
  });
  const rule = meeting.recurrence && readRule(meeting.recurrence.rule);
  const items = list.data?.items ?? [];
  const ahead = items.findIndex(({ state }) => state === 'scheduled' || state === 'live');
  const from = Math.max(0, Math.min(ahead, items.length - shown));
  const visible = isWhole ? items : items.slice(from, from + shown);
  return (
    <section aria-labelledby="occurrences">
      <div className="section-head">
        <h2 id="occurrences">{text('occurrences.title')}</h2>
      </div>
      {rule ? <p className="t2">{wordsOfRule(rule)[language]}</p> : null}
      <FaultNote error={list.error} />
      <ul className="rows tabular">
        {visible.map((one) => (
          <li key={one.id}>
            <span className="grow">
              {one.id === meeting.id ? (
                <b aria-current="true">{daySpan(one.startAt, one.endAt)}</b>
              ) : (
                <Link to="/meetings/$meetingId" params={{ meetingId: one.id }} className="link">
                  {daySpan(one.startAt, one.endAt)}
                </Link>
              )}
            </span>
            <span className="t3">
              {one.state === 'cancelled' || one.state === 'over'
                ? text(`meeting.${one.state}`)
                : one.isMoved
                  ? text('occurrences.moved')
                  : ''}
            </span>
          </li>
        ))}
      </ul>
      {items.length > visible.length ? (
        <button type="button" className="link" onClick={() => setIsWhole(true)}>
          {text('occurrences.more', { count: items.length })}
        </button>
      ) : null}
    </section>
  );
}
