import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import { formatSpan, formatTime } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { readerZone } from '../reader-zone.ts';
import { startTexts } from './locales/texts.ts';
import type { TodaysMeeting } from './today.ts';

/** The own meetings of today: those that can be joined with Join, the others with when their door opens. */
export function TodayList({ meetings }: { meetings: readonly TodaysMeeting[] }) {
  const text = startTexts.useText();
  const { language } = useLanguage();
  const style = { language, timeZone: readerZone };
  return (
    <section className="start-list" aria-labelledby="today">
      <div className="start-list-head">
        <h2 id="today">{text('today')}</h2>
        <a className="text-button" href="/meetings/new">
          {text('plan')}
        </a>
      </div>
      {meetings.length === 0 ? (
        <p className="t2">{text('todayNone')}</p>
      ) : (
        <ul>
          {meetings.map(({ id, number, subject, startAt, endAt, organizerName, isJoinable }) => {
            const opensAt = new Date(Date.parse(startAt) - joinableBeforeMs);
            return (
              <li key={id}>
                <span className="start-what">
                  <b>{subject}</b>
                  <span className="t2 tabular">
                    {formatSpan(new Date(startAt), new Date(endAt), style)} · {organizerName}
                  </span>
                </span>
                {isJoinable ? (
                  <a className="small-button primary" href={`/m/${number}`} aria-label={text('joinWhat', { subject })}>
                    {text('join')}
                  </a>
                ) : (
                  <span className="t2 tabular">{text('opensAt', { time: formatTime(opensAt, style) })}</span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
