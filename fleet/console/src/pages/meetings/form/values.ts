import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import type { RoomId } from '@anteroom/shared/ids.ts';
import type { AttendeeRequest, MeetingOptions, ResourceKind } from '@anteroom/shared/meeting/fields.ts';
import { meetingOptions } from '@anteroom/shared/meeting/fields.ts';
import { readRule, writeRule } from '@anteroom/shared/meeting/recurrence.ts';
import { fieldsOf, instantOf } from '@anteroom/shared/time/zoned.ts';
import { never, type Repeat, repeatOf, ruleOf } from './repeat.ts';

/** Somebody invited, as the request names them, with the name to show. */
export type Invited = { request: AttendeeRequest; name: string };

/** What people type and choose; a type, not an interface, so that the form can hold it. */
export type MeetingValues = {
  subject: string;
  description: string;
  media: 'video' | 'voice';
  resource: ResourceKind;
  roomId: RoomId | null;
  begins: 'now' | 'later';
  date: string;
  time: string;
  durationMinutes: number;
  timeZone: string;
  repeat: Repeat;
  attendees: Invited[];
  admissionScope: Meeting['admissionScope'];
  waitingRoom: Meeting['waitingRoom'];
  number: 'generated' | 'personal' | 'typed';
  typedNumber: string;
  guestPassword: string;
  notices: Meeting['notices'];
  options: MeetingOptions;
};

const quarterMs = 15 * 60_000;

export function emptyValues(now: Date, timeZone: string, resource: ResourceKind): MeetingValues {
  const nextQuarter = new Date((Math.floor(now.getTime() / quarterMs) + 1) * quarterMs);
  return {
    ...{ subject: '', description: '', media: 'video', resource, roomId: null, begins: 'later' },
    ...fieldsOf(nextQuarter, timeZone),
    ...{ durationMinutes: 30, timeZone, repeat: never, attendees: [], admissionScope: 'everyone', waitingRoom: 'off' },
    ...{ number: 'generated', typedNumber: '', guestPassword: '', notices: { email: true, sms: false } },
    options: meetingOptions.parse({}),
  };
}

export function valuesOf(meeting: Meeting): MeetingValues {
  const { subject, description, media, resource, room, timeZone, admissionScope, waitingRoom, notices, options } =
    meeting;
  const rule = meeting.recurrence && readRule(meeting.recurrence.rule);
  return {
    ...{ subject, description, media, resource, timeZone, admissionScope, waitingRoom, notices, options },
    ...fieldsOf(new Date(meeting.startAt), timeZone),
    roomId: room?.id ?? null,
    begins: 'later',
    durationMinutes: Math.round((Date.parse(meeting.endAt) - Date.parse(meeting.startAt)) / 60_000),
    repeat: rule ? repeatOf(rule) : never,
    attendees: meeting.attendees.flatMap(toInvited),
    number: 'generated',
    typedNumber: '',
    guestPassword: meeting.guestPassword ?? '',
  };
}

function toInvited({ kind, id, name }: Meeting['attendees'][number]): Invited[] {
  switch (kind) {
    case 'person':
      return [{ name, request: { kind, accountId: id as `acc_${string}` } }]; // an id of the contract's own answer
    case 'terminal':
      return [{ name, request: { kind, terminalId: id as `term_${string}` } }]; // an id of the contract's own answer
    case 'department':
      return [{ name, request: { kind, departmentId: id as `dep_${string}` } }]; // an id of the contract's own answer
    case 'contact':
      return [{ name, request: { kind, contactId: id as `ext_${string}` } }]; // an id of the contract's own answer
    default:
      return [{ name, request: { kind, phone: id, name: name === id ? '' : name } }];
  }
}

export function startOf({ begins, date, time, timeZone }: MeetingValues): Date | null {
  return begins === 'later' ? instantOf(date, time, timeZone) : null;
}

/** The recurrence rule as the contract wants it; undefined when nothing repeats. */
export function recurrenceOf(values: MeetingValues): string | undefined {
  const parts = values.begins === 'later' ? ruleOf(values.repeat, values.date) : null;
  return parts ? writeRule(parts) : undefined;
}

/** What both a new meeting and a change say. */
function commonBody(values: MeetingValues) {
  const { subject, description, media, durationMinutes, timeZone, admissionScope, waitingRoom, notices, options } =
    values;
  const recurrence = recurrenceOf(values);
  return {
    ...{ subject, description, media, durationMinutes, timeZone, admissionScope, waitingRoom, notices, options },
    attendees: values.attendees.map(({ request }) => request),
    ...(recurrence === undefined ? {} : { recurrence }),
  };
}

export function toNewMeeting(values: MeetingValues) {
  const startAt = startOf(values);
  return {
    ...commonBody(values),
    resource: values.resource === 'room' ? { kind: 'room', roomId: values.roomId } : { kind: values.resource },
    number: values.number === 'typed' ? values.typedNumber.replace(/\s/g, '') : values.number,
    ...(startAt ? { startAt: startAt.toISOString() } : {}),
    ...(values.guestPassword ? { guestPassword: values.guestPassword } : {}),
  };
}

/** Only what differs: what nobody touched is not planned anew. */
export function toChange(values: MeetingValues, before: MeetingValues, scope: 'this' | 'following' | 'all') {
  const whole = (of: MeetingValues) => ({
    ...commonBody(of),
    startAt: startOf(of)?.toISOString(),
    guestPassword: of.guestPassword || null,
  });
  const [wanted, known] = [whole(values), Object.entries(whole(before))];
  const isSame = (name: string, value: unknown) =>
    known.some(([other, was]) => other === name && JSON.stringify(was) === JSON.stringify(value));
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !isSame(name, value) && !(scope === 'this' && name === 'recurrence'),
  );
  return { scope, ...Object.fromEntries(changed) };
}
