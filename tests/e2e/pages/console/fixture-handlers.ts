import { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { ringRoutes } from '@anteroom/shared/api/rings.ts';
import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId, type RoomId, type SpaceId } from '@anteroom/shared/ids.ts';
import { pairingCode } from '@anteroom/shared/protocol/enrolment.ts';
import { administrator, type FixtureState, plainMeeting, unassigned } from './fixture-data.ts';

export type FixtureCall = { params: Record<string, string>; query: Record<string, string>; body: unknown };
export type Handler = (state: FixtureState, call: FixtureCall) => unknown;

export function found<T>(item: T | undefined): T {
  if (!item) throw new ProblemError('not_found');
  return item;
}

export function pageOf<T>(items: T[], call: FixtureCall, nameOf: (item: T) => string) {
  const words = (call.query.search ?? '').toLowerCase();
  const matching = items.filter((item) => nameOf(item).toLowerCase().includes(words));
  const start = Number(call.query.cursor ?? 0);
  const end = start + Number(call.query.limit ?? 50);
  return {
    items: matching.slice(start, end),
    nextCursor: end < matching.length ? String(end) : null,
    total: matching.length,
  };
}

function placed(state: FixtureState, spaceId: SpaceId | null, roomId: RoomId | null) {
  const space = state.spaces.find((each) => each.id === spaceId);
  const room = state.rooms.find((each) => each.id === roomId);
  return {
    space: space ? { id: space.id, name: space.name, site: space.site, floor: space.floor } : null,
    room: room ? { id: room.id, name: room.name, number: room.number } : null,
  };
}

const terminalOf = (state: FixtureState, call: FixtureCall) =>
  found(state.terminals.find((each) => each.id === call.params.terminalId));
const meetingOf = (state: FixtureState, call: FixtureCall) =>
  found(state.meetings.find((each) => each.id === call.params.meetingId));

function settle(state: FixtureState, call: FixtureCall, outcome: 'answered' | 'declined') {
  const ring = found(state.rings.find((each) => each.meetingId === call.params.meetingId));
  return Object.assign(ring, { state: outcome, settledAt: new Date().toISOString() });
}

/** A stand-in for the fleet with the answers of its contract, enough to walk the console through. */
export const handlers: Record<string, Handler> = {
  'session.current': (state) => state.session,
  'session.signIn': (state, call) => {
    const { login, password } = sessionRoutes.signIn.body.parse(call.body);
    if (login !== 'admin@halden.test' || password !== 'correct horse') throw new ProblemError('credentials_wrong');
    state.session = administrator;
    return state.session;
  },
  'session.signInByLink': (state, call) => {
    const { token } = sessionRoutes.signInByLink.body.parse(call.body);
    if (token !== 'one-time') throw new ProblemError('sign_in_link_invalid');
    state.session = administrator;
    return state.session;
  },
  'session.signOut': (state) => {
    state.session = null;
  },
  'overview.get': (state) => ({
    terminals: {
      total: state.terminals.length,
      online: state.terminals.filter((each) => each.isOnline).length,
      inMeeting: state.terminals.filter((each) => each.meeting).length,
      canJoin: state.terminals.filter((each) => each.isOnline && each.room && each.stage === 'assigned').length,
    },
    meetings:
      state.session?.role === 'fieldEngineer'
        ? null
        : { live: state.meetings.filter((each) => each.state === 'live').length, today: state.meetings.length },
    at: new Date().toISOString(),
  }),
  'spaces.list': (state, call) => pageOf(state.spaces, call, (space) => space.name),
  'spaces.get': (state, call) => found(state.spaces.find((each) => each.id === call.params.spaceId)),
  'spaces.create': (state, call) => {
    const body = spaceRoutes.create.body.parse(call.body);
    if (state.spaces.some((each) => each.name === body.name)) throw new ProblemError('name_taken', { name: body.name });
    const space = { id: newId('space'), ...body, terminalId: null };
    state.spaces.push(space);
    return space;
  },
  'spaces.update': (state, call) =>
    Object.assign(
      found(state.spaces.find((each) => each.id === call.params.spaceId)),
      spaceRoutes.update.body.parse(call.body),
    ),
  'spaces.remove': (state, call) => {
    state.spaces = state.spaces.filter((each) => each.id !== call.params.spaceId);
  },
  'resources.forecast': () => ({
    ...{ verdict: 'fits', refusal: null, plan: 'flex', capacity: 50, wanted: 1, tightestAt: null, clashes: [] },
  }),
  'rooms.listOwn': () => ({ items: [] }),
  'rooms.list': (state, call) => pageOf(state.rooms, call, (room) => room.name),
  'rooms.get': (state, call) => found(state.rooms.find((each) => each.id === call.params.roomId)),
  'rooms.create': (state, call) => {
    const { guestPassword = null, ...fields } = roomRoutes.create.body.parse(call.body);
    const room = { ...unassigned, ...fields, id: newId('room'), number: '501662398', guestPassword };
    state.rooms.push(room);
    return room;
  },
  'rooms.update': (state, call) =>
    Object.assign(
      found(state.rooms.find((each) => each.id === call.params.roomId)),
      roomRoutes.update.body.parse(call.body),
    ),
  'terminals.lookUpCode': (state, call) => {
    const { code } = terminalRoutes.lookUpCode.body.parse(call.body);
    if (code !== state.pairingCode) throw new ProblemError('pairing_code_unknown');
    return {
      serial: 'AR10-24C-00499',
      profile: 'simulated',
      software: '0.1.0',
      keyPhrase: 'silver-heron',
      expiresAt: new Date(Date.now() + 480_000).toISOString(),
    };
  },
  'terminals.claim': (state, call) => {
    const body = terminalRoutes.claim.body.parse(call.body);
    if (pairingCode.parse(body.code) !== state.pairingCode) throw new ProblemError('pairing_code_unknown');
    const at = new Date().toISOString();
    const terminal: FixtureState['terminals'][number] = {
      id: newId('terminal'),
      name: body.name,
      serial: 'AR10-24C-00499',
      profile: 'simulated',
      software: '0.1.0',
      stage: 'assigning',
      ...placed(state, body.spaceId, body.roomId),
      ...{ answersAutomatically: false, doNotDisturb: false, onHostUnmute: 'ask', onRemoteStart: 'closed' },
      isOnline: false,
      seenAt: null,
      isConverged: false,
      meeting: null,
      peripherals: [],
      shortfalls: [],
      reportedAt: null,
      certificate: { notAfter: at, isRevoked: false, keyPhrase: 'silver-heron' },
    };
    state.terminals.push(terminal);
    return terminal;
  },
  'rings.listOwn': (state) => ({ items: state.rings }),
  'rings.answer': (state, call) => settle(state, call, 'answered'),
  'rings.decline': (state, call) => settle(state, call, 'declined'),
  'rings.dismiss': (state, call) => {
    state.rings = state.rings.filter((ring) => ring.meetingId !== call.params.meetingId);
  },
  'rings.getDoNotDisturb': (state) => state.quiet,
  'rings.setDoNotDisturb': (state, call) => {
    state.quiet = ringRoutes.setDoNotDisturb.body.parse(call.body);
    return state.quiet;
  },
  'rings.listOfMeeting': (state) => ({ items: state.meetingRings }),
  'terminals.list': (state, call) => pageOf(state.terminals, call, (terminal) => terminal.name),
  'terminals.listDirectory': (state, call) => pageOf(state.terminals, call, (terminal) => terminal.name),
  'terminals.get': terminalOf,
  'terminals.update': (state, call) => {
    const terminal = terminalOf(state, call);
    const { spaceId, roomId, ...fields } = terminalRoutes.update.body.parse(call.body);
    const place = placed(state, spaceId ?? null, roomId ?? null);
    return Object.assign(terminal, fields, place);
  },
  'terminals.revoke': (state, call) => Object.assign(terminalOf(state, call), { stage: 'retired', isOnline: false }),
  'terminals.sendCommand': (state, call) => {
    const { request, withinS } = terminalRoutes.sendCommand.body.parse(call.body);
    const terminal = terminalOf(state, call);
    const at = new Date().toISOString();
    const command: NonNullable<ReturnType<FixtureState['commands']['get']>>[number] = {
      id: newId('command'),
      request,
      createdAt: at,
      deadlineAt: new Date(Date.now() + withinS * 1000).toISOString(),
      sentAt: at,
      result: 'done',
      detail: '',
      finishedAt: at,
    };
    state.commands.set(terminal.id, [command, ...(state.commands.get(terminal.id) ?? [])]);
    return command;
  },
  'terminals.listCommands': (state, call) =>
    pageOf(state.commands.get(terminalOf(state, call).id) ?? [], call, () => ''),
  'terminals.listEvents': (state, call) => pageOf(state.events.get(terminalOf(state, call).id) ?? [], call, () => ''),
  'myMeetings.list': (state, call) => pageOf(state.meetings, call, (meeting) => meeting.subject),
  'myMeetings.number': () => ({ number: '501662398' }),
  'meetings.list': (state, call) => {
    const wanted = call.query.when === 'past' ? ['over', 'cancelled'] : ['scheduled', 'live'];
    const items = state.meetings
      .filter((each) => wanted.includes(each.state))
      .sort((a, b) => a.startAt.localeCompare(b.startAt));
    return pageOf(items, call, (meeting) => meeting.subject);
  },
  'meetings.get': meetingOf,
  'meetings.attendance': () => ({ items: [] }),
  'whiteboards.get': () => ({ elements: 0, savedAt: null }),
  'meetings.create': (state, call) => {
    const body = meetingRoutes.create.body.parse(call.body);
    const roomId = body.resource.kind === 'room' ? body.resource.roomId : undefined;
    const room = found(state.rooms.find((each) => each.id === roomId));
    const startMs = body.startAt ? Date.parse(body.startAt) : Date.now();
    const endMs = startMs + body.durationMinutes * 60_000;
    const clash = state.meetings.find(
      (each) => each.room?.id === room.id && Date.parse(each.startAt) < endMs && Date.parse(each.endAt) > startMs,
    );
    if (clash) {
      const { subject, startAt, endAt } = clash;
      throw new ProblemError('room_has_meeting', { room: room.name, subject, start: startAt, end: endAt });
    }
    const meeting: FixtureState['meetings'][number] = {
      id: newId('meeting'),
      number: '702118459',
      subject: body.subject,
      ...plainMeeting,
      warnAt: new Date(endMs - 5 * 60_000).toISOString(),
      description: body.description,
      startAt: new Date(startMs).toISOString(),
      endAt: new Date(endMs).toISOString(),
      timeZone: body.timeZone,
      room: { id: room.id, name: room.name, capacity: room.capacity },
      organizerName: 'Zhao Min',
      hasGuestPassword: body.guestPassword !== undefined,
      state: body.startAt ? 'scheduled' : 'live',
      participants: [],
      joinUrl: 'http://fleet.test/m/702118459',
    };
    state.meetings.push(meeting);
    return meeting;
  },
  'meetings.cancel': (state, call) => Object.assign(meetingOf(state, call), { state: 'cancelled' }),
  'meetings.end': (state, call) => Object.assign(meetingOf(state, call), { state: 'over' }),
};
