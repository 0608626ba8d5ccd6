import type { Invitation } from '@anteroom/shared/api/invitations.ts';
import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import type { OperatorOrder } from '@anteroom/shared/api/orders.ts';
import type { Organization } from '@anteroom/shared/api/organizations.ts';
import type { Contact, Department, PersonDetail } from '@anteroom/shared/api/people.ts';
import type { DoNotDisturb, MeetingRing, OwnRing } from '@anteroom/shared/api/rings.ts';
import type { Room } from '@anteroom/shared/api/rooms.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import type { Space } from '@anteroom/shared/api/spaces.ts';
import type { Command, Terminal, TerminalEvent } from '@anteroom/shared/api/terminals.ts';
import { newId, type TerminalId } from '@anteroom/shared/ids.ts';
import { meetingOptions } from '@anteroom/shared/meeting/fields.ts';
import { organizationSettings } from '@anteroom/shared/organization/settings.ts';
import { addPeople } from './fixture-people.ts';

/** What the fixture server knows; tests change it as they like. */
export type FixtureState = {
  session: Session | null;
  organization: Organization;
  departments: Department[];
  people: PersonDetail[];
  invitations: Invitation[];
  contacts: Contact[];
  /** Of every organization. */
  pendingOrders: OperatorOrder[];
  spaces: Space[];
  rooms: Room[];
  terminals: Terminal[];
  meetings: Meeting[];
  commands: Map<TerminalId, Command[]>;
  events: Map<TerminalId, TerminalEvent[]>;
  /** Calls of whoever is signed in, and of the one meeting that is looked at. */
  rings: OwnRing[];
  meetingRings: MeetingRing[];
  quiet: DoNotDisturb;
  /** The pairing code on an unclaimed terminal's screen. */
  pairingCode: string;
};

export const administrator: Session = {
  account: { id: newId('account'), name: 'Zhao Min', language: 'en' },
  organization: { id: newId('organization'), name: 'Halden Works', timeZone: 'Asia/Shanghai' },
  role: 'defaultAdministrator',
  permissions: [],
  managedDepartments: null,
};

const isoAt = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

export function emptyState(): FixtureState {
  return {
    session: administrator,
    organization: {
      ...{ id: administrator.organization.id, name: 'Halden Works', kind: 'company', timeZone: 'Asia/Shanghai' },
      ...{ industry: 'Door hardware', size: '100-499', country: 'CN', settings: organizationSettings.parse({}) },
      defaultAdministrator: { id: administrator.account.id, name: administrator.account.name },
    },
    departments: [],
    people: [],
    invitations: [],
    contacts: [],
    pendingOrders: [],
    spaces: [],
    rooms: [],
    terminals: [],
    meetings: [],
    commands: new Map(),
    events: new Map(),
    rings: [],
    meetingRings: [],
    quiet: { isOn: false, until: null },
    pairingCode: 'ACDE3467',
  };
}

/** A call that has just begun. */
export function callOf(meeting: Pick<Meeting, 'id' | 'number' | 'subject'>, change: Partial<OwnRing> = {}): OwnRing {
  return {
    ...{ meetingId: meeting.id, number: meeting.number, subject: meeting.subject, callerName: 'Lin Yuehan' },
    ...{
      isOwnCall: false,
      state: 'ringing',
      calledAt: isoAt(0),
      ringUntil: isoAt(0.75),
      settledAt: null,
      canJoin: true,
    },
    ...change,
  };
}

const places = [
  ['Cedar', 'Shanghai', '3'],
  ['Juniper', 'Shanghai', '3'],
  ['Magnolia', 'Shanghai', '7'],
  ['Spree', 'Berlin', '4'],
  ['Orchid', 'Singapore', '4'],
] as const;

/** What is said of a cloud room that a paid order covers and that nobody holds. */
export const unassigned = {
  terminalIds: [],
  orderedCapacity: 50,
  validUntil: '2099-12-31T23:00:00.000Z',
  assignee: null,
  hasGuestPassword: false,
  guestPassword: null,
};

/** A small organization in which every state of a door occurs. */
export function smallOrganization(): FixtureState {
  const state = emptyState();
  addDirectory(state);
  addPeople(state);
  for (const [name, site, floor] of places) {
    const space = { id: newId('space'), name, site, floor, capacity: 8, timeZone: 'Asia/Shanghai', terminalId: null };
    state.spaces.push(space);
    const room = { ...unassigned, id: newId('room'), name: `Atlas ${name}`, number: '418205736', capacity: 25 };
    state.rooms.push(room);
    addTerminal(state, name, space, room);
  }
  const [cedar, juniper, magnolia, spree] = state.terminals;
  if (!cedar || !juniper || !magnolia || !spree) throw new Error('fixture: terminals are missing');
  const review = addMeeting(state, 'Design review: door hardware', 0, -12, 45, 'live');
  addMeeting(state, 'Supplier call: hinge castings', 0, 140, 30, 'scheduled');
  addMeeting(state, 'Quarter planning', 1, 6, 60, 'scheduled');
  cedar.meeting = { meetingId: review.id, subject: review.subject, state: 'in', since: isoAt(-12) };
  cedar.shortfalls = [{ what: 'Speaker', why: 'no sound device is plugged in', since: isoAt(-30) }];
  magnolia.room = null;
  spree.isOnline = false;
  spree.seenAt = isoAt(-15);
  state.events.set(cedar.id, [
    { id: '3', kind: 'joined', detail: { firstFrameMs: 110 }, at: isoAt(-12) },
    { id: '2', kind: 'joinFailed', detail: { reason: 'room_full' }, at: isoAt(-14) },
    { id: '1', kind: 'agentStarted', detail: { software: '0.1.0' }, at: isoAt(-3000) },
  ]);
  return state;
}

function addDirectory({ departments, contacts }: FixtureState): void {
  const add = (name: string, parentId: Department['parentId'], people: number) => {
    const id = newId('department');
    departments.push({ id, name, parentId, people, sortNumber: 0, mayManage: true });
    return id;
  };
  const sales = add('Sales', null, 2);
  add('Europe', sales, 3);
  add('Design', null, 0);
  contacts.push(
    {
      ...{ id: newId('contact'), name: 'Mara Okafor', company: 'Hinges Ltd', phone: '+442079460018' },
      ...{ email: 'mara@hinges.test', remark: 'Castings' },
    },
    { id: newId('contact'), name: 'Wu Jun', company: '', phone: null, email: 'wu@doors.test', remark: '' },
  );
}

function addTerminal(state: FixtureState, name: string, space: Space, room: Room): void {
  const terminal: Terminal = {
    id: newId('terminal'),
    name,
    serial: `AR10-24C-0041${state.terminals.length}`,
    profile: 'generic-usb',
    software: '0.1.0',
    stage: 'assigned',
    space: { id: space.id, name, site: space.site, floor: space.floor },
    room: { id: room.id, name: room.name, number: room.number },
    answersAutomatically: false,
    doNotDisturb: false,
    onHostUnmute: 'ask',
    onRemoteStart: 'closed',
    isOnline: true,
    seenAt: isoAt(-0.05),
    isConverged: true,
    meeting: null,
    peripherals: [
      { kind: 'camera', name: 'Logitech BRIO', state: 'working', observedAt: isoAt(-0.1) },
      { kind: 'microphone', name: 'Jabra Speak 750', state: 'working', observedAt: isoAt(-0.1) },
      {
        kind: 'speaker',
        name: 'Jabra Speak 750',
        state: name === 'Juniper' ? 'missing' : 'working',
        observedAt: isoAt(-0.1),
      },
      { kind: 'display', name: 'HDMI-1', state: 'unknown', observedAt: isoAt(-0.1) },
    ],
    shortfalls: [],
    reportedAt: isoAt(-0.1),
    certificate: { notAfter: isoAt(60 * 24 * 45), isRevoked: false, keyPhrase: 'amber-otter' },
  };
  space.terminalId = terminal.id;
  room.terminalIds.push(terminal.id);
  state.terminals.push(terminal);
}

/** What a meeting is when nobody chose otherwise. */
export const plainMeeting = {
  description: '',
  media: 'video',
  resource: 'room',
  seriesId: null,
  organizerId: newId('account'),
  attendees: [],
  admissionScope: 'everyone',
  waitingRoom: 'off',
  guestPassword: null,
  entryPassword: null,
  notices: { email: true, sms: false },
  options: meetingOptions.parse({}),
  hasPersonalNumber: false,
  recurrence: null,
  extendableUntil: null,
  mayManage: true,
} satisfies Partial<Meeting>;

function addMeeting(
  state: FixtureState,
  subject: string,
  roomIndex: number,
  startMinutes: number,
  minutes: number,
  meetingState: Meeting['state'],
): Meeting {
  const room = state.rooms[roomIndex];
  if (!room) throw new Error(`fixture: no room ${roomIndex}`);
  const people = [
    { participantId: newId('participant'), name: 'Cedar', kind: 'terminal' as const, joinedAt: isoAt(startMinutes) },
    { participantId: newId('participant'), name: 'Lin Yuehan', kind: 'guest' as const, joinedAt: isoAt(startMinutes) },
  ];
  const meeting: Meeting = {
    id: newId('meeting'),
    number: String(418_205_736 + state.meetings.length * 7919),
    subject,
    ...plainMeeting,
    warnAt: isoAt(startMinutes + minutes - 5),
    startAt: isoAt(startMinutes),
    endAt: isoAt(startMinutes + minutes),
    timeZone: 'Europe/Berlin',
    room: { id: room.id, name: room.name, capacity: room.capacity },
    organizerName: 'Zhao Min',
    hasGuestPassword: false,
    state: meetingState,
    participants: meetingState === 'live' ? people : [],
    joinUrl: 'http://fleet.test/m/418205736',
  };
  state.meetings.push(meeting);
  return meeting;
}
