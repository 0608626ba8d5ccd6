import type { JoinOutlook } from '@anteroom/shared/api/meetings.ts';
import type { MeetingControls } from '@anteroom/shared/meeting/control.ts';
import { meetingOptions } from '@anteroom/shared/meeting/fields.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../../db/database.ts';
import { lockResource } from '../../db/locks.ts';
import type { CertificateRegistry } from '../../link/certificate-registry.ts';
import type { Admission, AdmitResult, AdmittedParticipant } from '../../signalling/ports.ts';
import type { ChangesService } from '../changes/service.ts';
import type { HostingService } from '../hosting/service.ts';
import type { MeetingPlan, MeetingsService, Standing } from '../meetings/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { PlansService } from '../plans/service.ts';
import type { RingsService } from '../rings/service.ts';
import type { SeatsService } from '../seats/service.ts';
import { isShortage, type ShortagesService } from '../shortages/service.ts';
import type { TicketClaims, TicketsService } from '../tickets/service.ts';
import type { WaitingService } from '../waiting/service.ts';
import { createFactsReader, toMeetingFacts } from './facts.ts';
import { createAdmissionRepository } from './repository.ts';
import { type AdmissionFacts, type Decision, decide, type ResourceFacts } from './rules.ts';

/** Somebody who comes, with what decides about their seat. */
type Comer = Extract<AdmitResult, { decision: 'admit' }>['participant'] & {
  claims: TicketClaims;
  resource: ResourceFacts;
  /** What hosts decided so far. */
  saved: unknown;
  isIn: boolean;
};

type Considered = Pick<Comer, 'resource' | 'saved' | 'isIn'> & { decision: Decision; participant: AdmittedParticipant };

export interface AdmissionService extends Admission {
  /** What `admit` would say to a browser's ticket with these claims: nothing is taken, written or told to anybody. */
  outlook(claims: TicketClaims): Promise<JoinOutlook>;
}

/** The one decision on every way into a meeting, for the signalling role. */
export function createAdmissionService(deps: {
  db: FleetDatabase;
  clock: Clock;
  log: Logger;
  tickets: TicketsService;
  meetings: MeetingsService;
  orders: OrdersService;
  plans: PlansService;
  seats: SeatsService;
  waiting: WaitingService;
  shortages: ShortagesService;
  rings: RingsService;
  changes: ChangesService;
  registry: CertificateRegistry;
  hosting: HostingService;
}): AdmissionService {
  const { db, clock, log, tickets, meetings, seats, waiting, shortages, rings, changes, registry, hosting } = deps;
  const facts = createFactsReader(deps);
  const nothing: ResourceFacts = { isValid: true, capacity: 0, meetingCapacity: 0, maxMinutes: null };

  async function prove(thumbprint: string | null): Promise<AdmissionFacts['certificate']> {
    if (thumbprint === null) return null;
    const standing = await registry.standing(thumbprint);
    if (standing.ok) return { standing: 'valid', terminalId: standing.terminalId };
    return { standing: standing.reason, terminalId: null };
  }

  /** From counting the seats to taking one it is one transaction, which no other writer of this resource gets into. */
  async function admit(
    tx: FleetDatabase,
    claims: TicketClaims,
    certificate: AdmissionFacts['certificate'],
  ): Promise<AdmitResult> {
    const scope = { orgId: claims.org };
    const named = await meetings.find(tx, scope, claims.mtg);
    if (named) await lockResource(tx, scope, named.resourceId);
    // Read again: it may have been ended while another one held its resource.
    const meeting = named && (await meetings.find(tx, scope, claims.mtg));
    const { decision, participant, resource, saved, isIn } = await consider(tx, claims, certificate, meeting);
    if (decision.kind === 'refuse') return { decision: 'refuse', reason: decision.reason };
    if (!meeting) return { decision: 'refuse', reason: 'meeting_not_found' };
    return await follow(tx, decision, meeting, { ...participant, claims, resource, saved, isIn });
  }

  /** Reads what there is to know, and decides. */
  async function consider(
    tx: FleetDatabase,
    claims: TicketClaims,
    certificate: AdmissionFacts['certificate'],
    meeting: MeetingPlan | undefined,
  ): Promise<Considered> {
    const scope = { orgId: claims.org };
    const now = clock.now();
    const taken = meeting ? await seats.listOfResource(tx, scope, meeting.resourceId) : [];
    const own = taken.find((seat) => seat.participantId === claims.sub);
    const others = taken.filter((seat) => seat !== own);
    const inMeeting = others.filter((seat) => seat.meetingId === claims.mtg);
    const terminal = await facts.readTerminal(tx, meeting, claims, now);
    const resource = meeting ? await facts.readResource(tx, meeting, now) : nothing;
    const standing = meeting ? await facts.standingOf(tx, meeting, claims, terminal?.row) : 'outsider';
    const holder = claims.acc ?? claims.trm ?? claims.sub;
    const { saved, ...decisions } = await hosting.decisionsOn(tx, scope, claims.mtg, holder);
    const decision = decide({
      ...decisions,
      now,
      claims,
      certificate,
      resource,
      meeting: meeting && toMeetingFacts(meeting),
      terminal: terminal?.facts,
      isAccountDeleted: claims.acc !== undefined && (await createAdmissionRepository(tx).isAccountDeleted(claims.acc)),
      standing,
      hasSeat: own !== undefined,
      isLetIn: await waiting.isLetIn(tx, scope, claims.sub),
      isHostHere: meeting !== undefined && (await facts.isHostAmong(tx, meeting, inMeeting)),
      hasBegun: inMeeting.length > 0 || (await createAdmissionRepository(tx).hasBegun(scope, claims.mtg)),
      seatsInMeeting: inMeeting.length,
      seatsElsewhere: others.length - inMeeting.length,
    });
    const participant = {
      participantId: claims.sub,
      name: terminal?.row.name ?? claims.name,
      kind: claims.kind,
      role: roleOf(standing),
      holder,
    };
    return { decision, participant, resource, saved, isIn: own !== undefined };
  }

  async function follow(
    tx: FleetDatabase,
    decision: Exclude<Decision, { kind: 'refuse' }>,
    meeting: MeetingPlan,
    { claims, resource, saved, isIn, ...participant }: Comer,
  ): Promise<AdmitResult> {
    const { id: meetingId, resourceId } = meeting;
    // Who stands at the door has answered too.
    const calleeId = claims.trm ?? claims.acc;
    if (calleeId !== undefined && !isIn) await rings.enter(tx, meeting, meetingId, calleeId);
    if (decision.kind === 'hold') {
      const { reason } = decision;
      const { participantId, name, kind } = participant;
      const isNew = await waiting.hold(tx, meeting, { participantId, meetingId, name, kind, reason });
      if (isNew && isShortage(reason)) {
        const seats = reason === 'meeting_full' ? resource.meetingCapacity : resource.capacity;
        await shortages.report(tx, meeting, { resourceId, meetingId, subject: meeting.subject, reason, seats });
      }
      return { decision: 'hold', reason, participant, meeting: { orgId: claims.org, meetingId } };
    }
    if (isIn) await seats.renew([claims.sub], tx);
    else {
      const accountId = claims.acc ?? null;
      const { holder: _holder, ...seat } = participant;
      const of = { orgId: claims.org, meetingId, resourceId, accountId, terminalId: claims.trm ?? null };
      await seats.take(tx, { ...seat, ...of });
      await waiting.forget(tx, meeting, claims.sub);
    }
    const { number, subject, startAt, endAt } = meeting;
    const capacity = Math.min(resource.capacity, resource.meetingCapacity);
    const summary = { meetingId, number, subject, startAt, endAt, orgId: claims.org };
    return { decision: 'admit', participant, meeting: { ...summary, capacity, saved, controls: controlsOf(meeting) } };
  }

  return {
    async admit({ ticket, certificateThumbprint }) {
      const claims = await tickets.read(ticket);
      if (!claims) return { decision: 'refuse', reason: 'ticket_invalid' };
      const certificate = await prove(certificateThumbprint);
      const result = await db.transaction().execute((tx) => admit(tx, claims, certificate));
      changes.poke();
      if (result.decision === 'refuse') log.info({ meetingId: claims.mtg, reason: result.reason }, 'join refused');
      return result;
    },
    async outlook(claims) {
      const { decision } = await db.transaction().execute(async (tx) => {
        const meeting = await meetings.find(tx, { orgId: claims.org }, claims.mtg);
        return await consider(tx, claims, null, meeting);
      });
      if (decision.kind === 'hold') return { outcome: 'held', reason: decision.reason };
      return decision.kind === 'refuse' ? { outcome: 'refused', reason: decision.reason } : { outcome: 'open' };
    },
    renew: (participantIds) => seats.renew(participantIds),
    release: (participantId) => seats.release(participantId),
  };
}

function roleOf(standing: Standing): AdmittedParticipant['role'] {
  if (standing === 'host') return 'host';
  return standing === 'outsider' ? 'guest' : 'member';
}

/** What the meeting's options begin with. */
function controlsOf(meeting: MeetingPlan): MeetingControls {
  const { isMutedOnEntry, canUnmute, canShare, hasWatermark } = meetingOptions.parse(JSON.parse(meeting.options));
  return { isLocked: false, isMutedOnEntry, canUnmute, canShare, hasWatermark, spotlight: null };
}
