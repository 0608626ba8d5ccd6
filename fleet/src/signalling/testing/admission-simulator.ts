import { type AccountId, newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { HoldReason, JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { Admission, AdmitRequest, AdmitResult, AdmittedMeeting, AdmittedParticipant } from '../ports.ts';

/** Admission without a database: seats of one meeting in memory, and what was asked of it. */
export interface AdmissionSimulator extends Admission {
  readonly meeting: AdmittedMeeting;
  /** Makes a ticket; one with a thumbprint is only good on a connection that proved this certificate. */
  issueTicket(name: string, certificateThumbprint?: string): string;
  /** A ticket of somebody who may hold the meeting, or of a guest. */
  issueTicketAs(role: AdmittedParticipant['role'], name: string): { ticket: string; participantId: ParticipantId };
  /** A ticket of somebody with an account. */
  issueTicketOf(accountId: AccountId, name: string): { ticket: string; participantId: ParticipantId };
  seated(): ParticipantId[];
  renewals(): number;
  released(): ParticipantId[];
  /** The next `admit` ends like this. */
  refuseNext(reason: JoinRefusal): void;
  /** Everybody who has no seat is held for this reason, until null. */
  holdAll(reason: HoldReason | null): void;
  /** These are not held any more. */
  letIn(ids: readonly ParticipantId[]): void;
  failNext(): void;
}

export function createAdmissionSimulator({ capacity }: { capacity: number }): AdmissionSimulator {
  const meeting: AdmittedMeeting = {
    meetingId: newId('meeting'),
    orgId: newId('organization'),
    number: '123456789',
    subject: 'Rehearsal',
    startAt: '2026-01-05T09:00:00.000Z',
    endAt: '2026-01-05T10:00:00.000Z',
    capacity,
    controls: openControls,
    saved: null,
  };
  const tickets = new Map<string, { participant: AdmittedParticipant; thumbprint: string | null }>();
  const letIn = new Set<ParticipantId>();
  const seats = new Set<ParticipantId>();
  const released: ParticipantId[] = [];
  let renewals = 0;
  let holdReason: HoldReason | null = null;
  let nextEnd: JoinRefusal | 'fail' | null = null;

  function issue(
    who: Pick<AdmittedParticipant, 'name' | 'kind' | 'role'> & Partial<Pick<AdmittedParticipant, 'holder'>>,
    thumbprint: string | null,
  ) {
    const participantId = newId('participant');
    const ticket = `ticket-of-${participantId}`;
    tickets.set(ticket, { participant: { participantId, holder: participantId, ...who }, thumbprint });
    return { ticket, participantId };
  }

  // Rejects, as a database that is away does, instead of throwing.
  async function admit({ ticket, certificateThumbprint }: AdmitRequest): Promise<AdmitResult> {
    const end = nextEnd;
    nextEnd = null;
    if (end === 'fail') throw new Error('admission simulator: told to fail');
    if (end) return { decision: 'refuse', reason: end };
    const known = tickets.get(ticket);
    if (!known || known.thumbprint !== certificateThumbprint) return { decision: 'refuse', reason: 'ticket_invalid' };
    const { participantId } = known.participant;
    const reason = (letIn.has(participantId) ? null : holdReason) ?? (seats.size >= capacity ? 'room_full' : null);
    if (!seats.has(participantId) && reason) {
      return { decision: 'hold', reason, participant: known.participant, meeting };
    }
    seats.add(participantId);
    return { decision: 'admit', participant: known.participant, meeting };
  }

  return {
    meeting,
    issueTicket(name, certificateThumbprint) {
      const kind = certificateThumbprint === undefined ? 'guest' : 'terminal';
      return issue({ name, kind, role: 'member' }, certificateThumbprint ?? null).ticket;
    },
    issueTicketAs: (role, name) => issue({ name, kind: role === 'guest' ? 'guest' : 'person', role }, null),
    issueTicketOf: (holder, name) => issue({ name, kind: 'person', role: 'member', holder }, null),
    seated: () => [...seats],
    renewals: () => renewals,
    released: () => [...released],
    refuseNext(reason) {
      nextEnd = reason;
    },
    holdAll(reason) {
      holdReason = reason;
    },
    letIn(ids) {
      for (const id of ids) letIn.add(id);
    },
    failNext() {
      nextEnd = 'fail';
    },
    admit,
    renew(participantIds) {
      renewals += participantIds.length;
      return Promise.resolve();
    },
    release(participantId) {
      seats.delete(participantId);
      released.push(participantId);
      return Promise.resolve();
    },
  };
}
