import { type ConnectionId, type MessageId, newId, type TerminalId } from '@anteroom/shared/ids.ts';
import {
  type DownChannel,
  type HandlersDown,
  type Payload,
  parsePayload,
  type UpChannel,
} from '@anteroom/shared/protocol/channels.ts';
import type { DesiredDocument, ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import { compareVersions } from '@anteroom/shared/protocol/envelope.ts';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { CommandRunner } from './command-runner.ts';
import type { Connection } from './connection.ts';
import type { Ledger, PendingMessage } from './ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { LinkHardware, LinkTiming, Telemetry } from './link.ts';
import type { Outbox } from './outbox.ts';
import type { Pulse } from './pulse.ts';
import type { Reporter } from './reporter.ts';
import type { ServerClock } from './server-clock.ts';

/** The talk on the present connection: hello until welcome, then heartbeats, what waits in the outbox, and what comes. */
export type Session = ReturnType<typeof createSession>;

type Talk = {
  connection: Connection;
  connectionId: ConnectionId;
  terminalId: TerminalId;
  /** Monotonic time of the first hello. */
  askedMs: number;
  /** Null until the fleet has welcomed this connection. */
  heartbeatEveryMs: number | null;
};

export function createSession(deps: {
  clock: Clock;
  log: Logger;
  hardware: LinkHardware;
  timing: LinkTiming;
  serverClock: ServerClock;
  ledger: Ledger;
  ledgerStore: LedgerStore;
  outbox: Outbox;
  reporter: Reporter;
  runner: CommandRunner;
  pulse: Pulse;
  desired: { held: () => DesiredDocument | null; replace: (document: DesiredDocument) => Promise<void> };
  onWelcome: () => void;
}) {
  const { clock, log, hardware, timing, serverClock, ledger, ledgerStore, outbox, reporter, runner, pulse } = deps;
  const loggedFaults = new Set<string>();
  let droppedMessages = 0;
  let talk: Talk | null = null;
  let replacing: Promise<void> = Promise.resolve();

  function send<C extends UpChannel>(channel: C, body: Omit<Payload<C>, 'v' | 'id' | 'at'>, id: MessageId): void {
    const at = serverClock.now().toISOString();
    talk?.connection.publish(channel, JSON.stringify({ v: PROTOCOL_VERSION, id, at, ...body }));
  }

  function heldVersions() {
    return { desired: deps.desired.held()?.version ?? null, reportedN: reporter.n() };
  }

  function sendHeartbeat(): void {
    if (talk) send('heartbeat', { connectionId: talk.connectionId, versions: heldVersions() }, newId('message'));
  }

  async function takeDesired(document: DesiredDocument): Promise<void> {
    const held = deps.desired.held();
    if (!talk) return;
    if (document.terminal.id !== talk.terminalId) {
      log.error({ intendedFor: document.terminal.id }, 'desired document of another terminal dropped');
      return;
    }
    if (!held || compareVersions(document.version, held.version) > 0) await deps.desired.replace(document);
    // The heartbeat's versions are what acknowledges a desired document.
    sendHeartbeat();
  }

  const handlers: HandlersDown = {
    async welcome(message) {
      if (!talk || message.connectionId !== talk.connectionId) return;
      const isFirst = talk.heartbeatEveryMs === null;
      talk.heartbeatEveryMs = message.heartbeatEveryMs;
      if (isFirst) {
        serverClock.set(message.serverTime, talk.askedMs);
        deps.onWelcome();
      } else {
        serverClock.raise(message.serverTime);
      }
      await reporter.compare(message.versions.reportedN);
      pulse.news();
    },
    desired({ document }) {
      replacing = replacing
        .then(() => takeDesired(document))
        .catch((error: unknown) => {
          log.error({ err: error, version: document.version }, 'desired document not stored');
        });
      return replacing;
    },
    command(message) {
      runner.receive(message);
      return Promise.resolve();
    },
    async ack({ ids }) {
      reporter.acked(ids);
      const messageIds = ids.filter((id) => ledger.isPending(id));
      if (messageIds.length > 0) await ledgerStore.record([{ op: 'settled', messageIds }]);
      pulse.news();
    },
  };

  function receive<C extends DownChannel>(channel: C, payload: Uint8Array): void {
    const parsed = parsePayload(channel, payload);
    if (!parsed.ok) {
      droppedMessages += 1;
      const kind = `${channel} ${parsed.fault.split(' ')[0]}`;
      if (loggedFaults.has(kind)) return;
      loggedFaults.add(kind);
      log.warn({ channel, fault: parsed.fault.slice(0, 100) }, 'malformed message dropped; further ones only counted');
      return;
    }
    const handle: HandlersDown[C] = handlers[channel];
    handle(parsed.message).catch((error: unknown) => log.error({ err: error, channel }, 'message not handled'));
  }

  async function sayHello(current: Talk, signal: AbortSignal): Promise<void> {
    let delayMs = timing.welcomeWithinMs;
    while (!signal.aborted && current.heartbeatEveryMs === null) {
      const againMs = clock.monotonicMs() + delayMs;
      send('hello', { connectionId: current.connectionId, versions: heldVersions(), ...hardware }, newId('message'));
      while (!signal.aborted && current.heartbeatEveryMs === null && clock.monotonicMs() < againMs)
        await pulse.wait(againMs - clock.monotonicMs(), signal);
      delayMs = Math.min(delayMs * 2, timing.resendAtMostMs);
    }
  }

  async function keepTelling(current: Talk, signal: AbortSignal): Promise<void> {
    let heartbeatDueMs = clock.monotonicMs() + (current.heartbeatEveryMs ?? 0);
    while (!signal.aborted) {
      const nowMs = clock.monotonicMs();
      if (nowMs >= heartbeatDueMs) {
        sendHeartbeat();
        heartbeatDueMs = nowMs + (current.heartbeatEveryMs ?? 0);
      }
      const waits = [heartbeatDueMs - nowMs, outbox.sendDue(), reporter.sendDue()].filter((wait) => wait !== null);
      await pulse.wait(Math.max(0, Math.min(...waits)), signal);
    }
  }

  return {
    receive,

    /** Resolves when `signal` aborts. */
    async serve(options: Omit<Talk, 'askedMs' | 'heartbeatEveryMs'> & { signal: AbortSignal }): Promise<void> {
      const { signal, ...known } = options;
      const current: Talk = { ...known, askedMs: clock.monotonicMs(), heartbeatEveryMs: null };
      talk = current;
      outbox.reset();
      reporter.reset();
      try {
        await sayHello(current, signal);
        await keepTelling(current, signal);
      } finally {
        talk = null;
        await replacing;
      }
    },

    sendPending(message: PendingMessage): void {
      if (message.channel === 'outcome') {
        const { result, detail, finishedAt } = message.outcome;
        send('outcome', { commandId: message.commandId, result, detail, finishedAt }, message.messageId);
      } else {
        const { kind, detail } = message.event;
        send('event', { kind, detail }, message.messageId);
      }
    },

    sendReported(messageId: MessageId, document: ReportedDocument): void {
      send('reported', { document }, messageId);
    },

    sendTelemetry(telemetry: Telemetry): void {
      send('telemetry', { ...telemetry, droppedMessages }, newId('message'));
    },
  };
}
