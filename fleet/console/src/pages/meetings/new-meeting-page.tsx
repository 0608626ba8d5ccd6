import { type meetingRoutes, newMeeting } from '@anteroom/shared/api/meetings.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { readerZone } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingFields, type Planner } from './form/meeting-fields.tsx';
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
  const isAdministrator = who.role === 'administrator' || who.role === 'defaultAdministrator';
  const resource = who.role === 'personal' ? 'free' : isAdministrator ? 'room' : 'concurrency';
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
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/my-meetings" className="link">
          {text('myMeetings.title')}
        </Link>
      </nav>
      <header className="page-head">
        <h1>{text('meetings.new')}</h1>
      </header>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <MeetingFields form={form} who={who} isNew={true} isSeries={false} />
        <FaultNote error={create.error} />
        <div className="form-end">
          <Button type="submit" loading={create.isPending}>
            {values.begins === 'now' ? text('meetings.createNow') : text('meetings.create')}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link to="/my-meetings" {...props} />}>
            {text('action.cancel')}
          </Button>
        </div>
      </form>
    </>
  );
}
