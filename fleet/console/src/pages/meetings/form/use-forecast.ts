import { mayCall } from '@anteroom/shared/api/access.ts';
import { type Forecast, resourceRoutes } from '@anteroom/shared/api/resources.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { PlanFeature } from '@anteroom/shared/resources/plan.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../../app/app-context.ts';
import { texts } from '../../../locales/texts.ts';
import { headcount, useDepartments } from './attendee-picker.tsx';
import type { Planner } from './meeting-fields.tsx';
import { type MeetingValues, startOf } from './values.ts';

const settleMs = 300;
const minuteMs = 60_000;

export type Foreseen = {
  /** The server's answer; undefined while too little is chosen to ask for it. */
  forecast: Forecast | undefined;
  /** How many the answer counts with. */
  askedParties: number;
  /** How many are expected as the form is now. */
  parties: number;
};

/** What the meeting would meet as it is planned so far. */
export function useForecast(values: MeetingValues, who: Planner, except: MeetingId | null): Foreseen {
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
  return { forecast: canAsk ? answer.data : undefined, askedParties: asked.parties, parties };
}

/** Why the meeting cannot have something: its plan has it not, and others do. Null while that is not known. */
export type Lack = (feature: PlanFeature) => string | null;

export function useLacks({ resource }: MeetingValues, { forecast }: Foreseen): Lack {
  const text = texts.useText();
  const { language } = useLanguage();
  const { queries } = useApp();
  const plans = useQuery(queries.plans()).data?.items ?? [];
  const name = resource === 'free' ? resource : forecast?.plan;
  const own = plans.find(({ plan }) => plan === name);
  return (feature) => {
    if (!own || own.features.includes(feature)) return null;
    const plan = own.title[language];
    const others = plans.filter(({ features }) => features.includes(feature)).map(({ title }) => title[language]);
    if (others.length === 0) return text('plan.lacksAll', { plan });
    return text('plan.lacks', { plan, others: new Intl.ListFormat(language).format(others) });
  };
}
