import { type AccountId, type MeetingId, meetingId, type TerminalId, terminalId } from '@anteroom/shared/ids.ts';
import { instant } from '@anteroom/shared/protocol/envelope.ts';
import type { EventMessage } from '@anteroom/shared/protocol/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { z } from 'zod';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { RingRow } from '../../db/tables/rings.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import { type CalleeId, createRingRepository, type NamedRing, type RingCaller } from './repository.ts';

export type { NamedRing, RingCaller } from './repository.ts';

/** Who is rung for a meeting. */
export type Callees = { accountIds: readonly AccountId[]; terminalIds: readonly TerminalId[] };

/** A contact or a typed number that was called: it does not ring, and this is what was done instead. */
export type Outsider = Pick<RingRow, 'contactId' | 'phone' | 'calleeName'> & {
  calleeId: CalleeId;
  state: 'invited' | 'unreachable';
};

/** What a terminal tells of a ring of its own: the instant names which. */
export type ToldByTerminal = { meetingId: MeetingId; ringUntil: string; state: 'declined' | 'missed' };

/**
 * Rings and what becomes of each: a person or a terminal is rung for a meeting until somebody answers or declines, it is
 * withdrawn, or 45 s are over. Decides nothing about who may ring; whoever changes a meeting calls it.
 */
export interface RingsService {
  /** Rings them; people who are not to be disturbed miss it at once. A terminal decides by its own settings. */
  call(tx: FleetDatabase, scope: OrgScope, ring: Callees & RingCaller & { meetingId: MeetingId }): Promise<void>;
  /** Writes down who was called and cannot ring. */
  note(
    tx: FleetDatabase,
    scope: OrgScope,
    call: RingCaller & { meetingId: MeetingId; outsiders: readonly Outsider[] },
  ): Promise<void>;
  /** The stay of somebody in the meeting was ended, as a ring is withdrawn: they may be called again. */
  hangUp(
    tx: FleetDatabase,
    scope: OrgScope,
    call: RingCaller & { meetingId: MeetingId; callee: AccountId | TerminalId },
  ): Promise<void>;
  /** Somebody comes into the meeting: that answers, and puts a missed call away. */
  enter(tx: FleetDatabase, scope: OrgScope, meetingId: MeetingId, calleeId: CalleeId): Promise<void>;
  /** One callee's ring; false when it does not ring. */
  settle(
    tx: FleetDatabase,
    scope: OrgScope,
    ring: Pick<RingRow, 'meetingId' | 'calleeId'>,
    state: 'answered' | 'declined' | 'withdrawn',
  ): Promise<boolean>;
  /** What could not be called is not to be seen among the calls of its meeting any more; false when it is not there. */
  takeOff(tx: FleetDatabase, scope: OrgScope, ring: Pick<RingRow, 'meetingId' | 'calleeId'>): Promise<boolean>;
  /** Everybody's, because the meeting is over. */
  withdrawAll(tx: FleetDatabase, scope: OrgScope, meetingId: MeetingId): Promise<void>;
  /** What the terminal's people or settings did with its ring. */
  followTerminal(terminalId: TerminalId, told: ToldByTerminal): Promise<void>;
  listOfMeeting(tx: FleetDatabase, scope: OrgScope, meetingId: MeetingId): Promise<NamedRing[]>;
  /** Of every organization: rings whose time is over are missed. */
  expire(): Promise<void>;
}

export const ringForMs = 45_000;

export function createRingsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  changes: ChangesService;
  desired: DesiredService;
}): RingsService {
  const { db, clock, changes, desired } = deps;
  const now = () => clock.now().toISOString();

  /** People hear of it by the stream of changes, terminals by their desired document. */
  async function tell(tx: FleetDatabase, scope: OrgScope, callees: readonly CalleeId[]): Promise<void> {
    await desired.refresh(tx, callees.filter(isTerminal));
    await changes.mark(tx, scope, 'rings');
  }

  async function settle(
    tx: FleetDatabase,
    scope: OrgScope,
    ring: Parameters<ReturnType<typeof createRingRepository>['settle']>[1],
    [state, ...from]: [RingRow['state'], ...RingRow['state'][]],
  ): Promise<boolean> {
    const isSettled = await createRingRepository(tx).settle(scope, ring, from, { state, settledAt: now() });
    if (isSettled) await tell(tx, scope, [ring.calleeId]);
    return isSettled;
  }

  return {
    async call(tx, scope, { meetingId, accountIds, terminalIds, ...caller }) {
      const repository = createRingRepository(tx);
      const people = await repository.listStandard([...new Set(accountIds)]);
      const quiet = await repository.listQuiet(people, now());
      const ringUntil = new Date(clock.now().getTime() + ringForMs).toISOString();
      const common = { ...blankRing(scope, meetingId, caller, now()), ringUntil };
      const ringing = { ...common, state: 'ringing', settledAt: null } as const;
      const missed = { ...common, state: 'missed', settledAt: now() } as const;
      const terminals = [...new Set(terminalIds)];
      await repository.put([
        ...people.map((id) => ({
          ...(quiet.has(id) ? missed : ringing),
          calleeId: id,
          accountId: id,
        })),
        ...terminals.map((id) => ({ ...ringing, calleeId: id, terminalId: id })),
      ]);
      await tell(tx, scope, terminals);
    },
    async note(tx, scope, { meetingId, outsiders, ...caller }) {
      if (outsiders.length === 0) return;
      const common = { ...blankRing(scope, meetingId, caller, now()), settledAt: now() };
      await createRingRepository(tx).put(outsiders.map((outsider) => ({ ...common, ...outsider })));
      await tell(tx, scope, []);
    },
    async hangUp(tx, scope, { meetingId, callee, ...caller }) {
      const of = isTerminal(callee) ? { terminalId: callee } : { accountId: callee };
      const common = { ...blankRing(scope, meetingId, caller, now()), ...of, calleeId: callee };
      await createRingRepository(tx).put([{ ...common, state: 'withdrawn', settledAt: now() }]);
      await tell(tx, scope, [callee]);
    },
    async enter(tx, scope, meetingId, calleeId) {
      if (await settle(tx, scope, { meetingId, calleeId }, ['answered', 'ringing'])) return;
      if (await createRingRepository(tx).dismiss(scope, { meetingId, calleeId, state: 'missed' }, now()))
        await changes.mark(tx, scope, 'rings');
    },
    settle: (tx, scope, ring, state) => settle(tx, scope, ring, [state, 'ringing']),
    async takeOff(tx, scope, { meetingId, calleeId }) {
      const which = { meetingId, calleeId, state: 'unreachable' } as const;
      const isOff = await createRingRepository(tx).dismiss(scope, which, now());
      if (isOff) await tell(tx, scope, []);
      return isOff;
    },
    async withdrawAll(tx, scope, meetingId) {
      const to = { state: 'withdrawn', settledAt: now() } as const;
      const callees = await createRingRepository(tx).settleAll(scope, { meetingId }, to);
      if (callees.length > 0) await tell(tx, scope, callees);
    },
    async followTerminal(id, { meetingId, ringUntil, state }) {
      await db.transaction().execute(async (tx) => {
        const scope = await createRingRepository(tx).findTerminalScope(id);
        // What is told late, because the terminal was offline, is truer than what the fleet had to assume.
        if (scope) await settle(tx, scope, { meetingId, calleeId: id, ringUntil }, [state, 'ringing', 'missed']);
      });
      changes.poke();
    },
    listOfMeeting: (tx, scope, meetingId) => createRingRepository(tx).listOfMeeting(scope, meetingId),
    async expire() {
      const spentAt = now();
      const organizations = await createRingRepository(db).listWithSpent(spentAt);
      for (const orgId of organizations)
        await db.transaction().execute(async (tx) => {
          const to = { state: 'missed', settledAt: spentAt } as const;
          const callees = await createRingRepository(tx).settleAll({ orgId }, { spentAt }, to);
          if (callees.length > 0) await tell(tx, { orgId }, callees);
        });
      if (organizations.length > 0) changes.poke();
    },
  };
}

/** A ring of nobody yet. */
function blankRing({ orgId }: OrgScope, meetingId: MeetingId, { callerId, callerTerminalId }: RingCaller, at: string) {
  return {
    ...{ orgId, meetingId, callerId, callerTerminalId, calledAt: at, ringUntil: at, dismissedAt: null },
    ...{ accountId: null, terminalId: null, contactId: null, phone: null, calleeName: null },
  };
}

function isTerminal(id: CalleeId): id is TerminalId {
  return terminalId.safeParse(id).success;
}

export function kindOf({ accountId, terminalId, contactId }: Pick<RingRow, 'accountId' | 'terminalId' | 'contactId'>) {
  if (accountId !== null) return 'person';
  if (terminalId !== null) return 'terminal';
  return contactId === null ? 'number' : 'contact';
}

const ringDetail = z.object({ meetingId, ringUntil: instant });

/** What an event of a terminal says of a ring; null when it is about something else, or names none. */
export function ringTold({ kind, detail }: Pick<EventMessage, 'kind' | 'detail'>): ToldByTerminal | null {
  if (kind !== 'ringDeclined' && kind !== 'ringMissed') return null;
  const ring = ringDetail.safeParse(detail);
  return ring.success ? { ...ring.data, state: kind === 'ringDeclined' ? 'declined' : 'missed' } : null;
}
