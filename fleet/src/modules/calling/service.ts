import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import {
  type AccountId,
  accountId,
  type ContactId,
  type MeetingId,
  type TerminalId,
  terminalId,
} from '@anteroom/shared/ids.ts';
import { type CalleeChoice, type CalleeId, calledNumber } from '@anteroom/shared/meeting/calling.ts';
import type { ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import type { AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { OrgScope } from '../../db/scope.ts';
import { readPhone } from '../../phones.ts';
import type { Caller, Calling, MeetingRef } from '../../signalling/ports.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { HostingService } from '../hosting/service.ts';
import type { Doer, MeetingNow, MeetingsService } from '../meetings/service.ts';
import type { Callees, Outsider, RingCaller, RingsService } from '../rings/service.ts';
import { createCallFollower } from './follower.ts';
import { createDirectoryRepository } from './repository.ts';

/** Calling others into a running meeting: for its hosts through the signalling role, and for whoever manages it. */
export interface CallingService extends Calling {
  /** In the transaction of a caller who may: invites, pardons, rings and writes down. */
  callIn(
    tx: FleetDatabase,
    by: Doer & { terminalId: TerminalId | null },
    meetingId: MeetingId,
    requests: readonly AttendeeRequest[],
  ): Promise<Callees>;
}

/** Who calls, as an account or a terminal; neither for somebody without one who hosts. */
type Calls = { accountId: AccountId | null; terminalId: TerminalId | null };
/** A member of the meeting's organization, or one of its terminals. */
type DirectoryCaller = { accountId: AccountId; terminalId: null } | { accountId: null; terminalId: TerminalId };

export function createCallingService(deps: {
  db: FleetDatabase;
  audit: AuditService;
  changes: ChangesService;
  hosting: HostingService;
  meetings: MeetingsService;
  rings: RingsService;
  log: Logger;
}): CallingService {
  const { db, audit, changes, hosting, meetings, rings } = deps;
  const follower = createCallFollower(deps);

  /** By the rules of the directory's routes: every member but field engineers sees all of it. */
  async function readCaller(tx: FleetDatabase, scope: OrgScope, by: Caller): Promise<DirectoryCaller | null> {
    const repository = createDirectoryRepository(tx);
    const terminal = terminalId.safeParse(by);
    if (terminal.success)
      return (await repository.hasTerminal(scope, terminal.data))
        ? { accountId: null, terminalId: terminal.data }
        : null;
    const account = accountId.safeParse(by);
    if (!account.success) return null;
    const role = await repository.findRole(scope, account.data);
    const isOfDirectory = role !== undefined && role !== 'personal' && role !== 'fieldEngineer';
    return isOfDirectory ? { accountId: account.data, terminalId: null } : null;
  }

  async function callIn(
    tx: FleetDatabase,
    by: Doer & { terminalId: TerminalId | null },
    meetingId: MeetingId,
    requests: readonly AttendeeRequest[],
  ): Promise<Callees> {
    const { meeting, rung, contacts } = await meetings.callIn(tx, by, meetingId, requests);
    const outsiders = outsidersOf(requests, contacts);
    const count = rung.accountIds.length + rung.terminalIds.length + outsiders.length;
    if (count === 0) throw new ProblemError('nobody_to_ring');
    // Whom a host removed may come back when they are called.
    await hosting.pardon(tx, by, meetingId, [...rung.accountIds, ...rung.terminalIds]);
    const caller = callerOf(by, meeting);
    await rings.call(tx, by, { ...rung, ...caller, meetingId });
    await rings.note(tx, by, { ...caller, meetingId, outsiders });
    const mailed = [...contacts.values()].filter(({ email }) => email !== null);
    await meetings.mailInvitation(
      tx,
      meeting,
      mailed.map((contact) => ({ ...contact, language: null })),
    );
    const detail = { subject: meeting.subject, count };
    await audit.append(tx, by, { actor: by.accountId, action: 'meeting.rung', subjectId: meetingId, detail });
    return rung;
  }

  async function endRing(
    tx: FleetDatabase,
    { orgId, meetingId }: MeetingRef,
    { accountId: actor }: Calls,
    callee: CalleeId,
  ): Promise<ControlRefusal | null> {
    const all = await rings.listOfMeeting(tx, { orgId }, meetingId);
    const ring = all.find(({ calleeId }) => calleeId === callee);
    const isEnded =
      ring?.state === 'unreachable'
        ? await rings.takeOff(tx, { orgId }, ring)
        : ring !== undefined && (await rings.settle(tx, { orgId }, ring, 'withdrawn'));
    if (!ring || !isEnded) return 'not_ringing';
    const meeting = await meetings.find(tx, { orgId }, meetingId);
    const detail = { subject: meeting?.subject ?? '', callee: ring.calleeName };
    await audit.append(tx, { orgId }, { actor, action: 'meeting.ringWithdrawn', subjectId: meetingId, detail });
    return null;
  }

  /** A guest has no client that could be called again. */
  async function noteStay(
    tx: FleetDatabase,
    { orgId, meetingId }: MeetingRef,
    by: Calls,
    whose: Caller,
  ): Promise<void> {
    const left = await readCaller(tx, { orgId }, whose);
    const meeting = await meetings.find(tx, { orgId }, meetingId);
    if (!left || !meeting) return;
    const callee = left.accountId ?? left.terminalId;
    await rings.hangUp(tx, { orgId }, { ...callerOf(by, meeting), meetingId, callee });
  }

  return {
    callIn,
    async call({ orgId, meetingId }, by, choice) {
      try {
        const called = await db.transaction().execute(async (tx) => {
          await lockOrganization(tx, { orgId });
          const caller = await readCaller(tx, { orgId }, by);
          if (!caller) return null;
          return await callIn(tx, { ...caller, orgId }, meetingId, requestsOf(choice));
        });
        if (called === null) return { ok: false, refusal: 'no_directory' };
        follower.look(meetingId);
        changes.poke();
        return { ok: true, called: [...called.accountIds, ...called.terminalIds] };
      } catch (error) {
        const refusal = error instanceof ProblemError ? refusals[error.code] : undefined;
        if (refusal === undefined) throw error;
        return { ok: false, refusal };
      }
    },
    async hangUp(meeting, by, what) {
      const { orgId, meetingId } = meeting;
      const refusal = await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, { orgId });
        const caller = (await readCaller(tx, { orgId }, by)) ?? nobody;
        if ('ring' in what) return await endRing(tx, meeting, caller, what.ring);
        await noteStay(tx, meeting, caller, what.stayOf);
        return null;
      });
      follower.look(meetingId);
      changes.poke();
      return refusal;
    },
    async find({ orgId }, by, text) {
      if (!(await readCaller(db, { orgId }, by))) return { ok: false, refusal: 'no_directory' };
      const directory = createDirectoryRepository(db);
      const [people, departments, terminals, contacts] = await Promise.all([
        directory.findPeople({ orgId }, text),
        directory.findDepartments({ orgId }, text),
        directory.findTerminals({ orgId }, text),
        directory.findContacts({ orgId }, text),
      ]);
      return { ok: true, found: { people, departments, terminals, contacts } };
    },
    follow: follower.follow,
  };
}

const nobody: Calls = { accountId: null, terminalId: null };

/** What is refused for a reason that the host can do something about. */
const refusals: Partial<Record<ErrorCode, ControlRefusal>> = {
  nobody_to_ring: 'nobody_to_call',
  too_many_to_ring: 'too_many_to_call',
  plan_participants: 'plan_too_small',
  attendee_unknown: 'callee_unknown',
  phone_invalid: 'number_invalid',
};

function callerOf(
  { accountId, terminalId }: Calls,
  { organizerAccountId }: Pick<MeetingNow, 'organizerAccountId'>,
): RingCaller {
  return { callerId: accountId ?? organizerAccountId, callerTerminalId: terminalId };
}

function requestsOf({ accounts, departments, terminals, contacts, numbers }: CalleeChoice): AttendeeRequest[] {
  return [
    ...accounts.map((id) => ({ kind: 'person', accountId: id }) as const),
    ...departments.map((departmentId) => ({ kind: 'department', departmentId }) as const),
    ...terminals.map((id) => ({ kind: 'terminal', terminalId: id }) as const),
    ...contacts.map((contactId) => ({ kind: 'contact', contactId }) as const),
    ...numbers.map((typed) => ({ kind: 'number', phone: readPhone(typed), name: '' }) as const),
  ];
}

/** Contacts with an e-mail address are sent the invitation; there is no telephone to call others with yet. */
function outsidersOf(
  requests: readonly AttendeeRequest[],
  contacts: ReadonlyMap<string, { name: string; email: string | null }>,
): Outsider[] {
  const byId = new Map<string, Outsider>();
  for (const request of requests) {
    if (request.kind === 'contact') byId.set(request.contactId, contactCalled(request.contactId, contacts));
    if (request.kind !== 'number') continue;
    const phone = calledNumber.parse(request.phone);
    const calleeName = request.name === '' ? null : request.name;
    byId.set(phone, { calleeId: phone, contactId: null, phone, calleeName, state: 'unreachable' });
  }
  return [...byId.values()];
}

function contactCalled(
  contactId: ContactId,
  contacts: ReadonlyMap<string, { name: string; email: string | null }>,
): Outsider {
  const contact = contacts.get(contactId);
  const state = contact && contact.email !== null ? 'invited' : 'unreachable';
  return { calleeId: contactId, contactId, phone: null, calleeName: contact?.name ?? null, state };
}
