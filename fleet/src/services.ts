import type { MeetingId, OrganizationId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from './db/database.ts';
import type { Gateways } from './delivery/ports.ts';
import type { Authority } from './enrolment/authority.ts';
import type { WatchedRegistry } from './enrolment/registry.ts';
import type { IdentityProvider } from './identity-providers.ts';
import { createOwnAccountService } from './modules/accounts/own-service.ts';
import { createAccountHandlers } from './modules/accounts/routes.ts';
import { createAccountsService } from './modules/accounts/service.ts';
import { createAdmissionService } from './modules/admission/service.ts';
import { createAssignmentsService } from './modules/assignments/service.ts';
import { createAuditHandlers } from './modules/audit/routes.ts';
import { createAuditService } from './modules/audit/service.ts';
import { createCalendarHandlers } from './modules/calendars/routes.ts';
import { createCalendarsService } from './modules/calendars/service.ts';
import { createCallingService } from './modules/calling/service.ts';
import { createChangesService } from './modules/changes/service.ts';
import { createClosingHandlers } from './modules/closings/routes.ts';
import { createClosingsService } from './modules/closings/service.ts';
import { createCodesService } from './modules/codes/service.ts';
import { createContactHandlers } from './modules/contacts/routes.ts';
import { createContactsService } from './modules/contacts/service.ts';
import { createDepartmentHandlers } from './modules/departments/routes.ts';
import { createDepartmentsService } from './modules/departments/service.ts';
import { createDesiredService } from './modules/desired/service.ts';
import { createDoorHandlers } from './modules/door/routes.ts';
import { createDoorService } from './modules/door/service.ts';
import { createRegistrationHandlers } from './modules/entry/routes.ts';
import { createEntryService } from './modules/entry/service.ts';
import { createHandOverService } from './modules/handovers/service.ts';
import { createHostingService } from './modules/hosting/service.ts';
import { answerWithinMs, createIssuer } from './modules/identities/issuer.ts';
import { createIdentityHandlers } from './modules/identities/routes.ts';
import { createIdentitiesService } from './modules/identities/service.ts';
import { createImportHandlers } from './modules/imports/routes.ts';
import { createImportsService } from './modules/imports/service.ts';
import { createInvitationHandlers, createLetterHandlers } from './modules/invitations/routes.ts';
import { createInvitationsService } from './modules/invitations/service.ts';
import { createLinksService } from './modules/links/service.ts';
import { createLiveHandlers } from './modules/live/routes.ts';
import { createLiveService } from './modules/live/service.ts';
import { createMyMeetingHandlers } from './modules/meetings/own-routes.ts';
import { createMeetingHandlers } from './modules/meetings/routes.ts';
import { type ComingMeetings, createMeetingsService, createTrials } from './modules/meetings/service.ts';
import { createNoticeHandlers } from './modules/notices/routes.ts';
import { createNoticesService } from './modules/notices/service.ts';
import { createNumbersService } from './modules/numbers/service.ts';
import { createOperator } from './modules/orders/operator.ts';
import { createManualPayments } from './modules/orders/payments.ts';
import { createOperatorHandlers, createOrderHandlers } from './modules/orders/routes.ts';
import { createOrdersService } from './modules/orders/service.ts';
import { createOrganizationHandlers } from './modules/organizations/routes.ts';
import { createOrganizationsService } from './modules/organizations/service.ts';
import { createOverviewHandlers } from './modules/overview/routes.ts';
import { createOverviewService } from './modules/overview/service.ts';
import { createPairingsService } from './modules/pairings/service.ts';
import { createPeopleHandlers } from './modules/people/routes.ts';
import { createPeopleService } from './modules/people/service.ts';
import { createPlanHandlers } from './modules/plans/routes.ts';
import { createPlansService } from './modules/plans/service.ts';
import { createResourceHandlers } from './modules/resources/routes.ts';
import { createResourcesService } from './modules/resources/service.ts';
import { createRingDesk } from './modules/rings/desk-service.ts';
import { createRingHandlers } from './modules/rings/routes.ts';
import { createRingsService } from './modules/rings/service.ts';
import { createRoomHandlers } from './modules/rooms/routes.ts';
import { createRoomsService } from './modules/rooms/service.ts';
import { createSeatsService } from './modules/seats/service.ts';
import { createSessionHandlers } from './modules/sessions/routes.ts';
import { createSessionsService } from './modules/sessions/service.ts';
import { createShortagesService } from './modules/shortages/service.ts';
import { createSpaceHandlers } from './modules/spaces/routes.ts';
import { createSpacesService } from './modules/spaces/service.ts';
import { createTerminalHandlers } from './modules/terminals/routes.ts';
import { createTerminalsService } from './modules/terminals/service.ts';
import { createTicketsService } from './modules/tickets/service.ts';
import { createWaitingService } from './modules/waiting/service.ts';
import { createWhiteboardHandlers } from './modules/whiteboards/routes.ts';
import { createWhiteboardsService } from './modules/whiteboards/service.ts';
import type { Passwords } from './passwords.ts';
import type { ContractHandlers } from './plugins/contract-routes.ts';
import { newNineDigits } from './secret.ts';
import type { SignallingService } from './signalling/ports.ts';

export type ServicesDeps = {
  db: FleetDatabase;
  clock: Clock;
  log: Logger;
  dataDir: string;
  passwords: Passwords;
  authority: Authority;
  registry: WatchedRegistry;
  heartbeatEveryMs: number;
  gateways: Gateways;
  /** Organization of the demonstration; null where there is none. */
  demoOrgId: () => Promise<OrganizationId | null>;
  pairingsPerMinute: number;
  codesPerHourAndAddress: number | null;
  identityProviders: readonly IdentityProvider[];
  publicUrl: () => string;
  signallingUrl: () => string;
  /** Null while this process does not signal. */
  signalling: () => SignallingService | null;
};

export type Services = Awaited<ReturnType<typeof createServices>>;

/** Every module of the fleet, wired: each gets the others' services, never their repositories. */
export async function createServices(deps: ServicesDeps) {
  const { db, clock, log, passwords, authority, registry, publicUrl } = deps;
  const named = (component: string) => log.child({ component });
  /** In this process; another one sees by itself that the meeting is over. */
  const endLive = (id: MeetingId) => deps.signalling()?.endMeeting(id, 'meeting_ended');

  const tickets = await createTicketsService({ dataDir: deps.dataDir });
  const audit = createAuditService({ db, clock });
  const changes = createChangesService({ db, clock, log: named('changes') });
  const notices = createNoticesService({ db, clock, gateways: deps.gateways, demoOrgId: deps.demoOrgId });
  const codes = createCodesService({ db, clock, notices, codesPerHourAndAddress: deps.codesPerHourAndAddress });
  const numbers = createNumbersService({ draw: newNineDigits });
  const organizations = createOrganizationsService({
    ...{ db, clock, audit, changes },
    hasBillingProvider: deps.identityProviders.some(({ uses }) => uses.includes('billing')),
  });
  const accounts = createAccountsService({ db, clock, numbers, passwords });
  const trials = createTrials({ clock, audit, changes, numbers, organizations });
  const sessions = createSessionsService({
    ...{ db, clock, accounts, passwords, audit, changes, codes },
    onSignedIn: trials.greet,
  });
  // People and accounts come before meetings, and ask them only when somebody leaves.
  const coming: ComingMeetings = {
    list: (tx, actor, of) => meetings.coming.list(tx, actor, of),
    decide: (tx, actor, of, fate) => meetings.coming.decide(tx, actor, of, fate),
  };
  const ownAccount = createOwnAccountService({
    ...{ db, clock, audit, changes, codes, accounts, passwords, sessions, coming },
    reclaimRooms: (tx, actor) => rooms.reclaimFrom(tx, actor, actor.accountId),
  });
  const issuers = deps.identityProviders.map((provider) =>
    createIssuer(provider, { clock, log: named('identities'), answerWithinMs }),
  );
  const identities = createIdentitiesService({
    ...{ db, clock, issuers, accounts, sessions, audit, publicUrl },
    provePassword: ownAccount.provePassword,
  });
  const entry = createEntryService({
    ...{ db, clock, accounts, passwords, audit, codes, notices, organizations, sessions, publicUrl },
  });
  const desired = createDesiredService({
    db,
    clock,
    log: named('desired'),
    tickets,
    signallingUrl: deps.signallingUrl,
  });
  const departments = createDepartmentsService({ db, clock, audit, changes });
  const contacts = createContactsService({ db, clock, audit, changes, departments });
  const links = createLinksService({ clock });
  const people = createPeopleService({
    ...{ db, clock, accounts, audit, changes, departments, links, notices, organizations, sessions, publicUrl },
    roomsHeldBy: (tx, scope, id) => rooms.namesHeldBy(tx, scope, id),
    coming,
  });
  const invitations = createInvitationsService({
    ...{ db, clock, accounts, audit, changes, departments, links, notices, organizations, people, sessions, publicUrl },
  });
  const imports = createImportsService({
    ...{ db, clock, accounts, audit, changes, departments, notices, sessions, publicUrl },
  });
  const spaces = createSpacesService({ db, clock, audit, changes, desired });
  const plans = await createPlansService();
  const operator = await createOperator({ dataDir: deps.dataDir, clock });
  const payments = createManualPayments({ log: named('payments') });
  const orders = createOrdersService({
    ...{ db, clock, audit, changes, plans, payments, organizations, identities },
  });
  const rooms = createRoomsService({ db, clock, audit, changes, departments, desired, numbers, orders });
  const shortages = createShortagesService({ db, clock, changes, notices, publicUrl });
  const resources = createResourcesService({ db, clock, orders, plans, rooms, shortages });
  const seats = createSeatsService({ db, clock, changes });
  const rings = createRingsService({ db, clock, changes, desired });
  const meetings = createMeetingsService({
    ...{ db, clock, audit, changes, departments, desired, notices, numbers, rooms, resources, seats, rings },
    publicUrl,
    onEnded: endLive,
  });
  const pairings = createPairingsService({
    ...{ db, clock, authority, audit, desired },
    pairingsPerMinute: deps.pairingsPerMinute,
  });
  const terminals = createTerminalsService({
    ...{ db, clock, audit, changes, desired, pairings, meetings, spaces, rooms, resources },
    heartbeatEveryMs: deps.heartbeatEveryMs,
    onRevoked: () => registry.poke(),
  });
  const handOver = createHandOverService({ db, accounts, codes, people });
  const closings = createClosingsService({
    ...{ db, clock, accounts, audit, changes, codes, meetings, notices, orders, people, sessions, terminals },
    async onDissolved(ended) {
      for (const id of ended) endLive(id);
      changes.poke();
      await registry.poke();
    },
  });
  const calendars = createCalendarsService({ db, clock, audit, rooms, meetings });
  const overview = createOverviewService({ clock, terminals, meetings });
  const assignments = createAssignmentsService({ db, clock, audit, changes, orders, rooms, coming });
  const waiting = createWaitingService({ db, clock, changes });
  const whiteboards = createWhiteboardsService({ db, clock, meetings });
  const hosting = createHostingService({ db, clock, meetings, waiting });
  const calling = createCallingService({ db, audit, changes, hosting, meetings, rings, log: named('calling') });
  const admission = createAdmissionService({
    ...{ db, clock, tickets, meetings, orders, plans, seats, waiting, shortages, rings, changes, registry, hosting },
    log: named('admission'),
  });
  const door = createDoorService({ db, clock, meetings, tickets, admission });

  const live = createLiveService({ db, clock, audit, meetings, signalling: deps.signalling });

  const isSecure = () => publicUrl().startsWith('https:');
  const handlers: ContractHandlers = {
    session: createSessionHandlers({ sessions, entry, isSecure }),
    registration: createRegistrationHandlers({ entry, isSecure }),
    account: createAccountHandlers({ own: ownAccount, sessions }),
    identities: createIdentityHandlers({ identities, isSecure }),
    notices: createNoticeHandlers({ notices }),
    audit: createAuditHandlers({ audit }),
    organization: createOrganizationHandlers({ organizations, people, handOver }),
    closing: createClosingHandlers({ closings }),
    departments: createDepartmentHandlers({ departments }),
    people: createPeopleHandlers({ people }),
    imports: createImportHandlers({ imports }),
    contacts: createContactHandlers({ contacts }),
    invitations: createInvitationHandlers({ invitations }),
    letters: createLetterHandlers({ invitations }),
    overview: createOverviewHandlers({ overview }),
    spaces: createSpaceHandlers({ spaces }),
    rooms: createRoomHandlers({ rooms, assignments }),
    terminals: createTerminalHandlers({ terminals }),
    meetings: createMeetingHandlers({ meetings, publicUrl }),
    myMeetings: createMyMeetingHandlers({ meetings, publicUrl }),
    rings: createRingHandlers({ desk: createRingDesk({ db, clock, audit, changes, meetings, rings, calling }) }),
    live: createLiveHandlers({ live }),
    whiteboards: createWhiteboardHandlers({ whiteboards }),
    calendars: createCalendarHandlers({ calendars, publicUrl }),
    door: createDoorHandlers({ door }),
    plans: createPlanHandlers({ plans }),
    orders: createOrderHandlers({ orders }),
    operator: createOperatorHandlers({ orders, operator }),
    resources: createResourceHandlers({ resources, meetings }),
  };
  return {
    ...{ notices, codes, tickets, audit, changes, organizations, accounts, sessions, desired, spaces, rooms, seats },
    ...{ identities, departments, people, contacts, invitations, plans, orders, resources, waiting, shortages, rings },
    ...{ assignments, closings, meetings, calendars, pairings, terminals, overview, door, admission, hosting },
    ...{ calling, live, whiteboards, handlers },
  };
}
