import type {
  AccountId,
  MeetingId,
  OrderId,
  OrderLineId,
  OrganizationId,
  ParticipantId,
  RoomId,
  ShortageId,
} from '@anteroom/shared/ids.ts';
import type { OrderedKind, PlanName } from '@anteroom/shared/resources/plan.ts';

/** What organizations ordered, and where it ran short. */
export interface ResourceTables {
  orders: OrderRow;
  orderLines: OrderLineRow;
  shortages: ShortageRow;
  waiting: WaitingRow;
}

export interface OrderRow {
  id: OrderId;
  orgId: OrganizationId;
  plan: PlanName;
  state: 'pending' | 'paid' | 'cancelled';
  /** What was ordered is there from this instant … */
  startAt: string;
  /** … until before this one. */
  endAt: string;
  createdAt: string;
  /** Null for what the fleet ordered by itself. */
  createdBy: AccountId | null;
  paidAt: string | null;
  /** What the operator noted of the payment. */
  paidReference: string | null;
  cancelledAt: string | null;
  /** The billing identity that it was placed with; null when the organization demanded none. */
  billingIssuer: string | null;
  billingSubject: string | null;
  /** Null, too, once its person has deleted their account. */
  billingLabel: string | null;
}

export interface OrderLineRow {
  id: OrderLineId;
  orgId: OrganizationId;
  orderId: OrderId;
  kind: OrderedKind;
  /** Cloud rooms, seats of concurrency, or terminals. */
  quantity: number;
  /** Parties of each cloud room; null for everything else. */
  capacity: number | null;
}

/** Somebody had no seat: from the first who was told so until a seat was free again. */
export interface ShortageRow {
  id: ShortageId;
  orgId: OrganizationId;
  resourceId: RoomId | OrganizationId | MeetingId;
  /** The first meeting that somebody could not enter. */
  meetingId: MeetingId;
  startedAt: string;
  /** When somebody was last told so. */
  lastAt: string;
  endedAt: string | null;
  /** People and terminals who were told so. */
  turnedAway: number;
}

/** Somebody who is held at a meeting's door. They hold no seat. */
export interface WaitingRow {
  participantId: ParticipantId;
  orgId: OrganizationId;
  meetingId: MeetingId;
  name: string;
  kind: 'terminal' | 'person' | 'guest';
  reason: string;
  since: string;
  leaseUntil: string;
  /** When the host let them in; they come in as soon as a seat is free. */
  letInAt: string | null;
}
