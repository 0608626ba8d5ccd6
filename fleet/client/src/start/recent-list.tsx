import { formatDay, formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useState } from 'react';
import { readerZone } from '../reader-zone.ts';
import type { RecentMeetings } from '../recent-meetings.ts';
import { groupDigits } from './group-digits.ts';
import { startTexts } from './locales/texts.ts';

/** The meetings that this browser was in, with the way back. */
export function RecentList({ recent }: { recent: RecentMeetings }) {
  const text = startTexts.useText();
  const { language } = useLanguage();
  const [meetings, setMeetings] = useState(() => recent.list());
  const style = { language, timeZone: readerZone };
  return (
    <section className="start-list" aria-labelledby="recent">
      <div className="start-list-head">
        <h2 id="recent">{text('recent')}</h2>
        {meetings.length > 0 ? (
          <button
            type="button"
            className="text-button"
            onClick={() => {
              recent.clear();
              setMeetings([]);
            }}
          >
            {text('clear')}
          </button>
        ) : null}
      </div>
      {meetings.length === 0 ? (
        <p className="t2">{text('recentNone')}</p>
      ) : (
        <>
          <ul>
            {meetings.map(({ number, subject, joinedAt }) => {
              const at = new Date(joinedAt);
              const joined = text('joinedOn', { day: formatDay(at, style), time: formatTime(at, style) });
              return (
                <li key={number}>
                  <span className="start-what">
                    <b>{subject}</b>
                    <span className="t2 tabular">
                      {groupDigits(number)} · {joined}
                    </span>
                  </span>
                  <a className="small-button" href={`/m/${number}`} aria-label={text('rejoinWhat', { subject })}>
                    {text('rejoin')}
                  </a>
                </li>
              );
            })}
          </ul>
          <p className="hint">{text('recentNote')}</p>
        </>
      )}
    </section>
  );
}
