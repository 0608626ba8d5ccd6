import { type CommandId, type ConnectionId, newId, type TerminalId } from '@anteroom/shared/ids.ts';
import { type DownChannel, maxPayloadBytes, type Payload } from '@anteroom/shared/protocol/channels.ts';
import { compareVersions, type Version } from '@anteroom/shared/protocol/envelope.ts';
import type { HeldVersions } from '@anteroom/shared/protocol/messages.ts';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/schema.ts';
import { getDesired, getDesiredVersion, liftDesiredAbove } from './desired.ts';
import type { MessageEngine } from './engine.ts';
import type { LinkCounters, LinkTiming } from './link.ts';
import { type LinkRepository, mostOpenCommands } from './repository.ts';
import { resendAfterMs } from './resend.ts';

/** What was sent on a connection and not answered yet. */
type Attempt = { sentCount: number; nextAtMs: number };
type Session = {
  connectionId: ConnectionId;
  held: Version | null;
  desired: (Attempt & { version: Version }) | null;
  commands: Map<CommandId, Attempt>;
  /** Whether more commands wait than are sent at a time. */
  hasMore: boolean;
};

export type Delivery = ReturnType<typeof createDelivery>;

/** An epoch beyond this is no restored database but a terminal that makes numbers up. */
const highestBelievedEpoch = 1_000_000;

/**
 * Brings to each terminal that is connected what it lacks: the newest desired document and its open commands. It reads
 * both from the database each time; in memory is only when to send what again. Calls for one terminal must not overlap.
 */
export function createDelivery(deps: {
  db: Kysely<Database>;
  repository: LinkRepository;
  engine: MessageEngine;
  clock: Clock;
  log: Logger;
  timing: LinkTiming;
  counters: LinkCounters;
}) {
  const { db, repository, engine, clock, log, timing, counters } = deps;
  const sessions = new Map<TerminalId, Session>();

  async function send<C extends DownChannel>(
    terminalId: TerminalId,
    channel: C,
    body: Omit<Payload<C>, 'v' | 'id' | 'at'>,
  ): Promise<void> {
    const at = clock.now();
    const payload = JSON.stringify({ v: PROTOCOL_VERSION, id: newId('message', at), at: at.toISOString(), ...body });
    if (Buffer.byteLength(payload) > maxPayloadBytes)
      throw new RangeError(`${channel} for ${terminalId} is larger than ${maxPayloadBytes} bytes`);
    await engine.publish(terminalId, channel, payload);
  }

  function nextAttempt(before: Attempt | null | undefined): Attempt {
    const sentCount = (before?.sentCount ?? 0) + 1;
    const policy = { firstMs: timing.resendFirstMs, atMostMs: timing.resendAtMostMs };
    return { sentCount, nextAtMs: clock.monotonicMs() + resendAfterMs(sentCount, policy) };
  }

  const isDue = (attempt: Attempt | undefined) => !attempt || attempt.nextAtMs <= clock.monotonicMs();

  async function sendDesired(terminalId: TerminalId, session: Session): Promise<void> {
    const stored = await getDesiredVersion(db, terminalId);
    if (!stored || (session.held && compareVersions(stored, session.held) <= 0)) {
      session.desired = null;
      return;
    }
    const isSame = session.desired !== null && compareVersions(session.desired.version, stored) === 0;
    if (isSame && session.desired && !isDue(session.desired)) return;
    const document = await getDesired(db, terminalId);
    if (!document) return;
    session.desired = { ...nextAttempt(isSame ? session.desired : null), version: document.version };
    await send(terminalId, 'desired', { document });
  }

  async function sendCommands(terminalId: TerminalId, session: Session): Promise<void> {
    const open = await repository.openCommands(terminalId, clock.now());
    session.hasMore = open.length === mostOpenCommands;
    const openIds = new Set(open.map((command) => command.id));
    for (const id of session.commands.keys()) if (!openIds.has(id)) session.commands.delete(id);
    const due = open.filter((command) => isDue(session.commands.get(command.id)));
    if (due.length === 0) return;
    for (const command of due) {
      const attempt = nextAttempt(session.commands.get(command.id));
      session.commands.set(command.id, attempt);
      if (attempt.sentCount === 1) counters.commandsSent += 1;
      else counters.commandsSentAgain += 1;
      await send(terminalId, 'command', {
        commandId: command.id,
        request: command.request,
        deadlineAt: command.deadlineAt,
      });
    }
    await repository.markSent(
      due.map((command) => command.id),
      clock.now(),
    );
  }

  async function deliver(terminalId: TerminalId): Promise<void> {
    const session = sessions.get(terminalId);
    if (!session) return;
    await sendDesired(terminalId, session);
    await sendCommands(terminalId, session);
  }

  async function hold(terminalId: TerminalId, session: Session, held: Version | null): Promise<void> {
    session.held = held;
    if (!held || held.epoch > highestBelievedEpoch) return;
    const lifted = await liftDesiredAbove(db, terminalId, held);
    if (lifted) log.warn({ terminalId, held, lifted }, 'terminal holds a newer desired version than the database');
  }

  async function welcome(terminalId: TerminalId, connectionId: ConnectionId): Promise<void> {
    await send(terminalId, 'welcome', {
      connectionId,
      serverTime: clock.now().toISOString(),
      versions: {
        desired: await getDesiredVersion(db, terminalId),
        reportedN: await repository.reportedN(terminalId),
      },
      heartbeatEveryMs: timing.heartbeatEveryMs,
    });
  }

  return {
    /** Answers a hello; everything open is sent anew, because the terminal may have been another process before. */
    async begin(terminalId: TerminalId, connectionId: ConnectionId, versions: HeldVersions): Promise<void> {
      const session: Session = { connectionId, held: null, desired: null, commands: new Map(), hasMore: false };
      sessions.set(terminalId, session);
      await hold(terminalId, session, versions.desired);
      await welcome(terminalId, connectionId);
      await deliver(terminalId);
    },

    /** A heartbeat: sends again what the versions show to be missing on either side. */
    async compare(terminalId: TerminalId, connectionId: ConnectionId, versions: HeldVersions): Promise<void> {
      const session = sessions.get(terminalId);
      if (session?.connectionId !== connectionId) {
        // Its hello was said to a link process before this one.
        await this.begin(terminalId, connectionId, versions);
        return;
      }
      await hold(terminalId, session, versions.desired);
      if ((await repository.reportedN(terminalId)) !== versions.reportedN) await welcome(terminalId, connectionId);
      await deliver(terminalId);
    },

    deliver,

    acknowledge: (terminalId: TerminalId, ids: Payload<'ack'>['ids']) => send(terminalId, 'ack', { ids }),

    answered(terminalId: TerminalId, commandId: CommandId): void {
      sessions.get(terminalId)?.commands.delete(commandId);
    },

    end(terminalId: TerminalId): void {
      sessions.delete(terminalId);
    },

    clear(): void {
      sessions.clear();
    },

    /** Terminals that something has to be sent to again now. */
    due(): TerminalId[] {
      return [...sessions]
        .filter(([, session]) => {
          if (session.hasMore && session.commands.size < mostOpenCommands / 2) return true;
          const attempts = [...session.commands.values(), ...(session.desired ? [session.desired] : [])];
          return attempts.some(isDue);
        })
        .map(([terminalId]) => terminalId);
    },
  };
}
