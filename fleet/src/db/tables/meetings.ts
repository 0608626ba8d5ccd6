import type {
  AccountId,
  ContactId,
  DepartmentId,
  MeetingId,
  OrganizationId,
  RoomId,
  SeriesId,
  TerminalId,
} from '@anteroom/shared/ids.ts';
import type {
  AdmissionScope,
  AttendeeKind,
  MeetingMedia,
  ResourceKind,
  WaitingRoom,
} from '@anteroom/shared/meeting/fields.ts';

/** What is planned: meetings, the series that some of them belong to, who is invited, and who may read it as a calendar. */
export interface MeetingTables {
  meetings: MeetingRow;
  series: SeriesRow;
  attendees: AttendeeRow;
  calendarFeeds: CalendarFeedRow;
}

/** What a meeting and a series have in common. */
export interface Planned {
  orgId: OrganizationId;
  /** Nine digits. All meetings of a series have one number, and so have all meetings under one personal meeting ID. */
  number: string;
  subject: string;
  description: string;
  media: MeetingMedia;
  resourceKind: ResourceKind;
  /** Null unless `resourceKind` is `room`. */
  roomId: RoomId | null;
  /**
   * What holds one meeting at a time: the cloud room, or the account whose personal meeting ID the number is; null when
   * nothing does.
   */
  slotId: RoomId | AccountId | null;
  organizerAccountId: AccountId;
  timeZone: string;
  admissionScope: AdmissionScope;
  waitingRoom: WaitingRoom;
  /** As people type it: it is made to be told to guests, so its organizer can read it again. */
  guestPassword: string | null;
  /** JSON object of `meetingOptions`. */
  options: string;
  /** JSON object of `noticeChannels`. */
  notices: string;
  /** Names the event in everybody's calendar (RFC 5545 §3.8.4.7). */
  uid: string;
  /** Grows with every change that calendars are told (RFC 5545 §3.8.7.4). */
  sequence: number;
  createdAt: string;
  createdBy: AccountId;
  cancelledAt: string | null;
}

export interface MeetingRow extends Planned {
  id: MeetingId;
  seriesId: SeriesId | null;
  /** The start that its series' rule gives it, wherever it was moved to (RECURRENCE-ID); null outside a series. */
  recurrenceAt: string | null;
  /** `trial`: to try things out; the client plays a guide in it. */
  purpose: 'meeting' | 'trial';
  /** `subject` as it is compared and searched. */
  subjectKey: string;
  /** What its seats count against: the cloud room, the organization (its pool), or the free meeting itself. */
  resourceId: RoomId | OrganizationId | MeetingId;
  startAt: string;
  endAt: string;
  /** When it is over by itself: the end, or some time after it so that people can finish. */
  closesAt: string;
  /** Whose list of attendees is its own: the meeting's or its series'. */
  attendeesId: MeetingId | SeriesId;
  endedAt: string | null;
}

export interface SeriesRow extends Planned {
  id: SeriesId;
  /** RFC 5545 recurrence rule, bounded. */
  rule: string;
  /** Date and time of the first occurrence in `timeZone`, `2026-03-02T09:00:00`. */
  startLocal: string;
  durationMinutes: number;
}

export interface AttendeeRow {
  listId: MeetingId | SeriesId;
  orgId: OrganizationId;
  /** Order in the list, from 0. */
  position: number;
  kind: AttendeeKind;
  accountId: AccountId | null;
  /** Stands for the people whom the department and those below it have when somebody asks. */
  departmentId: DepartmentId | null;
  terminalId: TerminalId | null;
  contactId: ContactId | null;
  /** What they were called when they were invited; they are shown by the name that they have now. */
  name: string;
  /** E.164. Of a contact, phone and e-mail as they were: who is struck off the contacts still gets the cancellation. */
  phone: string | null;
  email: string | null;
}

/** A calendar that programs subscribe to. Whoever has its address reads it, so only the hash of the address is kept. */
export interface CalendarFeedRow {
  tokenHash: string;
  orgId: OrganizationId;
  kind: 'person' | 'room';
  ownerId: AccountId | RoomId;
  createdAt: string;
  /** Whose right to read it the address ends with. */
  createdBy: AccountId;
}
