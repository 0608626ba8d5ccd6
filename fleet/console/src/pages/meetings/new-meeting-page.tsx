import { type meetingRoutes, newMeeting } from '@anteroom/shared/api/meetings.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import type { RoomId } from '@anteroom/shared/ids.ts';
import { fieldsOf, instantOf } from '@anteroom/shared/time/zoned.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { Button, Group, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { cityOf, readerZone, useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { ZoneField } from '../../components/zone-field.tsx';
import { texts } from '../../locales/texts.ts';
import { RoomPicker } from '../rooms/room-picker.tsx';
import './meeting-page.css';

type Body = RouteBody<typeof meetingRoutes.create>;
type Values = {
  subject: string;
  description: string;
  resource: RoomId | null;
  begins: 'now' | 'later';
  date: string;
  time: string;
  durationMinutes: number;
  timeZone: string;
  guestPassword: string;
};

const quarterMs = 15 * 60_000;

/** Creates a meeting in a cloud room, now or later. */
export function NewMeetingPage() {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const nextQuarter = new Date((Math.floor(clock.now().getTime() / quarterMs) + 1) * quarterMs);
  const initial: Values = {
    subject: '',
    description: '',
    resource: null,
    begins: 'later',
    ...fieldsOf(nextQuarter, readerZone),
    durationMinutes: 30,
    timeZone: readerZone,
    guestPassword: '',
  };
  const form = useFields(initial);
  const { values, set } = form;
  const create = useMutation({
    mutationFn: (body: Body) => api.meetings.create({ body, key: keyOf(body) }),
    onSuccess: async (meeting) => {
      queryClient.setQueryData(['meetings', 'one', meeting.id], meeting);
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await navigate({ to: '/meetings/$meetingId', params: { meetingId: meeting.id } });
    },
  });
  const startAt = values.begins === 'later' ? instantOf(values.date, values.time, values.timeZone) : null;

  const submit = () => {
    const body = {
      subject: values.subject,
      description: values.description,
      resource: { kind: 'room', roomId: values.resource },
      ...(startAt ? { startAt: startAt.toISOString() } : {}),
      durationMinutes: values.durationMinutes,
      timeZone: values.timeZone,
      ...(values.guestPassword ? { guestPassword: values.guestPassword } : {}),
    };
    const read = form.read(newMeeting, body, values.begins === 'later' && !startAt ? ['date'] : []);
    if (read) create.mutate(read);
  };

  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        <Link to="/meetings" className="link">
          {text('nav.meetings')}
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
        <TextInput
          label={text('field.subject')}
          value={values.subject}
          onChange={(event) => set('subject', event.target.value)}
          error={form.isRefused('subject') ? text('field.subject.wrong') : undefined}
          autoFocus
        />
        <RoomPicker
          value={values.resource}
          known={null}
          onChange={(roomId) => set('resource', roomId)}
          error={form.isRefused('resource') ? text('field.room.wrong') : undefined}
        />
        <Radio.Group
          label={text('field.begins')}
          value={values.begins}
          onChange={(begins) => set('begins', begins === 'now' ? 'now' : 'later')}
          description={values.begins === 'now' ? text('field.begins.ring') : undefined}
        >
          <Group mt="xs" gap="xl">
            <Radio value="now" label={text('field.begins.now')} />
            <Radio value="later" label={text('field.begins.later')} />
          </Group>
        </Radio.Group>
        <div className="duration-row">
          {values.begins === 'later' ? (
            <>
              <TextInput
                type="date"
                label={text('field.date')}
                value={values.date}
                onChange={(event) => set('date', event.target.value)}
                error={form.isRefused('date') ? text('field.date.wrong') : undefined}
              />
              <TextInput
                type="time"
                label={text('field.time')}
                value={values.time}
                onChange={(event) => set('time', event.target.value)}
              />
            </>
          ) : null}
          <NumberInput
            label={text('field.minutes')}
            value={values.durationMinutes}
            onChange={(value) => set('durationMinutes', typeof value === 'number' ? value : Number.NaN)}
            min={1}
            max={1440}
            step={15}
            allowDecimal={false}
            clampBehavior="none"
            error={form.isRefused('durationMinutes') ? text('field.minutes.wrong') : undefined}
          />
        </div>
        {values.begins === 'later' ? (
          <>
            <ZoneField
              value={values.timeZone}
              onChange={(zone) => set('timeZone', zone)}
              error={form.isRefused('timeZone') ? text('field.timeZone.wrong') : undefined}
            />
            <ReaderTime startAt={startAt} timeZone={values.timeZone} durationMinutes={values.durationMinutes} />
          </>
        ) : null}
        <TextInput
          label={text('field.guestPassword')}
          description={text('field.guestPassword.what')}
          value={values.guestPassword}
          onChange={(event) => set('guestPassword', event.target.value)}
          error={form.isRefused('guestPassword') ? text('field.guestPassword.wrong') : undefined}
          autoComplete="off"
        />
        <Textarea
          label={text('field.description')}
          value={values.description}
          onChange={(event) => set('description', event.target.value)}
          error={form.isRefused('description') ? text('field.description.wrong') : undefined}
          autosize
          minRows={2}
          maxRows={5}
        />
        <FaultNote error={create.error} />
        <div className="form-end">
          <Button type="submit" loading={create.isPending}>
            {values.begins === 'now' ? text('meetings.createNow') : text('meetings.create')}
          </Button>
          <Button variant="default" renderRoot={(props) => <Link to="/meetings" {...props} />}>
            {text('action.cancel')}
          </Button>
        </div>
      </form>
    </>
  );
}

/** What the time in another zone is on the reader's own clock. */
function ReaderTime({
  startAt,
  timeZone,
  durationMinutes,
}: {
  startAt: Date | null;
  timeZone: string;
  durationMinutes: number;
}) {
  const text = texts.useText();
  const { day, span, ownSpan } = useWhen();
  if (!startAt || !Number.isFinite(durationMinutes)) return null;
  const from = startAt.toISOString();
  const to = new Date(startAt.getTime() + durationMinutes * 60_000).toISOString();
  if (!ownSpan(from, to, timeZone)) return null;
  return (
    <p className="t2">
      {text('field.readerTime', { time: `${day(from)}, ${span(from, to)}`, zone: cityOf(readerZone) })}
    </p>
  );
}
