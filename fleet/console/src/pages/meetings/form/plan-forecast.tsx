import { mayCall } from '@anteroom/shared/api/access.ts';
import { type Forecast, resourceRoutes } from '@anteroom/shared/api/resources.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../../app/app-context.ts';
import { useWhen } from '../../../app/use-when.ts';
import { texts } from '../../../locales/texts.ts';
import { headcount, useDepartments } from './attendee-picker.tsx';
import type { Planner } from './meeting-fields.tsx';
import { type MeetingValues, startOf } from './values.ts';

const settleMs = 300;
const minuteMs = 60_000;

/** What the meeting would meet as it is planned so far: whether it fits, who holds the seats, and when they are free. */
export function PlanForecast({
  values,
  who,
  except,
}: {
  values: MeetingValues;
  who: Planner;
  except: MeetingId | null;
}) {
  const { queries } = useApp();
  const departments = useDepartments(who);
  const { resource, roomId, begins, durationMinutes } = values;
  const parties = values.attendees.reduce(
    (sum, { request }) => sum + (request.kind === 'department' ? headcount(departments, request.departmentId) : 1),
    1,
  );
  // A meeting that begins now is asked for anew with each minute, not with each drawing.
  const now = new Date(Math.floor(useNow(minuteMs).getTime() / minuteMs) * minuteMs);
  const startAt = (begins === 'now' ? now : startOf(values))?.toISOString() ?? null;
  const wanted = resource === 'room' ? roomId : resource === 'concurrency' ? resource : null;
  const [asked] = useDebouncedValue({ wanted, startAt, durationMinutes, parties }, settleMs);
  const canAsk = asked.wanted !== null && asked.startAt !== null && asked.durationMinutes >= 1;
  const answer = useQuery({
    ...queries.forecast({
      resource: asked.wanted ?? 'concurrency',
      startAt: asked.startAt ?? '',
      durationMinutes: Math.min(asked.durationMinutes, 1440),
      parties: asked.parties,
      ...(except ? { exceptMeetingId: except } : {}),
    }),
    enabled: canAsk && mayCall(resourceRoutes.forecast.access, who),
  });
  if (resource === 'free') return <FreePlanNote durationMinutes={durationMinutes} parties={parties} />;
  return canAsk && answer.data ? <Answer forecast={answer.data} parties={asked.parties} /> : null;
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
            when: tightestAt ? `${day(tightestAt)}, ${time(tightestAt)}` : '',
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
