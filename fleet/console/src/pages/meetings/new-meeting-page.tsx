import { type meetingRoutes, newMeeting } from '@anteroom/shared/api/meetings.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { readerZone } from '../../app/use-when.ts';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingFields, type Planner, plansInEveryRoom } from './form/meeting-fields.tsx';
import { emptyValues, startOf, toNewMeeting } from './form/values.ts';
import './meeting-page.css';

type Body = RouteBody<typeof meetingRoutes.create>;

/** Plans a meeting: now, later, or a series. */
export function NewMeetingPage() {
  const { queries } = useApp();
  const session = useQuery(queries.session()).data;
  return session ? <NewMeetingForm who={session} /> : null;
}

function NewMeetingForm({ who }: { who: Planner }) {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const resource = who.role === 'personal' ? 'free' : plansInEveryRoom(who) ? 'room' : 'concurrency';
  const form = useFields(emptyValues(clock.now(), readerZone, resource));
  const { values } = form;
  const create = useMutation({
    mutationFn: (body: Body) => api.meetings.create({ body, key: keyOf(body) }),
    onSuccess: async (meeting) => {
      queryClient.setQueryData(['meetings', 'one', meeting.id], meeting);
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await navigate({ to: '/meetings/$meetingId', params: { meetingId: meeting.id } });
    },
  });
  const submit = () => {
    const isDateMissing = values.begins === 'later' && !startOf(values);
    const read = form.read(newMeeting, toNewMeeting(values), isDateMissing ? ['date'] : []);
    if (read) create.mutate(read);
  };
  return (
    <FormPage
      crumb={
        <Link to="/my-meetings" className="link">
          {text('myMeetings.title')}
        </Link>
      }
      title={text('meetings.new')}
      error={create.error}
      submit={values.begins === 'now' ? text('meetings.createNow') : text('meetings.create')}
      isPending={create.isPending}
      cancel={(props) => <Link to="/my-meetings" {...props} />}
      onSubmit={submit}
    >
      <MeetingFields form={form} who={who} changed={null} isSeries={false} />
    </FormPage>
  );
}
