import type { FleetDatabase } from '../../db/database.ts';
import type { SeatRow } from '../../db/schema.ts';
import { type MeetingPlan, type MeetingsService, mayJoinBeforeHost, type Standing } from '../meetings/service.ts';
import { entitlementsAt, type OrdersService } from '../orders/service.ts';
import type { PlansService } from '../plans/service.ts';
import { passwordProof, type TicketClaims } from '../tickets/service.ts';
import { createAdmissionRepository, type TicketTerminal } from './repository.ts';
import type { AdmissionFacts, MeetingFacts, ResourceFacts } from './rules.ts';

export function toMeetingFacts(meeting: MeetingPlan): MeetingFacts {
  const { id, resourceKind, entryPassword } = meeting;
  return {
    ...meeting,
    resource: resourceKind,
    canJoinBeforeHost: mayJoinBeforeHost(meeting),
    passwordProof: entryPassword === null ? null : passwordProof(id, entryPassword),
  };
}

/** Reads what a decision needs to know, in the decision's own transaction. */
export function createFactsReader(deps: { orders: OrdersService; plans: PlansService; meetings: MeetingsService }) {
  const { orders, plans, meetings } = deps;

  /** A meeting goes by the plan of its start, so that an order that expires meanwhile changes nothing for it. */
  async function readResource(tx: FleetDatabase, meeting: MeetingPlan, now: Date): Promise<ResourceFacts> {
    const startAt = new Date(meeting.startAt);
    const [from, to] = startAt < now ? [startAt, now] : [now, startAt];
    const lines = await orders.paidLines(tx, meeting, from, to);
    const atStart = entitlementsAt(lines, startAt, plans.get);
    const atNow = entitlementsAt(lines, now, plans.get);
    const plan = plans.get(atStart.plan);
    const own = { meetingCapacity: plan.maxParticipants, maxMinutes: plan.maxMinutes };
    switch (meeting.resourceKind) {
      case 'room': {
        const isValid = meeting.roomId !== null && (await orders.coverRoom(tx, meeting, meeting.roomId, now));
        const capacity = meeting.roomCapacity ?? 0;
        return {
          isValid,
          capacity,
          maxMinutes: plan.maxMinutes,
          meetingCapacity: Math.max(capacity, own.meetingCapacity),
        };
      }
      case 'concurrency':
        return { ...own, isValid: atNow.concurrency > 0, capacity: atNow.concurrency || atStart.concurrency };
      default:
        return { ...own, isValid: true, capacity: own.meetingCapacity };
    }
  }

  async function standingOf(
    tx: FleetDatabase,
    meeting: MeetingPlan,
    claims: TicketClaims,
    terminal: TicketTerminal | undefined,
  ): Promise<Standing> {
    if (terminal) return meeting.roomId !== null && terminal.roomId === meeting.roomId ? 'host' : 'invited';
    if (claims.acc === undefined) return claims.role === 'host' ? 'host' : 'outsider';
    return await meetings.standingOf(tx, meeting, claims.acc);
  }

  /** The organizer, a terminal that the cloud room is assigned to, or whoever came with a host's ticket. */
  async function isHostAmong(tx: FleetDatabase, meeting: MeetingPlan, seats: readonly SeatRow[]): Promise<boolean> {
    const isKnownHost = ({ role, accountId }: SeatRow) => role === 'host' || accountId === meeting.organizerAccountId;
    if (seats.some(isKnownHost)) return true;
    const terminals = seats.flatMap(({ terminalId }) => (terminalId === null ? [] : [terminalId]));
    if (meeting.roomId === null || terminals.length === 0) return false;
    const own = await createAdmissionRepository(tx).listTerminalsOfRoom(meeting, meeting.roomId);
    return terminals.some((id) => own.includes(id));
  }

  async function readTerminal(
    tx: FleetDatabase,
    meeting: MeetingPlan | undefined,
    claims: TicketClaims,
    now: Date,
  ): Promise<{ row: TicketTerminal; facts: NonNullable<AdmissionFacts['terminal']> } | undefined> {
    const { trm, org: orgId } = claims;
    if (trm === undefined) return undefined;
    const repository = createAdmissionRepository(tx);
    const row = await repository.findTerminal({ orgId }, trm);
    if (!row) return undefined;
    const { terminals: licences } = await orders.entitlements(tx, { orgId }, now);
    const isExpected =
      meeting === undefined ||
      (meeting.roomId !== null && row.roomId === meeting.roomId) ||
      (await meetings.isInvited(tx, meeting, trm));
    const isLicensed = (await repository.countOlderTerminals({ orgId }, trm, row.createdAt)) < licences;
    return { row, facts: { isRetired: row.retiredAt !== null, isExpected, isLicensed } };
  }

  return { readResource, standingOf, isHostAmong, readTerminal };
}
