import { z } from 'zod';
import { accountId, contactId, departmentId, roomId, terminalId } from '../ids.ts';

/** What people choose when they plan a meeting (domain.md, 3). */

export const meetingMedia = z.enum(['video', 'voice']);
export type MeetingMedia = z.infer<typeof meetingMedia>;

/** Who may come in: whoever has the number, accounts of the organization, or those invited. */
export const admissionScope = z.enum(['everyone', 'organization', 'invited']);
export type AdmissionScope = z.infer<typeof admissionScope>;

/** Who waits until the host lets them in; `outsiders` are all but accounts and terminals of the organization. */
export const waitingRoom = z.enum(['off', 'everyone', 'outsiders']);
export type WaitingRoom = z.infer<typeof waitingRoom>;

/** What a meeting uses, exactly one of them: a cloud room, the organization's concurrency, or the free plan. */
export const meetingResource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('room'), roomId }),
  z.strictObject({ kind: z.literal('concurrency') }),
  z.strictObject({ kind: z.literal('free') }),
]);
export type MeetingResource = z.infer<typeof meetingResource>;
export type ResourceKind = MeetingResource['kind'];

export const noticeChannels = z.strictObject({ email: z.boolean().default(true), sms: z.boolean().default(false) });
export type NoticeChannels = z.infer<typeof noticeChannels>;

export const meetingOptions = z.strictObject({
  isMutedOnEntry: z.boolean().default(false),
  canJoinBeforeHost: z.boolean().default(true),
  /** Whether people whom the host muted may unmute themselves. */
  canUnmute: z.boolean().default(true),
  canShare: z.boolean().default(true),
  hasWatermark: z.boolean().default(false),
  isRecordedAutomatically: z.boolean().default(false),
  /** Over at the planned end, without time to finish. */
  endsAutomatically: z.boolean().default(false),
});
export type MeetingOptions = z.infer<typeof meetingOptions>;

export const attendeeKinds = ['person', 'department', 'terminal', 'contact', 'number'] as const;
export type AttendeeKind = (typeof attendeeKinds)[number];

/** E.164: a plus sign, country code and number. */
export const phoneNumber = z.string().regex(/^\+[1-9]\d{5,14}$/, 'expected a phone number such as +4791234567');

/** Somebody invited, as a request names them. */
export const attendeeRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), accountId }),
  z.strictObject({ kind: z.literal('department'), departmentId }),
  z.strictObject({ kind: z.literal('terminal'), terminalId }),
  z.strictObject({ kind: z.literal('contact'), contactId }),
  z.strictObject({ kind: z.literal('number'), phone: phoneNumber, name: z.string().trim().max(80).default('') }),
]);
export type AttendeeRequest = z.infer<typeof attendeeRequest>;

/** Somebody invited, as they are shown. */
export const attendee = z.object({
  kind: z.enum(attendeeKinds),
  /** Id of the account, department, terminal or contact; the phone number of a typed one. */
  id: z.string(),
  name: z.string(),
});
export type Attendee = z.infer<typeof attendee>;

/** Most attendees that one request names; a department counts as one. */
export const mostAttendees = 500;
