import { mayCall } from '@anteroom/shared/api/access.ts';
import { accountId, contactId, departmentId, meetingId, roomId, spaceId, terminalId } from '@anteroom/shared/ids.ts';
import { createRoute, createRouter, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import type { z } from 'zod';
import { endOf, isSignedOut } from '../api/failure.ts';
import {
  auditSearch,
  claimSearch,
  controlSearch,
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
  component: lazyRouteComponent(() => import('../shell/shell.tsx'), 'Shell'),
});

const overviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  // The overview is about terminals: whoever has nothing to do with them begins at their own meetings.
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(context.queries.session());
    if (!mayCall('staff', session)) throw redirect({ to: '/my-meetings', replace: true });
  },
  component: lazyRouteComponent(() => import('../pages/overview/overview-page.tsx'), 'OverviewPage'),
});

const terminalsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/terminals',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/terminals/terminals-page.tsx'), 'TerminalsPage'),
});
const terminalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/terminals/$terminalId',
  params: { parse: (raw) => ({ terminalId: known(terminalId, raw.terminalId) }) },
  validateSearch: (raw) => terminalSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/terminals/terminal-page.tsx'), 'TerminalPage'),
});
const claimRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/claim',
  validateSearch: (raw) => claimSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/claim/claim-page.tsx'), 'ClaimPage'),
});

const spacesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/spaces/spaces-page.tsx'), 'SpacesPage'),
});
const newSpaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/new',
  component: lazyRouteComponent(() => import('../pages/spaces/space-page.tsx'), 'NewSpacePage'),
});
const spaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/spaces/$spaceId',
  params: { parse: (raw) => ({ spaceId: known(spaceId, raw.spaceId) }) },
  component: lazyRouteComponent(() => import('../pages/spaces/space-page.tsx'), 'SpacePage'),
});

const roomsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/cloud-rooms',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/rooms/rooms-page.tsx'), 'RoomsPage'),
});
const newRoomRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/cloud-rooms/new',
  component: lazyRouteComponent(() => import('../pages/rooms/room-page.tsx'), 'NewRoomPage'),
});
const roomRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/cloud-rooms/$roomId',
  params: { parse: (raw) => ({ roomId: known(roomId, raw.roomId) }) },
  component: lazyRouteComponent(() => import('../pages/rooms/room-page.tsx'), 'RoomPage'),
});

const resourcesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/resources',
  component: lazyRouteComponent(() => import('../pages/resources/resources-page.tsx'), 'ResourcesPage'),
});
const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/resources/order',
  component: lazyRouteComponent(() => import('../pages/resources/order-page.tsx'), 'OrderPage'),
});

const meetingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings',
  validateSearch: (raw) => meetingsSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/meetings/meetings-page.tsx'), 'MeetingsPage'),
});
const myMeetingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/my-meetings',
  validateSearch: (raw) => myMeetingsSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/meetings/my-meetings-page.tsx'), 'MyMeetingsPage'),
});
const editMeetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId/edit',
  params: { parse: (raw) => ({ meetingId: known(meetingId, raw.meetingId) }) },
  component: lazyRouteComponent(() => import('../pages/meetings/edit-meeting-page.tsx'), 'EditMeetingPage'),
});
const newMeetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/new',
  component: lazyRouteComponent(() => import('../pages/meetings/new-meeting-page.tsx'), 'NewMeetingPage'),
});
const whiteboardRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId/whiteboard',
  params: { parse: (raw) => ({ meetingId: known(meetingId, raw.meetingId) }) },
  component: lazyRouteComponent(() => import('../pages/meetings/whiteboard-page.tsx'), 'WhiteboardPage'),
});
const meetingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId',
  params: { parse: (raw) => ({ meetingId: known(meetingId, raw.meetingId) }) },
  component: lazyRouteComponent(() => import('../pages/meetings/meeting-page.tsx'), 'MeetingPage'),
});

const controlRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/meetings/$meetingId/control',
  params: { parse: (raw) => ({ meetingId: known(meetingId, raw.meetingId) }) },
  validateSearch: (raw) => controlSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/control/control-page.tsx'), 'ControlPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/account/account-page.tsx'), 'AccountPage'),
});
const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people',
  validateSearch: (raw) => peopleSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/people/people-page.tsx'), 'PeoplePage'),
});
const departmentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/departments',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/people/departments-page.tsx'), 'DepartmentsPage'),
});
const newDepartmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/departments/new',
  validateSearch: (raw) => newDepartmentSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/people/department-page.tsx'), 'NewDepartmentPage'),
});
const departmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/departments/$departmentId',
  params: { parse: (raw) => ({ departmentId: known(departmentId, raw.departmentId) }) },
  component: lazyRouteComponent(() => import('../pages/people/department-page.tsx'), 'DepartmentPage'),
});
const directoryTerminalsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/terminals',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/people/directory-terminals-page.tsx'), 'DirectoryTerminalsPage'),
});
const contactsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/contacts',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/people/contacts-page.tsx'), 'ContactsPage'),
});
const newContactRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/contacts/new',
  component: lazyRouteComponent(() => import('../pages/people/contact-page.tsx'), 'NewContactPage'),
});
const contactRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/contacts/$contactId',
  params: { parse: (raw) => ({ contactId: known(contactId, raw.contactId) }) },
  component: lazyRouteComponent(() => import('../pages/people/contact-page.tsx'), 'ContactPage'),
});
const newPersonRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/new',
  component: lazyRouteComponent(() => import('../pages/people/new-person-page.tsx'), 'NewPersonPage'),
});
const personRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/$accountId',
  params: { parse: (raw) => ({ accountId: known(accountId, raw.accountId) }) },
  component: lazyRouteComponent(() => import('../pages/people/person-page.tsx'), 'PersonPage'),
});
const invitationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/invitations',
  validateSearch: (raw) => invitationsSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/people/invitations-page.tsx'), 'InvitationsPage'),
});
const newInvitationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/invitations/new',
  component: lazyRouteComponent(() => import('../pages/people/new-invitation-page.tsx'), 'NewInvitationPage'),
});
const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/import',
  component: lazyRouteComponent(() => import('../pages/people/import-page.tsx'), 'ImportPage'),
});
const organizationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization',
  component: lazyRouteComponent(() => import('../pages/organization/organization-page.tsx'), 'OrganizationPage'),
});
const newOrganizationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization/new',
  component: lazyRouteComponent(() => import('../pages/organization/new-organization-page.tsx'), 'NewOrganizationPage'),
});
const closingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organization/closing',
  component: lazyRouteComponent(() => import('../pages/closing/closing-page.tsx'), 'ClosingPage'),
});
const outboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/outbox',
  validateSearch: (raw) => listSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/outbox/outbox-page.tsx'), 'OutboxPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch: (raw) => auditSearch.parse(raw),
  component: lazyRouteComponent(() => import('../pages/audit/audit-page.tsx'), 'AuditPage'),
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
    whiteboardRoute,
    meetingRoute,
    controlRoute,
    accountRoute,
    peopleRoute,
    newPersonRoute,
    personRoute,
    invitationsRoute,
    newInvitationRoute,
    departmentsRoute,
    newDepartmentRoute,
    departmentRoute,
    directoryTerminalsRoute,
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
