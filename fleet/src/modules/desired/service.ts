import type { TerminalId } from '@anteroom/shared/ids.ts';
import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { ScheduledMeeting } from '@anteroom/shared/protocol/desired.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { FleetDatabase } from '../../db/database.ts';
import { lockTerminal } from '../../db/locks.ts';
import type { OrgScope } from '../../db/scope.ts';
import { deleteDesired, putDesired } from '../../link/desired.ts';
import { participantOf, type TicketsService } from '../tickets/service.ts';
import { composeDesired } from './compose.ts';
import {
  createDesiredRepository,
  type MeetingPlace,
  type TerminalBinding,
  type TerminalMeeting,
} from './repository.ts';

/** Keeps every terminal's desired document true to the database: whoever changes what it says calls `refresh`. */
export interface DesiredService {
  /** Composes the documents anew, in the transaction of the change; one that stays equal is not sent again. */
  refresh(tx: FleetDatabase, terminalIds: readonly TerminalId[]): Promise<void>;
  /** The terminals that a meeting concerns: those of its cloud room, and those that are invited. */
  terminalsOf(tx: FleetDatabase, scope: OrgScope, meeting: MeetingPlace): Promise<TerminalId[]>;
  /** For a terminal that is retired. */
  remove(tx: FleetDatabase, terminalId: TerminalId): Promise<void>;
  /** Every terminal's document; at the start, when addresses may have changed. */
  refreshAll(): Promise<void>;
  /** Follows the clock until the signal aborts: meetings come into sight and are over. */
  followClock(options: { signal: AbortSignal }): Promise<void>;
}

const followEveryMs = 5_000;

export function createDesiredService(deps: {
  db: FleetDatabase;
  clock: Clock;
  log: Logger;
  tickets: TicketsService;
  /** Where terminals join; known once the listener listens. */
  signallingUrl: () => string;
}): DesiredService {
  const { db, clock, log, tickets, signallingUrl } = deps;

  async function refresh(tx: FleetDatabase, terminalIds: readonly TerminalId[]): Promise<void> {
    const repository = createDesiredRepository(tx);
    const epoch = await repository.readEpoch();
    const now = clock.now();
    for (const terminalId of [...terminalIds].sort()) {
      await lockTerminal(tx, terminalId);
      const binding = await repository.findBinding(terminalId);
      if (!binding) continue;
      const planned = await repository.listMeetings(binding, now);
      const meetings: ScheduledMeeting[] = [];
      for (const meeting of planned)
        meetings.push({ ...toScheduled(meeting), ticket: await ticketFor(binding, meeting) });
      const content = composeDesired({
        terminal: { id: terminalId, name: binding.name },
        organization: { id: binding.orgId, name: binding.orgName },
        space: binding.space,
        room: binding.room,
        settings: binding.settings,
        meetings,
        signallingUrl: signallingUrl(),
      });
      await putDesired(tx, { terminalId, content, epoch, now });
    }
  }

  async function ticketFor(terminal: TerminalBinding, meeting: TerminalMeeting): Promise<string | null> {
    if (terminal.thumbprint === null) return null;
    return await tickets.sign({
      sub: participantOf(meeting.id, terminal.id),
      org: terminal.orgId,
      mtg: meeting.id,
      role: 'member',
      kind: 'terminal',
      name: terminal.name,
      trm: terminal.id,
      cnf: { 'x5t#S256': terminal.thumbprint },
      nbf: Math.floor((Date.parse(meeting.startAt) - joinableBeforeMs) / 1000),
      exp: Math.ceil((Date.parse(meeting.endAt) + lingerAfterMs) / 1000),
    });
  }

  async function refreshChanged(after: Date, until: Date): Promise<void> {
    const repository = createDesiredRepository(db);
    const seen = new Set<TerminalId>();
    for (const meeting of await repository.listMeetingsWithChange(after, until)) {
      const terminals = (await repository.listTerminalsOf(meeting, meeting)).filter((id) => !seen.has(id));
      if (terminals.length > 0) await db.transaction().execute((tx) => refresh(tx, terminals));
      for (const id of terminals) seen.add(id);
    }
  }

  return {
    refresh,
    terminalsOf: (tx, scope, meeting) => createDesiredRepository(tx).listTerminalsOf(scope, meeting),
    remove: (tx, terminalId) => deleteDesired(tx, terminalId),
    async refreshAll() {
      // One transaction each: others write in between, and a large fleet does not hold everybody up.
      for (const id of await createDesiredRepository(db).listTerminals())
        await db.transaction().execute((tx) => refresh(tx, [id]));
    },
    async followClock({ signal }) {
      let after = clock.now();
      while (!signal.aborted) {
        await clock.sleep(followEveryMs, { signal }).catch(() => {}); // aborted: the loop's condition ends it
        if (signal.aborted) return;
        const until = clock.now();
        try {
          await refreshChanged(after, until);
          after = until;
        } catch (error) {
          log.warn({ err: error }, 'desired documents could not follow the clock, trying again');
        }
      }
    },
  };
}

function toScheduled({ id, ...meeting }: TerminalMeeting) {
  return { meetingId: id, ...meeting };
}
