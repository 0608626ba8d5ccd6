import type { Forecast } from '@anteroom/shared/api/resources.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../../app/app-context.ts';
import { useWhen } from '../../../app/use-when.ts';
import { texts } from '../../../locales/texts.ts';
import type { Foreseen } from './use-forecast.ts';
import type { MeetingValues } from './values.ts';

/** Whether the meeting fits as it is planned so far, who holds the seats, and when they are free. */
export function PlanForecast({ values, foreseen }: { values: MeetingValues; foreseen: Foreseen }) {
  const { forecast, askedParties, parties } = foreseen;
  if (values.resource === 'free') return <FreePlanNote durationMinutes={values.durationMinutes} parties={parties} />;
  return forecast ? <Answer forecast={forecast} parties={askedParties} /> : null;
}

function Answer({ forecast, parties }: { forecast: Forecast; parties: number }) {
  const text = texts.useText();
  const { day, time, span } = useWhen();
  const { verdict, refusal, capacity, wanted, tightestAt, clashes } = forecast;
  const sentence =
    refusal !== null
      ? text(`plan.forecast.${refusal}`)
      : verdict === 'tight'
        ? text('plan.forecast.tight', {
            capacity,
            wanted,
            when: tightestAt ? text('when.dayTime', { day: day(tightestAt), time: time(tightestAt) }) : '',
          })
        : text('plan.forecast.fits', { capacity, count: parties });
  return (
    <section className="forecast" aria-live="polite" aria-label={text('plan.forecast')} data-verdict={verdict}>
      <p>
        {verdict === 'fits' ? null : <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />}
        {sentence}
      </p>
      {verdict !== 'fits' && clashes.length > 0 ? (
        <ul className="rows tabular">
          {clashes.map((clash) => (
            <li key={clash.id}>
              <b className="grow">{clash.subject}</b>
              <span>{span(clash.startAt, clash.endAt)}</span>
              <span className="t2">
                {text('plan.forecast.holds', { count: clash.parties, time: time(clash.endAt) })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** The free plan has no seats to share, only limits of each meeting. */
function FreePlanNote({ durationMinutes, parties }: { durationMinutes: number; parties: number }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { queries } = useApp();
  const plan = useQuery(queries.plans()).data?.items.find((each) => each.plan === 'free');
  if (!plan || plan.maxMinutes === null) return null;
  const isOver = durationMinutes > plan.maxMinutes || parties > plan.maxParticipants;
  return (
    <section
      className="forecast"
      aria-live="polite"
      aria-label={text('plan.forecast')}
      data-verdict={isOver ? 'refused' : 'fits'}
    >
      <p>
        {isOver ? <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" /> : null}
        {text('plan.forecast.free', {
          plan: plan.title[language],
          minutes: plan.maxMinutes,
          count: plan.maxParticipants,
        })}
      </p>
    </section>
  );
}
