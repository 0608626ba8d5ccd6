import { mayCall } from '@anteroom/shared/api/access.ts';
import { accountId, contactId, departmentId, meetingId, roomId, spaceId, terminalId } from '@anteroom/shared/ids.ts';
import { createRoute, createRouter, notFound, redirect } from '@tanstack/react-router';
import type { z } from 'zod';
import { endOf, isSignedOut } from '../api/failure.ts';
import { AccountPage } from '../pages/account/account-page.tsx';
import { AuditPage } from '../pages/audit/audit-page.tsx';
import { ClaimPage } from '../pages/claim/claim-page.tsx';
import { ClosingPage } from '../pages/closing/closing-page.tsx';
import { EditMeetingPage } from '../pages/meetings/edit-meeting-page.tsx';
import { MeetingPage } from '../pages/meetings/meeting-page.tsx';
import { MeetingsPage } from '../pages/meetings/meetings-page.tsx';
import { MyMeetingsPage } from '../pages/meetings/my-meetings-page.tsx';
import { NewMeetingPage } from '../pages/meetings/new-meeting-page.tsx';
import { NewOrganizationPage } from '../pages/organization/new-organization-page.tsx';
import { OrganizationPage } from '../pages/organization/organization-page.tsx';
import { OutboxPage } from '../pages/outbox/outbox-page.tsx';
import { OverviewPage } from '../pages/overview/overview-page.tsx';
import { ContactPage, NewContactPage } from '../pages/people/contact-page.tsx';
import { ContactsPage } from '../pages/people/contacts-page.tsx';
import { DepartmentPage, NewDepartmentPage } from '../pages/people/department-page.tsx';
import { DepartmentsPage } from '../pages/people/departments-page.tsx';
import { ImportPage } from '../pages/people/import-page.tsx';
import { InvitationsPage } from '../pages/people/invitations-page.tsx';
import { NewInvitationPage } from '../pages/people/new-invitation-page.tsx';
import { NewPersonPage } from '../pages/people/new-person-page.tsx';
import { PeoplePage } from '../pages/people/people-page.tsx';
import { PersonPage } from '../pages/people/person-page.tsx';
import { OrderPage } from '../pages/resources/order-page.tsx';
import { ResourcesPage } from '../pages/resources/resources-page.tsx';
import { NewRoomPage, RoomPage } from '../pages/rooms/room-page.tsx';
import { RoomsPage } from '../pages/rooms/rooms-page.tsx';
import { NewSpacePage, SpacePage } from '../pages/spaces/space-page.tsx';
import { SpacesPage } from '../pages/spaces/spaces-page.tsx';
import { TerminalPage } from '../pages/terminals/terminal-page.tsx';
import { TerminalsPage } from '../pages/terminals/terminals-page.tsx';
import { Shell } from '../shell/shell.tsx';
import {
  auditSearch,
  claimSearch,
  invitationsSearch,
  listSearch,
  meetingsSearch,
  myMeetingsSearch,
  newDepartmentSearch,
  parseSearch,
  peopleSearch,
  stringifySearch,
  terminalSearch,
} from './address.ts';
import { entryRoutes } from './entry-routes.ts';
import { FailedPage, NothingHerePage } from './failed-page.tsx';
import { type RouterContext, rootRoute } from './root-route.ts';

/** A part of the address that has to be an id of this kind; any other leads nowhere. */
function known<S extends z.ZodType>(schema: S, raw: string): z.output<S> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/** Everything behind the sign-in. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signedIn',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(context.queries.session());
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      const why = endOf(error);
      throw redirect({
        to: '/sign-in',
        search: { ...(location.href === '/' ? {} : { next: location.href }), ...(why ? { why } : {}) },
      });
    }
  },
  component: Shell,
});

const overviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  // The overview is about terminals: whoever has nothing to do with them begins at their own meetings.
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(context.queries.session());
    if (!mayCall('staff', session)) throw redirect({ to: '/my-meetings', replace: true });
  },
  component: OverviewPage,
});

const terminalsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/terminals',
  validateSearch: (raw) => listSearch.parse(raw),
  component: TerminalsPage,
});
const terminalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/terminals/$terminalId',
  params: { parse: (raw) => ({ terminalId: known(terminalId, raw.terminalId) }) },
  validateSearch: (raw) => terminalSearch.parse(raw),
  component: TerminalPage,
});
const claimRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/claim',
  validateSearch: (raw) => claimSearch.parse(raw),
  component: ClaimPage,
});

const spacesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces',
  validateSearch: (raw) => listSearch.parse(raw),
  component: SpacesPage,
});
const newSpaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/new',
  component: NewSpacePage,
});
const spaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$spaceId',
  params: { parse: (raw) => ({ spaceId: known(spaceId, raw.spaceId) }) },
  component: SpacePage,
});

const roomsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/cloud-rooms',
  validateSearch: (raw) => listSearch.parse(raw),
  component: RoomsPage,
});
const newRoomRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/cloud-rooms/new',
  component: NewRoomPage,
});
const roomRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/cloud-rooms/$roomId',
  params: { parse: (raw) => ({ roomId: known(roomId, raw.roomId) }) },
  component: RoomPage,
});

const resourcesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/resources',
  component: ResourcesPage,
});
const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/resources/order',
  component: OrderPage,
});

const meetingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings',
  validateSearch: (raw) => meetingsSearch.parse(raw),
  component: MeetingsPage,
});
const myMeetingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/my-meetings',
  validateSearch: (raw) => myMeetingsSearch.parse(raw),
  component: MyMeetingsPage,
});
const editMeetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId/edit',
  params: { parse: (raw) => ({ meetingId: known(meetingId, raw.meetingId) }) },
  component: EditMeetingPage,
});
const newMeetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/new',
  component: NewMeetingPage,
});
const meetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId',
  params: { parse: (raw) => ({ meetingId: known(meetingId, raw.meetingId) }) },
  component: MeetingPage,
});

const accountRoute = createRoute({ getParentRoute: () => signedInRoute, path: '/account', component: AccountPage });
const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people',
  validateSearch: (raw) => peopleSearch.parse(raw),
  component: PeoplePage,
});
const departmentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/departments',
  validateSearch: (raw) => listSearch.parse(raw),
  component: DepartmentsPage,
});
const newDepartmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/departments/new',
  validateSearch: (raw) => newDepartmentSearch.parse(raw),
  component: NewDepartmentPage,
});
const departmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/departments/$departmentId',
  params: { parse: (raw) => ({ departmentId: known(departmentId, raw.departmentId) }) },
  component: DepartmentPage,
});
const contactsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/contacts',
  validateSearch: (raw) => listSearch.parse(raw),
  component: ContactsPage,
});
const newContactRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/contacts/new',
  component: NewContactPage,
});
const contactRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/contacts/$contactId',
  params: { parse: (raw) => ({ contactId: known(contactId, raw.contactId) }) },
  component: ContactPage,
});
const newPersonRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/new',
  component: NewPersonPage,
});
const personRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/$accountId',
  params: { parse: (raw) => ({ accountId: known(accountId, raw.accountId) }) },
  component: PersonPage,
});
const invitationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/invitations',
  validateSearch: (raw) => invitationsSearch.parse(raw),
  component: InvitationsPage,
});
const newInvitationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/invitations/new',
  component: NewInvitationPage,
});
const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/import',
  component: ImportPage,
});
const organizationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization',
  component: OrganizationPage,
});
const newOrganizationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization/new',
  component: NewOrganizationPage,
});
const closingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization/closing',
  component: ClosingPage,
});
const outboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/outbox',
  validateSearch: (raw) => listSearch.parse(raw),
  component: OutboxPage,
});
const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch: (raw) => auditSearch.parse(raw),
  component: AuditPage,
});

const routeTree = rootRoute.addChildren([
  ...entryRoutes,
  signedInRoute.addChildren([
    overviewRoute,
    terminalsRoute,
    terminalRoute,
    claimRoute,
    spacesRoute,
    newSpaceRoute,
    spaceRoute,
    roomsRoute,
    newRoomRoute,
    roomRoute,
    resourcesRoute,
    orderRoute,
    meetingsRoute,
    newMeetingRoute,
    myMeetingsRoute,
    editMeetingRoute,
    meetingRoute,
    accountRoute,
    peopleRoute,
    newPersonRoute,
    personRoute,
    invitationsRoute,
    newInvitationRoute,
    departmentsRoute,
    newDepartmentRoute,
    departmentRoute,
    contactsRoute,
    newContactRoute,
    contactRoute,
    importRoute,
    organizationRoute,
    newOrganizationRoute,
    closingRoute,
    outboxRoute,
    auditRoute,
  ]),
]);

export function createConsoleRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    parseSearch,
    stringifySearch,
    // A preloaded one-time link would be used up by a mouse that passes over it.
    defaultPreload: false,
    defaultErrorComponent: FailedPage,
    defaultNotFoundComponent: NothingHerePage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
