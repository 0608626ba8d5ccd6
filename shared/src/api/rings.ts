import { z } from 'zod';
import { accountId, departmentId, meetingId, terminalId } from '../ids.ts';
import { calleeId } from '../meeting/calling.ts';
import { mostAttendees } from '../meeting/fields.ts';
import { instant } from '../protocol/envelope.ts';
import { route } from './route.ts';

/**
 * What became of a ring: it rings for 45 s unless it is `answered` or `declined` before, or `withdrawn` by whoever
 * called or by the end of the meeting; then it is `missed`.
 */
export const ringState = z.enum(['ringing', 'answered', 'declined', 'missed', 'withdrawn']);
export type RingState = z.infer<typeof ringState>;

/** A ring as the person who is rung sees it. */
export const ownRing = z.object({
  meetingId,
  number: z.string(),
  subject: z.string(),
  callerName: z.string(),
  /** Whether it is the person's own meeting that rings. */
  isOwnCall: z.boolean(),
  state: ringState,
  calledAt: instant,
  ringUntil: instant,
  /** When it stopped ringing; null while it rings. */
  settledAt: instant.nullable(),
  /** Whether the meeting still runs. */
  canJoin: z.boolean(),
});
export type OwnRing = z.infer<typeof ownRing>;

/** A ring as whoever manages the meeting sees it. */
export const meetingRing = z.object({
  calleeId,
  kind: z.enum(['person', 'terminal', 'contact', 'number']),
  name: z.string(),
  callerName: z.string(),
  /** Contacts do not ring: they were `invited` by e-mail, or are `unreachable` as numbers are. */
  state: z.enum([...ringState.options, 'invited', 'unreachable']),
  calledAt: instant,
  ringUntil: instant,
  /** When it stopped ringing; null while it rings. */
  settledAt: instant.nullable(),
});
export type MeetingRing = z.infer<typeof meetingRing>;

/** `until` null: until it is switched off. */
export const doNotDisturb = z.strictObject({ isOn: z.boolean(), until: instant.nullable() });
export type DoNotDisturb = z.infer<typeof doNotDisturb>;

/** Whom a meeting rings: only who has a client or a terminal. */
export const callee = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), accountId }),
  z.strictObject({ kind: z.literal('department'), departmentId }),
  z.strictObject({ kind: z.literal('terminal'), terminalId }),
]);
export type Callee = z.infer<typeof callee>;

const ofMeeting = z.strictObject({ meetingId });
const ringsOfMeeting = z.object({ items: z.array(meetingRing) });

export const ringRoutes = {
  listOwn: route({
    method: 'GET',
    path: '/my/rings',
    access: 'signedIn',
    summary: 'What rings now, what stopped in the last minute, and missed calls of 30 days, the latest first',
    success: { status: 200, body: z.object({ items: z.array(ownRing) }) },
  }),
  answer: route({
    method: 'POST',
    path: '/my/rings/:meetingId/answer',
    access: 'signedIn',
    summary: 'Answer: it rings nowhere else any more, and the client goes into the meeting',
    params: ofMeeting,
    success: { status: 200, body: ownRing },
  }),
  decline: route({
    method: 'POST',
    path: '/my/rings/:meetingId/decline',
    access: 'signedIn',
    summary: 'Decline: it rings nowhere else any more, and whoever called is told',
    params: ofMeeting,
    success: { status: 200, body: ownRing },
  }),
  dismiss: route({
    method: 'POST',
    path: '/my/rings/:meetingId/dismiss',
    access: 'signedIn',
    summary: 'Put a missed call away',
    params: ofMeeting,
    success: { status: 204, body: null },
  }),
  getDoNotDisturb: route({
    method: 'GET',
    path: '/my/do-not-disturb',
    access: 'signedIn',
    summary: 'Whether calls are missed without ringing',
    success: { status: 200, body: doNotDisturb },
  }),
  setDoNotDisturb: route({
    method: 'POST',
    path: '/my/do-not-disturb',
    access: 'signedIn',
    summary: 'Let calls be missed without ringing, until a time or until it is switched off',
    body: doNotDisturb,
    success: { status: 200, body: doNotDisturb },
  }),
  listOfMeeting: route({
    method: 'GET',
    path: '/meetings/:meetingId/rings',
    access: 'signedIn',
    summary: 'Whom the meeting rang and what became of it, for its organizer and administrators of meetings',
    params: ofMeeting,
    success: { status: 200, body: ringsOfMeeting },
  }),
  call: route({
    method: 'POST',
    path: '/meetings/:meetingId/rings',
    access: 'signedIn',
    summary: 'Ring into a running meeting, once more or for the first time; who was not invited is from now on',
    params: ofMeeting,
    body: z.strictObject({ callees: z.array(callee).min(1).max(mostAttendees) }),
    success: { status: 201, body: ringsOfMeeting },
  }),
  withdraw: route({
    method: 'DELETE',
    path: '/meetings/:meetingId/rings/:calleeId',
    access: 'signedIn',
    summary: 'Stop ringing one of them',
    params: ofMeeting.extend({ calleeId: z.union([accountId, terminalId]) }),
    success: { status: 200, body: ringsOfMeeting },
  }),
};
