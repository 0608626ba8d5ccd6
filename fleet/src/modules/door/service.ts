import type { JoinOutlook } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { createLimiter } from '../../limiter.ts';
import { isSameSecret } from '../../secret.ts';
import type { AdmissionService } from '../admission/service.ts';
import { type MeetingNow, type MeetingsService, mayJoinBeforeHost, type Standing } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import { passwordProof, type TicketClaims, type TicketsService } from '../tickets/service.ts';
import { createDoorRepository } from './repository.ts';

/** Whoever stands at the door: signed in, or a guest without an account. */
export type Visitor = Pick<Actor, 'accountId' | 'accountName'> | null;
export type Look = {
  meeting: MeetingNow;
  roomName: string;
  needsPassword: boolean;
  waitsForHost: boolean;
  visitor: { name: string } | null;
};

/** What somebody with a meeting's number may do: look, and get a ticket, with their account or as a guest. */
export interface DoorService {
  look(number: string, visitor: Visitor, address: string): Promise<Look>;
  /** As `enter`, and what admission would say to that ticket. Nobody takes a seat, knocks or stops a ring by it. */
  outlook(
    number: string,
    guest: { password?: string | undefined },
    visitor: Visitor,
    address: string,
  ): Promise<JoinOutlook>;
  enter(
    number: string,
    guest: { name: string; password?: string | undefined },
    visitor: Visitor,
    address: string,
  ): Promise<{ meeting: MeetingNow; ticket: string }>;
}

/** Nobody reads the name of whoever only asks. */
const unnamed = 'guest';
const minuteMs = 60_000;
/** Numbers that lead nowhere, per address: nine digits are not tried out. */
const wrongNumbersPerMinute = 20;
/** Wrong passwords, per meeting and address. Right ones count while they are checked: a class comes in through one address. */
const wrongPasswordsPerMinute = 30;
const ticketsPerMinute = 300;

export function createDoorService(deps: {
  db: FleetDatabase;
  clock: Clock;
  meetings: MeetingsService;
  tickets: TicketsService;
  admission: Pick<AdmissionService, 'outlook'>;
}): DoorService {
  const { db, clock, meetings, tickets, admission } = deps;
  const numberTries = createLimiter({ clock, limit: wrongNumbersPerMinute, windowMs: minuteMs });
  const passwordTries = createLimiter({ clock, limit: wrongPasswordsPerMinute, windowMs: minuteMs });
  const ticketsGiven = createLimiter({ clock, limit: ticketsPerMinute, windowMs: minuteMs });

  async function find(number: string, address: string): Promise<MeetingNow> {
    numberTries.check(address);
    const meeting = await meetings.findByNumber(number);
    if (meeting) return meeting;
    numberTries.take(address);
    throw new ProblemError('meeting_unknown');
  }

  /** Accounts of consoles meet nobody: whoever is signed in with one is a guest here. */
  async function stand(meeting: MeetingNow, visitor: Visitor): Promise<{ standing: Standing; as: Visitor }> {
    const meets = visitor !== null && (await createDoorRepository(db).isStandard(visitor.accountId));
    if (!meets) return { standing: 'outsider', as: null };
    return { standing: await meetings.standingOf(db, meeting, visitor.accountId), as: visitor };
  }

  function checkPassword(meeting: MeetingNow, wanted: string, password: string | undefined, address: string): void {
    const key = `${address} ${meeting.id}`;
    passwordTries.take(key);
    if (!isSameSecret(password ?? '', wanted)) throw new ProblemError('guest_password_wrong');
    passwordTries.refund(key);
  }

  /** What a ticket of whoever stands at the door would say. Refused like one: wrong passwords and tickets are counted alike. */
  async function claim(
    number: string,
    { name, password }: { name: string; password?: string | undefined },
    visitor: Visitor,
    address: string,
  ): Promise<{ meeting: MeetingNow; claims: TicketClaims }> {
    const meeting = await find(number, address);
    if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
    ticketsGiven.take(address);
    const { standing, as } = await stand(meeting, visitor);
    const { entryPassword } = meeting;
    const proves = entryPassword !== null && standing === 'outsider';
    if (proves) checkPassword(meeting, entryPassword, password, address);
    const claims: TicketClaims = {
      ...{ sub: newId('participant', clock.now()), org: meeting.orgId, mtg: meeting.id },
      role: standing === 'outsider' ? 'guest' : standing === 'host' ? 'host' : 'member',
      ...(as ? { kind: 'person', name: as.accountName, acc: as.accountId } : { kind: 'guest', name }),
      ...(proves ? { pwp: passwordProof(meeting.id, entryPassword) } : {}),
      nbf: Math.floor((Date.parse(meeting.startAt) - joinableBeforeMs) / 1000),
      exp: Math.ceil((Date.parse(meeting.endAt) + lingerAfterMs) / 1000),
    };
    return { meeting, claims };
  }

  return {
    async look(number, visitor, address) {
      const meeting = await find(number, address);
      const { standing, as } = await stand(meeting, visitor);
      return {
        meeting,
        roomName: await createDoorRepository(db).placeOf(meeting, meeting.roomId),
        needsPassword: meeting.entryPassword !== null && standing === 'outsider',
        waitsForHost: !mayJoinBeforeHost(meeting) && standing !== 'host' && meeting.seats.length === 0,
        visitor: as && { name: as.accountName },
      };
    },
    async outlook(number, { password }, visitor, address) {
      const { claims } = await claim(number, { name: unnamed, password }, visitor, address);
      return await admission.outlook(claims);
    },
    async enter(number, guest, visitor, address) {
      const { meeting, claims } = await claim(number, guest, visitor, address);
      return { meeting, ticket: await tickets.sign(claims) };
    },
  };
}
