import { accountRoutes, registrationRoutes } from './accounts.ts';
import { auditRoutes } from './audit.ts';
import { closingRoutes } from './closing.ts';
import { identityRoutes } from './identities.ts';
import { importRoutes } from './imports.ts';
import { invitationRoutes, letterRoutes } from './invitations.ts';
import { liveRoutes } from './live.ts';
import { doorRoutes, meetingRoutes } from './meetings.ts';
import { calendarRoutes, myMeetingRoutes } from './my-meetings.ts';
import { noticeRoutes } from './notices.ts';
import { operatorRoutes, orderRoutes, planRoutes } from './orders.ts';
import { organizationRoutes } from './organizations.ts';
import { overviewRoutes } from './overview.ts';
import { contactRoutes, departmentRoutes, peopleRoutes } from './people.ts';
import { resourceRoutes } from './resources.ts';
import { ringRoutes } from './rings.ts';
import { roomRoutes } from './rooms.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './sessions.ts';
import { spaceRoutes } from './spaces.ts';
import { terminalRoutes } from './terminals.ts';
import { whiteboardRoutes } from './whiteboards.ts';

/** The whole REST contract, by noun. */
export const apiRoutes = {
  session: sessionRoutes,
  registration: registrationRoutes,
  account: accountRoutes,
  identities: identityRoutes,
  notices: noticeRoutes,
  audit: auditRoutes,
  organization: organizationRoutes,
  closing: closingRoutes,
  departments: departmentRoutes,
  people: peopleRoutes,
  imports: importRoutes,
  contacts: contactRoutes,
  invitations: invitationRoutes,
  letters: letterRoutes,
  overview: overviewRoutes,
  spaces: spaceRoutes,
  rooms: roomRoutes,
  terminals: terminalRoutes,
  meetings: meetingRoutes,
  myMeetings: myMeetingRoutes,
  rings: ringRoutes,
  live: liveRoutes,
  whiteboards: whiteboardRoutes,
  calendars: calendarRoutes,
  door: doorRoutes,
  plans: planRoutes,
  orders: orderRoutes,
  operator: operatorRoutes,
  resources: resourceRoutes,
} as const satisfies Record<string, Record<string, Route>>;

export const apiBase = '/api/v1';
