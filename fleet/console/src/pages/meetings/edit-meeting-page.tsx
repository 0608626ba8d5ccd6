import {
  type ChangeScope,
  changeScope,
  type Meeting,
  meetingChange,
  meetingRoutes,
} from '@anteroom/shared/api/meetings.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { Radio, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { MeetingFields, type Planner } from './form/meeting-fields.tsx';
import { startOf, toChange, valuesOf } from './form/values.ts';
import './meeting-page.css';

const route = getRouteApi('/signedIn/meetings/$meetingId/edit');

/** Changes a meeting that has not begun; of a series one occurrence or several. */
export function EditMeetingPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { meetingId } = route.useParams();
  const { data: meeting, error, refetch } = useQuery({ ...queries.meeting(meetingId), refetchInterval: false });
  const session = useQuery(queries.session()).data;
  if (!meeting || !session)
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  return <EditMeetingForm key={meeting.id} meeting={meeting} who={session} />;
}

function EditMeetingForm({ meeting, who }: { meeting: Meeting; who: Planner }) {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [before] = useState(() => valuesOf(meeting));
  const [tag] = useState(() => api.tagOf(meetingRoutes.get, { meetingId: meeting.id }));
  const [scope, setScope] = useState<ChangeScope>('this');
  const form = useFields(before);
  const params = { meetingId: meeting.id };
  const isSeries = meeting.recurrence !== null;
  const save = useMutation({
    mutationFn: (body: RouteBody<typeof meetingRoutes.update>) => api.meetings.update({ params, body, tag }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await navigate({ to: '/meetings/$meetingId', params });
    },
  });
  const submit = () => {
    const body = toChange(form.values, before, scope);
    const read = form.read(meetingChange, body, startOf(form.values) ? [] : ['date']);
    if (read) save.mutate(read);
  };
  return (
    <FormPage
      crumb={
        <Link to="/meetings/$meetingId" params={params} className="link">
          {meeting.subject}
        </Link>
      }
      title={text('plan.edit')}
      error={save.error}
      submit={text('plan.save')}
      isPending={save.isPending}
      cancel={(props) => <Link to="/meetings/$meetingId" params={params} {...props} />}
      onSubmit={submit}
    >
      {isSeries ? <ScopeField value={scope} onChange={setScope} label={text('plan.for')} /> : null}
      <MeetingFields form={form} who={who} changed={meeting.id} isSeries={isSeries && scope !== 'this'} />
    </FormPage>
  );
}

/** Which occurrences of a series an act is for. */
export function ScopeField({
  value,
  onChange,
  label,
}: {
  value: ChangeScope;
  onChange: (scope: ChangeScope) => void;
  label: string;
}) {
  const text = texts.useText();
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(changeScope.parse(chosen))}>
      <Stack mt="xs" gap="xs">
        {changeScope.options.map((scope) => (
          <Radio key={scope} value={scope} label={text(`plan.for.${scope}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
