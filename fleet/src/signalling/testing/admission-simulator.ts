import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import type { HoldReason, JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { Admission, AdmitRequest, AdmitResult, AdmittedMeeting, AdmittedParticipant } from '../ports.ts';

/** Admission without a database: seats of one meeting in memory, and what was asked of it. */
export interface AdmissionSimulator extends Admission {
  readonly meeting: AdmittedMeeting;
  /** Makes a ticket; one with a thumbprint is only good on a connection that proved this certificate. */
  issueTicket(name: string, certificateThumbprint?: string): string;
  seated(): ParticipantId[];
  renewals(): number;
  released(): ParticipantId[];
  /** The next `admit` ends like this. */
  refuseNext(reason: JoinRefusal): void;
  /** Everybody who has no seat is held for this reason, until null. */
  holdAll(reason: HoldReason | null): void;
  failNext(): void;
}

export function createAdmissionSimulator({ capacity }: { capacity: number }): AdmissionSimulator {
  const meeting: AdmittedMeeting = {
    meetingId: newId('meeting'),
    number: '123456789',
    subject: 'Rehearsal',
    startAt: '2026-01-05T09:00:00.000Z',
    endAt: '2026-01-05T10:00:00.000Z',
    capacity,
  };
  const tickets = new Map<string, { participant: AdmittedParticipant; thumbprint: string | null }>();
  const seats = new Set<ParticipantId>();
  const released: ParticipantId[] = [];
  let renewals = 0;
  let holdReason: HoldReason | null = null;
  let nextEnd: JoinRefusal | 'fail' | null = null;

  // Rejects, as a database that is away does, instead of throwing.
  async function admit({ ticket, certificateThumbprint }: AdmitRequest): Promise<AdmitResult> {
    const end = nextEnd;
    nextEnd = null;
    if (end === 'fail') throw new Error('admission simulator: told to fail');
    if (end) return { decision: 'refuse', reason: end };
    const known = tickets.get(ticket);
    if (!known || known.thumbprint !== certificateThumbprint) return { decision: 'refuse', reason: 'ticket_invalid' };
    const { participantId } = known.participant;
    const reason = holdReason ?? (seats.size >= capacity ? 'room_full' : null);
    if (!seats.has(participantId) && reason) return { decision: 'hold', reason, participantId };
    seats.add(participantId);
    return { decision: 'admit', participant: known.participant, meeting };
  }

  return {
    meeting,
    issueTicket(name, certificateThumbprint) {
      const participantId = newId('participant');
      const ticket = `ticket-of-${participantId}`;
      const kind = certificateThumbprint === undefined ? 'guest' : 'terminal';
      tickets.set(ticket, {
        participant: { participantId, name, kind, role: 'member' },
        thumbprint: certificateThumbprint ?? null,
      });
      return ticket;
    },
    seated: () => [...seats],
    renewals: () => renewals,
    released: () => [...released],
    refuseNext(reason) {
      nextEnd = reason;
    },
    holdAll(reason) {
      holdReason = reason;
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
