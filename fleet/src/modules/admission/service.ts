import type { RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../../db/database.ts';
import type { CertificateRegistry } from '../../link/certificate-registry.ts';
import type { Admission, AdmitResult } from '../../signalling/ports.ts';
import type { ChangesService } from '../changes/service.ts';
import type { MeetingPlan, MeetingsService } from '../meetings/service.ts';
import type { SeatsService } from '../seats/service.ts';
import type { TicketClaims, TicketsService } from '../tickets/service.ts';
import { createAdmissionRepository } from './repository.ts';
import { type AdmissionFacts, refusalOf } from './rules.ts';

/** The one decision on every way into a meeting, for the signalling role. */
export function createAdmissionService(deps: {
  db: FleetDatabase;
  clock: Clock;
  log: Logger;
  tickets: TicketsService;
  meetings: MeetingsService;
  seats: SeatsService;
  changes: ChangesService;
  registry: CertificateRegistry;
}): Admission {
  const { db, clock, log, tickets, meetings, seats, changes, registry } = deps;

  async function prove(thumbprint: string | null): Promise<AdmissionFacts['certificate']> {
    if (thumbprint === null) return null;
    const standing = await registry.standing(thumbprint);
    if (standing.ok) return { standing: 'valid', terminalId: standing.terminalId };
    return { standing: standing.reason, terminalId: null };
  }

  /** A terminal comes to the meetings of its cloud room, and to those that it is invited to. */
  async function isExpected(
    tx: FleetDatabase,
    meeting: MeetingPlan,
    terminalId: TerminalId | undefined,
    terminal: { roomId: RoomId | null },
  ): Promise<boolean> {
    if (meeting.roomId !== null && terminal.roomId === meeting.roomId) return true;
    return terminalId !== undefined && (await meetings.isInvited(tx, meeting, terminalId));
  }

  /** From counting the seats to taking one it is one transaction, which no other writer gets into. */
  async function decide(
    tx: FleetDatabase,
    claims: TicketClaims,
    certificate: AdmissionFacts['certificate'],
  ): Promise<AdmitResult> {
    const scope = { orgId: claims.org };
    const meeting = await meetings.find(tx, scope, claims.mtg);
    const taken = meeting ? await seats.listOfResource(tx, scope, meeting.resourceId) : [];
    const own = taken.find((seat) => seat.participantId === claims.sub);
    const others = taken.filter((seat) => seat !== own);
    const terminal =
      claims.trm === undefined ? undefined : await createAdmissionRepository(tx).findTerminal(scope, claims.trm);

    const reason = refusalOf({
      now: clock.now(),
      claims,
      meeting: meeting && { ...meeting, capacity: meeting.roomCapacity ?? 0 },
      certificate,
      terminal: terminal && {
        isRetired: terminal.retiredAt !== null,
        isInRoom: meeting === undefined || (await isExpected(tx, meeting, claims.trm, terminal)),
      },
      hasSeat: own !== undefined,
      seatsInMeeting: others.filter((seat) => seat.meetingId === claims.mtg).length,
      seatsElsewhereInRoom: others.filter((seat) => seat.meetingId !== claims.mtg).length,
    });
    if (reason !== null || meeting === undefined) return { ok: false, reason: reason ?? 'meeting_not_found' };

    const participant = {
      participantId: claims.sub,
      name: terminal?.name ?? claims.name,
      kind: claims.kind,
      role: claims.role,
    };
    if (own) await seats.renew([claims.sub], tx);
    else
      await seats.take(tx, {
        ...participant,
        orgId: claims.org,
        meetingId: claims.mtg,
        resourceId: meeting.resourceId,
        accountId: null,
        terminalId: claims.trm ?? null,
      });
    const { id, number, subject, startAt, endAt, roomCapacity } = meeting;
    return {
      ok: true,
      participant,
      meeting: { meetingId: id, number, subject, startAt, endAt, capacity: roomCapacity ?? 0 },
    };
  }

  return {
    async admit({ ticket, certificateThumbprint }) {
      const claims = await tickets.read(ticket);
      if (!claims) return { ok: false, reason: 'ticket_invalid' };
      const certificate = await prove(certificateThumbprint);
      const result = await db.transaction().execute((tx) => decide(tx, claims, certificate));
      changes.poke();
      if (!result.ok) log.info({ meetingId: claims.mtg, reason: result.reason }, 'join refused');
      return result;
    },
    renew: (participantIds) => seats.renew(participantIds),
    release: (participantId) => seats.release(participantId),
  };
}
