import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { createLimiter } from '../../limiter.ts';
import { isSameSecret } from '../../secret.ts';
import type { MeetingNow, MeetingsService } from '../meetings/service.ts';
import { passwordProof, type TicketsService } from '../tickets/service.ts';
import { createDoorRepository } from './repository.ts';

/** What somebody with a meeting's number may do without an account: look, and get a ticket as a guest. */
export interface DoorService {
  look(number: string, address: string): Promise<{ meeting: MeetingNow; roomName: string }>;
  enter(
    number: string,
    guest: { name: string; password?: string | undefined },
    address: string,
  ): Promise<{ meeting: MeetingNow; ticket: string }>;
}

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
}): DoorService {
  const { db, clock, meetings, tickets } = deps;
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

  return {
    async look(number, address) {
      const meeting = await find(number, address);
      return { meeting, roomName: await createDoorRepository(db).placeOf(meeting, meeting.roomId) };
    },
    async enter(number, { name, password }, address) {
      const meeting = await find(number, address);
      if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
      ticketsGiven.take(address);
      if (meeting.guestPassword !== null) {
        const key = `${address} ${meeting.id}`;
        passwordTries.take(key);
        if (!isSameSecret(password ?? '', meeting.guestPassword)) throw new ProblemError('guest_password_wrong');
        passwordTries.refund(key);
      }
      const ticket = await tickets.sign({
        sub: newId('participant', clock.now()),
        org: meeting.orgId,
        mtg: meeting.id,
        role: 'guest',
        kind: 'guest',
        name,
        ...(meeting.guestPassword === null ? {} : { pwp: passwordProof(meeting.id, meeting.guestPassword) }),
        nbf: Math.floor((Date.parse(meeting.startAt) - joinableBeforeMs) / 1000),
        exp: Math.ceil((Date.parse(meeting.endAt) + lingerAfterMs) / 1000),
      });
      return { meeting, ticket };
    },
  };
}
