import type { InvitationState } from '@anteroom/shared/api/invitations.ts';
import type { resourceRoutes } from '@anteroom/shared/api/resources.ts';
import type { RouteQuery } from '@anteroom/shared/api/route.ts';
import type {
  AccountId,
  ContactId,
  DepartmentId,
  MeetingId,
  RoomId,
  SpaceId,
  TerminalId,
} from '@anteroom/shared/ids.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from './client.ts';

/** Rows of one page of a list. */
export const pageSize = 50;
/** Doors that the overview draws one by one; a larger fleet is searched in the list of terminals. */
export const drawnDoors = 1500;

// The live stream says when to ask again; this is the net under it, so that no value stays green without evidence.
const refetchInterval = 15_000;

export type ListQuery = { search?: string | undefined; cursor?: string | undefined };
export type RoomsQuery = ListQuery & {
  /** Only rooms in which the reader may plan a meeting. */
  for?: 'planning';
};
export type AuditQuery = ListQuery & {
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};
export type InvitationsQuery = ListQuery & { state?: InvitationState | undefined };
export type PeopleQuery = ListQuery & { departmentId?: DepartmentId | undefined };
export type MeetingsWhen = 'upcoming' | 'past';

/**
 * Every query of the console. The first key is the topic of GET /api/v1/changes, so that a change makes exactly its own
 * queries stale.
 */
export function createQueries(api: Api) {
  return {
    session: () =>
      queryOptions({
        queryKey: ['session'],
        queryFn: ({ signal }) => api.session.current({ signal }),
        staleTime: 60_000,
      }),

    /** What an invitation link leads to. */
    letter: (token: string) =>
      queryOptions({
        queryKey: ['letters', token],
        queryFn: ({ signal }) => api.letters.look({ params: { token }, signal }),
      }),

    account: () => queryOptions({ queryKey: ['account'], queryFn: ({ signal }) => api.account.get({ signal }) }),

    /** Where the own account is signed in. */
    sessions: () =>
      queryOptions({ queryKey: ['sessions'], queryFn: ({ signal }) => api.account.listSessions({ signal }) }),

    /** Where an identity can be; for most installations nowhere. */
    identityProviders: () =>
      queryOptions({
        queryKey: ['identities', 'providers'],
        queryFn: ({ signal }) => api.identities.listProviders({ signal }),
        staleTime: 60_000,
      }),

    /** What is linked to the own account. */
    identities: () =>
      queryOptions({ queryKey: ['identities', 'own'], queryFn: ({ signal }) => api.identities.list({ signal }) }),

    /** Calls of the reader: what rings now, and what was missed. */
    ownRings: () =>
      queryOptions({
        queryKey: ['rings', 'own'],
        queryFn: ({ signal }) => api.rings.listOwn({ signal }),
        refetchInterval,
      }),

    doNotDisturb: () =>
      queryOptions({
        queryKey: ['rings', 'quiet'],
        queryFn: ({ signal }) => api.rings.getDoNotDisturb({ signal }),
        refetchInterval: 60_000,
      }),

    /** Whom a meeting called. */
    ringsOfMeeting: (meetingId: MeetingId) =>
      queryOptions({
        queryKey: ['rings', 'meeting', meetingId],
        queryFn: ({ signal }) => api.rings.listOfMeeting({ params: { meetingId }, signal }),
        refetchInterval,
      }),

    /** Whether somebody drew in the meeting: it is kept some seconds after each stroke. */
    whiteboard: (meetingId: MeetingId) =>
      queryOptions({
        queryKey: ['meetings', 'whiteboard', meetingId],
        queryFn: ({ signal }) => api.whiteboards.get({ params: { meetingId }, signal }),
        refetchInterval,
      }),

    notices: (query: ListQuery) =>
      queryOptions({
        queryKey: ['notices', 'list', query],
        queryFn: ({ signal }) => api.notices.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
        refetchInterval,
      }),

    audit: (query: AuditQuery) =>
      queryOptions({
        queryKey: ['audit', 'list', query],
        queryFn: ({ signal }) => api.audit.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
      }),

    auditVerdict: () =>
      queryOptions({ queryKey: ['audit', 'verdict'], queryFn: ({ signal }) => api.audit.verify({ signal }) }),

    /** What the own organization is, and what it decides. */
    organization: () =>
      queryOptions({ queryKey: ['people', 'organization'], queryFn: ({ signal }) => api.organization.get({ signal }) }),

    closing: () =>
      queryOptions({ queryKey: ['people', 'closing'], queryFn: ({ signal }) => api.closing.get({ signal }) }),

    overview: () =>
      queryOptions({
        queryKey: ['overview'],
        queryFn: ({ signal }) => api.overview.get({ signal }),
        refetchInterval,
      }),

    terminals: (query: ListQuery) =>
      queryOptions({
        queryKey: ['terminals', 'list', query],
        queryFn: ({ signal }) => api.terminals.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
        refetchInterval,
      }),

    directoryTerminals: (query: ListQuery) =>
      queryOptions({
        queryKey: ['terminals', 'directory', query],
        queryFn: ({ signal }) => api.terminals.listDirectory({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
        refetchInterval,
      }),

    everyTerminal: () =>
      queryOptions({
        queryKey: ['terminals', 'every'],
        queryFn: async ({ signal }) => {
          let page = await api.terminals.list({ query: { limit: 200 }, signal });
          const items = [...page.items];
          while (page.nextCursor && items.length < drawnDoors) {
            page = await api.terminals.list({ query: { limit: 200, cursor: page.nextCursor }, signal });
            items.push(...page.items);
          }
          return { items, total: page.total };
        },
        refetchInterval,
      }),

    terminal: (terminalId: TerminalId) =>
      queryOptions({
        queryKey: ['terminals', 'one', terminalId],
        queryFn: ({ signal }) => api.terminals.get({ params: { terminalId }, signal }),
        refetchInterval,
      }),

    commands: (terminalId: TerminalId) =>
      queryOptions({
        queryKey: ['terminals', 'commands', terminalId],
        queryFn: ({ signal }) => api.terminals.listCommands({ params: { terminalId }, query: { limit: 20 }, signal }),
        refetchInterval,
      }),

    events: (terminalId: TerminalId) =>
      queryOptions({
        queryKey: ['terminals', 'events', terminalId],
        queryFn: ({ signal }) => api.terminals.listEvents({ params: { terminalId }, query: { limit: 20 }, signal }),
        refetchInterval,
      }),

    spaces: (query: ListQuery) =>
      queryOptions({
        queryKey: ['spaces', 'list', query],
        queryFn: ({ signal }) => api.spaces.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
      }),

    space: (spaceId: SpaceId) =>
      queryOptions({
        queryKey: ['spaces', 'one', spaceId],
        queryFn: ({ signal }) => api.spaces.get({ params: { spaceId }, signal }),
      }),

    rooms: (query: RoomsQuery) =>
      queryOptions({
        queryKey: ['rooms', 'list', query],
        queryFn: ({ signal }) => api.rooms.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
      }),

    room: (roomId: RoomId) =>
      queryOptions({
        queryKey: ['rooms', 'one', roomId],
        queryFn: ({ signal }) => api.rooms.get({ params: { roomId }, signal }),
      }),

    /** Cloud rooms whose administrator the reader is. */
    ownRooms: () =>
      queryOptions({ queryKey: ['rooms', 'own'], queryFn: ({ signal }) => api.rooms.listOwn({ signal }) }),

    assignable: () =>
      queryOptions({
        queryKey: ['rooms', 'assignable'],
        queryFn: ({ signal }) => api.rooms.listAssignable({ query: {}, signal }),
      }),

    comingMeetings: (roomId: RoomId) =>
      queryOptions({
        queryKey: ['meetings', 'coming', roomId],
        queryFn: ({ signal }) => api.rooms.listComing({ params: { roomId }, signal }),
      }),

    plans: () =>
      queryOptions({
        queryKey: ['resources', 'plans'],
        queryFn: ({ signal }) => api.plans.list({ signal }),
      }),

    resources: () =>
      queryOptions({
        queryKey: ['resources', 'summary'],
        queryFn: ({ signal }) => api.resources.get({ signal }),
        refetchInterval,
      }),

    seatHolders: () =>
      queryOptions({
        queryKey: ['resources', 'holders'],
        queryFn: ({ signal }) => api.resources.listHolders({ query: { resource: 'concurrency' }, signal }),
        refetchInterval,
      }),

    /** Of the last seven days, in parts of two hours. */
    poolUsage: () =>
      queryOptions({
        queryKey: ['resources', 'usage'],
        queryFn: ({ signal }) => {
          const to = Date.now();
          const from = new Date(to - 7 * 86_400_000).toISOString();
          const query = { resource: 'concurrency' as const, from, to: new Date(to).toISOString(), parts: 84 };
          return api.resources.getUsage({ query, signal });
        },
        refetchInterval: 60_000,
      }),

    /** What a planned meeting would meet. */
    forecast: (query: RouteQuery<typeof resourceRoutes.forecast>) =>
      queryOptions({
        queryKey: ['meetings', 'forecast', query],
        queryFn: ({ signal }) => api.resources.forecast({ query, signal }),
        placeholderData: keepPreviousData,
        retry: false,
      }),

    people: (query: PeopleQuery) =>
      queryOptions({
        queryKey: ['people', 'list', query],
        queryFn: ({ signal }) => api.people.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
      }),

    person: (accountId: AccountId) =>
      queryOptions({
        queryKey: ['people', 'one', accountId],
        queryFn: ({ signal }) => api.people.get({ params: { accountId }, signal }),
      }),

    /** Coming meetings that somebody organizes. */
    comingOf: (accountId: AccountId) =>
      queryOptions({
        queryKey: ['meetings', 'comingOf', accountId],
        queryFn: ({ signal }) => api.people.listComing({ params: { accountId }, signal }),
      }),

    invitations: (query: InvitationsQuery) =>
      queryOptions({
        queryKey: ['people', 'invitations', query],
        queryFn: ({ signal }) => api.invitations.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
      }),

    departments: () =>
      queryOptions({
        queryKey: ['people', 'departments'],
        queryFn: ({ signal }) => api.departments.list({ signal }),
      }),

    department: (departmentId: DepartmentId) =>
      queryOptions({
        queryKey: ['people', 'department', departmentId],
        queryFn: ({ signal }) => api.departments.get({ params: { departmentId }, signal }),
      }),

    contact: (contactId: ContactId) =>
      queryOptions({
        queryKey: ['people', 'contact', contactId],
        queryFn: ({ signal }) => api.contacts.get({ params: { contactId }, signal }),
      }),

    contacts: (query: ListQuery) =>
      queryOptions({
        queryKey: ['people', 'contacts', query],
        queryFn: ({ signal }) => api.contacts.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
      }),

    orders: () =>
      queryOptions({
        queryKey: ['resources', 'orders'],
        queryFn: ({ signal }) => api.orders.list({ query: { limit: pageSize }, signal }),
      }),

    meetings: (query: ListQuery & { when: MeetingsWhen }) =>
      queryOptions({
        queryKey: ['meetings', 'list', query],
        queryFn: ({ signal }) => api.meetings.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
        refetchInterval,
      }),

    myMeetings: (query: ListQuery & { when: MeetingsWhen | 'live' }) =>
      queryOptions({
        queryKey: ['meetings', 'mine', query],
        queryFn: ({ signal }) => api.myMeetings.list({ query: { ...query, limit: pageSize }, signal }),
        placeholderData: keepPreviousData,
        refetchInterval,
      }),

    /** The nearest meetings of all cloud rooms: what doors and schedules are read from. */
    nearMeetings: () =>
      queryOptions({
        queryKey: ['meetings', 'near'],
        queryFn: ({ signal }) => api.meetings.list({ query: { when: 'upcoming', limit: 200 }, signal }),
        refetchInterval,
      }),

    meeting: (meetingId: MeetingId) =>
      queryOptions({
        queryKey: ['meetings', 'one', meetingId],
        queryFn: ({ signal }) => api.meetings.get({ params: { meetingId }, signal }),
        refetchInterval,
      }),
  };
}

export type Queries = ReturnType<typeof createQueries>;
