import { mayCall } from '@anteroom/shared/api/access.ts';
import { type Room, roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { holds, type Permission, type Role } from '@anteroom/shared/identity/roles.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { ResourceKind } from '@anteroom/shared/meeting/fields.ts';
import { Group, NumberInput, Radio, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { cityOf, readerZone, useWhen } from '../../../app/use-when.ts';
import type { useFields } from '../../../components/use-fields.ts';
import { ZoneField } from '../../../components/zone-field.tsx';
import { texts } from '../../../locales/texts.ts';
import { RoomPicker } from '../../rooms/room-picker.tsx';
import { AttendeeFields } from './attendee-fields.tsx';
import { EntryFields, NoticeFields, NumberFields, OptionFields } from './entry-fields.tsx';
import { PlanForecast } from './plan-forecast.tsx';
import { RepeatFields } from './repeat-fields.tsx';
import { SeriesPreview } from './series-preview.tsx';
import { useForecast, useLacks } from './use-forecast.ts';
import { type MeetingValues, recurrenceOf, startOf } from './values.ts';

export type MeetingForm = ReturnType<typeof useFields<MeetingValues>>;
export type Planner = { role: Role; permissions: readonly Permission[] };

/** Whether somebody plans in every cloud room, in the name of its cloud-room administrator. */
export function plansInEveryRoom(who: Planner): boolean {
  return holds(who, 'meetings');
}

/** What somebody may plan with: a cloud room only when one is theirs, or when they plan in every one. */
function resourcesOf(who: Planner, ownRooms: number): ResourceKind[] {
  if (who.role === 'personal') return ['free'];
  return plansInEveryRoom(who) || ownRooms > 0 ? ['room', 'concurrency'] : ['concurrency'];
}

/** All that people choose of a meeting. What a change cannot touch is left out. */
export function MeetingFields({
  form,
  who,
  changed,
  isSeries,
}: {
  form: MeetingForm;
  who: Planner;
  /** The meeting that is changed; null for a new one. */
  changed: MeetingId | null;
  isSeries: boolean;
}) {
  const text = texts.useText();
  const { values, set, isRefused } = form;
  const isNew = changed === null;
  const ownRooms = useOwnRooms(who);
  const foreseen = useForecast(values, who, changed);
  const lacks = useLacks(values, foreseen);
  return (
    <>
      <Part title={text('plan.what')}>
        <TextInput
          label={text('field.subject')}
          value={values.subject}
          onChange={(event) => set('subject', event.target.value)}
          error={isRefused('subject') ? text('field.subject.wrong') : undefined}
          autoFocus
        />
        <div className="form-pair">
          <Select
            label={text('plan.media')}
            data={(['video', 'voice'] as const).map((value) => ({ value, label: text(`plan.media.${value}`) }))}
            value={values.media}
            onChange={(media) => set('media', media === 'voice' ? 'voice' : 'video')}
            allowDeselect={false}
          />
          {isNew ? <ResourceField form={form} resources={resourcesOf(who, ownRooms.length)} /> : null}
        </div>
        {isNew && values.resource === 'room' ? <RoomField form={form} who={who} ownRooms={ownRooms} /> : null}
        <Textarea
          label={text('field.description')}
          value={values.description}
          onChange={(event) => set('description', event.target.value)}
          error={isRefused('description') ? text('field.description.wrong') : undefined}
          autosize
          minRows={2}
          maxRows={5}
        />
      </Part>
      <Part title={text('plan.when')}>
        <TimeFields form={form} isNew={isNew} />
        {values.begins === 'later' && (isNew || isSeries) ? <RepeatPart form={form} isNew={isNew} /> : null}
      </Part>
      <Part title={text('plan.who')}>
        <AttendeeFields value={values.attendees} onChange={(attendees) => set('attendees', attendees)} who={who} />
        <NoticeFields values={values} set={set} />
        <PlanForecast values={values} foreseen={foreseen} />
      </Part>
      <Part title={text('plan.entry')}>
        {isNew && values.resource !== 'free' ? <NumberFields values={values} set={set} isRefused={isRefused} /> : null}
        <EntryFields values={values} set={set} isRefused={isRefused} lacks={lacks} />
      </Part>
      <Part title={text('plan.inside')}>
        <OptionFields values={values} set={set} lacks={lacks} />
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="form-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function ResourceField({ form, resources }: { form: MeetingForm; resources: ResourceKind[] }) {
  const text = texts.useText();
  return (
    <Select
      label={text('plan.resource')}
      data={resources.map((value) => ({ value, label: text(`plan.resource.${value}`) }))}
      value={form.values.resource}
      onChange={(chosen) => form.set('resource', resources.find((each) => each === chosen) ?? form.values.resource)}
      allowDeselect={false}
    />
  );
}

function useOwnRooms(who: Planner): Room[] {
  const { queries } = useApp();
  return useQuery({ ...queries.ownRooms(), enabled: mayCall(roomRoutes.listOwn.access, who) }).data?.items ?? [];
}

/** Of every cloud room, or of those that were assigned to the reader. */
function RoomField({ form, who, ownRooms }: { form: MeetingForm; who: Planner; ownRooms: Room[] }) {
  const text = texts.useText();
  const { values, set, isRefused } = form;
  const error = isRefused('resource') ? text('field.room.wrong') : undefined;
  if (plansInEveryRoom(who))
    return (
      <RoomPicker
        purpose="planning"
        value={values.roomId}
        known={null}
        onChange={(roomId) => set('roomId', roomId)}
        error={error}
      />
    );
  return (
    <Select
      label={text('field.room')}
      description={text('plan.ownRooms')}
      placeholder={text('picker.choose')}
      data={ownRooms.map(({ id, name, capacity }) => ({
        value: id,
        label: text('picker.places', { name, count: capacity }),
      }))}
      value={values.roomId}
      onChange={(id) => set('roomId', ownRooms.find((room) => room.id === id)?.id ?? null)}
      error={error}
    />
  );
}

function TimeFields({ form, isNew }: { form: MeetingForm; isNew: boolean }) {
  const text = texts.useText();
  const { values, set, isRefused } = form;
  return (
    <>
      {isNew ? (
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
      ) : null}
      <div className="duration-row">
        {values.begins === 'later' ? (
          <>
            <TextInput
              type="date"
              label={text('field.date')}
              value={values.date}
              onChange={(event) => set('date', event.target.value)}
              error={isRefused('date') ? text('field.date.wrong') : undefined}
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
          error={isRefused('durationMinutes') ? text('field.minutes.wrong') : undefined}
        />
      </div>
      {values.begins === 'later' ? (
        <>
          <ZoneField
            value={values.timeZone}
            onChange={(zone) => set('timeZone', zone)}
            error={isRefused('timeZone') ? text('field.timeZone.wrong') : undefined}
          />
          <ReaderTime values={values} />
        </>
      ) : null}
    </>
  );
}

function RepeatPart({ form, isNew }: { form: MeetingForm; isNew: boolean }) {
  const { values, set } = form;
  const startAt = startOf(values);
  const recurrence = recurrenceOf(values);
  const { resource, roomId, durationMinutes, timeZone } = values;
  const chosen = resource === 'room' ? (roomId === null ? null : { kind: resource, roomId }) : { kind: resource };
  const canPreview = isNew && startAt && recurrence && chosen && durationMinutes >= 1;
  return (
    <>
      <RepeatFields value={values.repeat} onChange={(repeat) => set('repeat', repeat)} canBeNever={isNew} />
      {canPreview ? (
        <SeriesPreview
          body={{
            ...{ resource: chosen, durationMinutes, timeZone, recurrence, startAt: startAt.toISOString() },
            number: values.number === 'personal' ? 'personal' : 'generated',
          }}
        />
      ) : null}
    </>
  );
}

/** What the time in another zone is on the reader's own clock. */
function ReaderTime({ values }: { values: MeetingValues }) {
  const text = texts.useText();
  const { daySpan, ownSpan } = useWhen();
  const startAt = startOf(values);
  if (!startAt || !Number.isFinite(values.durationMinutes)) return null;
  const from = startAt.toISOString();
  const to = new Date(startAt.getTime() + values.durationMinutes * 60_000).toISOString();
  if (!ownSpan(from, to, values.timeZone)) return null;
  return <p className="t2">{text('field.readerTime', { time: daySpan(from, to), zone: cityOf(readerZone) })}</p>;
}
