import {
  type Callee,
  type DoNotDisturb,
  type MeetingRing,
  type OwnRing,
  ringState,
} from '@anteroom/shared/api/rings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { RingRow } from '../../db/tables/rings.ts';
import type { AuditService } from '../audit/service.ts';
import type { CallingService } from '../calling/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createRingRepository, type NamedRing, type PersonRing } from './repository.ts';
import { kindOf, type RingsService } from './service.ts';

/** What people do with their own rings, and whoever manages a meeting with its rings. */
export interface RingDesk {
  listOwn(actor: Actor): Promise<OwnRing[]>;
  /** Refused when it does not ring any more. */
  settleOwn(actor: Actor, meetingId: MeetingId, state: 'answered' | 'declined'): Promise<OwnRing>;
  dismiss(actor: Actor, meetingId: MeetingId): Promise<void>;
  getDoNotDisturb(actor: Actor): Promise<DoNotDisturb>;
  /** Refused with a time that is past. */
  setDoNotDisturb(actor: Actor, wanted: DoNotDisturb): Promise<DoNotDisturb>;
  listOfMeeting(actor: Actor, meetingId: MeetingId): Promise<MeetingRing[]>;
  /** Refused unless the meeting is live, and when everybody named is in it. */
  call(actor: Actor, meetingId: MeetingId, callees: readonly Callee[]): Promise<MeetingRing[]>;
  withdraw(actor: Actor, meetingId: MeetingId, calleeId: RingRow['calleeId']): Promise<MeetingRing[]>;
}

/** For so long a client hears what became of a ring that it showed. */
const settledShownMs = 60_000;
const missedShownMs = 30 * 86_400_000;
const mostShown = 50;

export function createRingDesk(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  meetings: MeetingsService;
  rings: RingsService;
  calling: CallingService;
}): RingDesk {
  const { db, clock, audit, changes, meetings, rings, calling } = deps;
  const ago = (ms: number) => new Date(clock.now().getTime() - ms).toISOString();

  function describeOwn(actor: Actor, ring: PersonRing): OwnRing {
    const { meetingId, number, subject, callerName, calledAt, ringUntil, settledAt } = ring;
    // What does not ring is no person's.
    const state = ringState.parse(ring.state);
    const isOwnCall = ring.callerId === actor.accountId && ring.callerTerminalId === null;
    const canJoin = !ring.isEnded && ring.closesAt > clock.now().toISOString();
    return { meetingId, number, subject, callerName, isOwnCall, state, calledAt, ringUntil, settledAt, canJoin };
  }

  async function findOwn(tx: FleetDatabase, actor: Actor, meetingId: MeetingId): Promise<PersonRing> {
    const ring = await createRingRepository(tx).findOfPerson(actor, actor.accountId, meetingId);
    if (!ring) throw new ProblemError('not_found');
    return ring;
  }

  async function readQuiet(actor: Actor): Promise<DoNotDisturb> {
    const row = await createRingRepository(db).findQuiet(actor.accountId);
    const isOn = row !== undefined && (row.until === null || row.until > clock.now().toISOString());
    return { isOn, until: isOn ? row.until : null };
  }

  async function listOfMeeting(tx: FleetDatabase, actor: Actor, meetingId: MeetingId): Promise<MeetingRing[]> {
    return (await rings.listOfMeeting(tx, actor, meetingId)).map(describeOfMeeting);
  }

  return {
    async listOwn(actor) {
      const found = await createRingRepository(db).listOfPerson(actor, actor.accountId, {
        ...{ settledSince: ago(settledShownMs), missedSince: ago(missedShownMs), limit: mostShown },
      });
      return found.map((ring) => describeOwn(actor, ring));
    },
    async settleOwn(actor, meetingId, state) {
      return await db.transaction().execute(async (tx) => {
        await findOwn(tx, actor, meetingId);
        const isSettled = await rings.settle(tx, actor, { meetingId, calleeId: actor.accountId }, state);
        const ring = await findOwn(tx, actor, meetingId);
        // The same answer twice is one: a client that did not hear the first asks again.
        if (!isSettled && ring.state !== state) throw new ProblemError('ring_over');
        return describeOwn(actor, ring);
      });
    },
    async dismiss(actor, meetingId) {
      await db.transaction().execute(async (tx) => {
        await findOwn(tx, actor, meetingId);
        const dismissedAt = clock.now().toISOString();
        if (
          await createRingRepository(tx).dismiss(
            actor,
            { meetingId, calleeId: actor.accountId, state: 'missed' },
            dismissedAt,
          )
        )
          await changes.mark(tx, actor, 'rings');
      });
    },
    getDoNotDisturb: readQuiet,
    async setDoNotDisturb(actor, { isOn, until }) {
      const { accountId } = actor;
      if (isOn && until !== null && Date.parse(until) <= clock.now().getTime())
        throw new ProblemError('quiet_time_past');
      await db.transaction().execute(async (tx) => {
        const repository = createRingRepository(tx);
        if (isOn) await repository.putQuiet({ accountId, until: until && new Date(until).toISOString() });
        else await repository.removeQuiet(accountId);
        await changes.mark(tx, actor, 'rings');
      });
      return await readQuiet(actor);
    },
    async listOfMeeting(actor, meetingId) {
      return await db.transaction().execute(async (tx) => {
        await meetings.getManaged(tx, actor, meetingId);
        return await listOfMeeting(tx, actor, meetingId);
      });
    },
    async call(actor, meetingId, callees) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await meetings.getManaged(tx, actor, meetingId);
        await calling.callIn(tx, { ...actor, terminalId: null }, meetingId, callees);
        return await listOfMeeting(tx, actor, meetingId);
      });
    },
    async withdraw(actor, meetingId, calleeId) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { subject } = await meetings.getManaged(tx, actor, meetingId);
        const before = await rings.listOfMeeting(tx, actor, meetingId);
        const ring = before.find((each) => each.calleeId === calleeId);
        if (!ring) throw new ProblemError('not_found');
        if (await rings.settle(tx, actor, ring, 'withdrawn')) {
          const detail = { subject, callee: ring.calleeName };
          const action = 'meeting.ringWithdrawn';
          await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: meetingId, detail });
        }
        return await listOfMeeting(tx, actor, meetingId);
      });
    },
  };
}

function describeOfMeeting(ring: NamedRing): MeetingRing {
  const { calleeId, calleeName, callerName, state, calledAt, ringUntil, settledAt } = ring;
  return { calleeId, kind: kindOf(ring), name: calleeName, callerName, state, calledAt, ringUntil, settledAt };
}
