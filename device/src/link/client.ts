import { type ConnectionId, newId, type TerminalId } from '@anteroom/shared/ids.ts';
import { type DesiredDocument, desiredDocument, reportedDocument } from '@anteroom/shared/protocol/desired.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { type Store, StoreError } from '../ports/store.ts';
import { reconnectAfterMs } from './backoff.ts';
import { createCommandRunner } from './command-runner.ts';
import { ConnectError, type Connection, connect } from './connection.ts';
import { createLedger, ledgerRecord } from './ledger.ts';
import { createLedgerStore } from './ledger-store.ts';
import type { Link, LinkHandlers, LinkHardware, LinkIdentity, LinkStatus, LinkTiming } from './link.ts';
import { createOutbox } from './outbox.ts';
import { createPulse } from './pulse.ts';
import { createReporter } from './reporter.ts';
import { createServerClock } from './server-clock.ts';
import { createSession } from './session.ts';

/**
 * The terminal's side of what terminals and fleet say to each other. Everything that must not be lost is on disk before
 * it is sent or acted on. It does not know what commands or documents mean: its handlers do.
 */

/** How long commands may take to end once the agent goes down; what runs longer is `interrupted` at the next start. */
const endWithinMs = 3_000;
const mostEventBytes = 4_096;

export type LinkDeps = {
  /** A folder of this identity's own: another terminal id must not find its documents and commands. */
  store: Store;
  clock: Clock;
  log: Logger;
  hardware: LinkHardware;
  /** Read again for every connection, so that a renewed certificate is used from then on. */
  identity: () => Promise<LinkIdentity>;
  handlers: LinkHandlers;
  timing: LinkTiming;
};

/** Opens what is on disk; the link connects after `start`. */
export async function createLink(deps: LinkDeps): Promise<Link> {
  const { store, clock, log, hardware, identity, handlers, timing } = deps;
  const damage: StoreError[] = [];
  const noteDamage = (error: StoreError) => {
    damage.push(error);
    log.error({ err: error, keptAs: error.keptAs }, 'damaged file kept aside');
  };
  /** A damaged document is gone for us, kept for others; the fleet sends its newest again. */
  const readOrKeepAside = <T>(reading: Promise<T | null>) =>
    reading.catch((error: unknown) => {
      if (!(error instanceof StoreError) || error.code !== 'corrupt') throw error;
      noteDamage(error);
      return null;
    });

  const desiredFile = store.document('desired', desiredDocument);
  const reportedFile = store.document('reported', reportedDocument);
  const opened = await store.openJournal('link', ledgerRecord);
  if (opened.damage) noteDamage(opened.damage);
  const storedReport = await readOrKeepAside(reportedFile.read());
  let desired: DesiredDocument | null = await readOrKeepAside(desiredFile.read());

  const stopped = new AbortController();
  const serverClock = createServerClock(clock);
  const ledger = createLedger();
  for (const record of opened.entries) ledger.apply(record);
  const ledgerStore = createLedgerStore({ journal: opened.journal, ledger, log, serverNow: serverClock.now });
  const pulse = createPulse(clock);
  const resend = { firstMs: timing.resendFirstMs, atMostMs: timing.resendAtMostMs };

  const outbox = createOutbox({ ledger, clock, resend, send: (message) => session.sendPending(message) });
  const reporter = createReporter({
    stored: storedReport,
    document: reportedFile,
    clock,
    resend,
    send: (messageId, document) => session.sendReported(messageId, document),
    onNews: pulse.news,
  });
  const runner = createCommandRunner({
    ledger,
    store: ledgerStore,
    serverClock,
    clock,
    log,
    execute: handlers.execute,
    sendAgain: (commandId, outcome) =>
      session.sendPending({ channel: 'outcome', messageId: outcome.messageId, commandId, outcome }),
    onRecorded: pulse.news,
    signal: stopped.signal,
  });
  runner.recover();

  const session = createSession({
    clock,
    log,
    hardware,
    timing,
    serverClock,
    ledger,
    ledgerStore,
    outbox,
    reporter,
    runner,
    pulse,
    desired: {
      held: () => desired,
      async replace(document) {
        await desiredFile.write(document);
        desired = document;
        handlers.desired(document);
      },
    },
    onWelcome() {
      attempt = 0;
      setStatus({ state: 'online' });
    },
  });

  let status: LinkStatus = { state: 'stopped' };
  let attempt = 0;
  let round = new AbortController();
  let running: Promise<void> | null = null;

  function setStatus(next: LinkStatus): void {
    status = next;
    handlers.statusChanged(next);
  }

  /** One connection from its beginning to its end; returns why it ended. */
  async function connectOnce(signal: AbortSignal): Promise<{ reason: string; isRefused: boolean }> {
    setStatus({ state: 'connecting', attempt });
    const connectionId = newId('connection', clock.now());
    try {
      const current = await identity();
      const connection = await connect({
        ...{ identity: current, at: clock.now(), connectionId, log, onMessage: session.receive, signal },
      });
      setStatus({ state: 'connected' });
      try {
        return { reason: await talk(connection, connectionId, current.terminalId, signal), isRefused: false };
      } finally {
        await connection.end();
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { reason, isRefused: error instanceof ConnectError && error.isRefused };
    }
  }

  /** Returns why the talk ended. */
  async function talk(
    connection: Connection,
    connectionId: ConnectionId,
    terminalId: TerminalId,
    signal: AbortSignal,
  ): Promise<string> {
    const ended = new AbortController();
    const whole = AbortSignal.any([signal, ended.signal]);
    void connection.closed.then(() => ended.abort());
    await session.serve({ connection, connectionId, terminalId, signal: whole });
    return signal.aborted ? 'the link ended it' : await connection.closed;
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      attempt += 1;
      round = new AbortController();
      const signal = AbortSignal.any([stopped.signal, round.signal]);
      const { reason, isRefused } = await connectOnce(signal);
      if (stopped.signal.aborted) return;
      if (round.signal.aborted) {
        attempt = 0;
        continue;
      }
      const retryInMs = isRefused
        ? timing.refusedRetryMs
        : reconnectAfterMs(Math.max(attempt, 1), {
            firstMs: timing.reconnectFirstMs,
            atMostMs: timing.reconnectAtMostMs,
            random: Math.random(),
          });
      log.info({ reason, isRefused, retryInMs: Math.round(retryInMs) }, 'link offline');
      setStatus({ state: 'offline', reason, isRefused, retryInMs });
      await clock.sleep(retryInMs, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  return {
    start() {
      running ??= run();
    },
    status: () => status,
    desired: () => desired,
    damage: () => damage,
    report: (content) => reporter.report(content),
    async publishEvent(kind, detail) {
      if (Buffer.byteLength(JSON.stringify(detail)) > mostEventBytes)
        throw new RangeError(`detail of event ${kind} is larger than ${mostEventBytes} bytes`);
      const surplus = ledger.eventToGiveUp();
      if (surplus !== null) {
        log.warn({ kind }, 'too many events wait for the fleet; the oldest is given up');
        await ledgerStore.record([{ op: 'settled', messageIds: [surplus] }]);
      }
      const at = serverClock.now();
      const event = { messageId: newId('message', at), kind, detail, at: at.toISOString() };
      await ledgerStore.record([{ op: 'event', event }]);
      pulse.news();
    },
    sendTelemetry: (telemetry) => session.sendTelemetry(telemetry),
    serverNow: () => serverClock.now(),
    reconnect: () => round.abort(),
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await running;
      const waited = new AbortController();
      const late = clock.sleep(endWithinMs, { signal: waited.signal }).catch(() => undefined);
      await Promise.race([runner.idle(), late]);
      waited.abort();
      await ledgerStore.idle();
      await opened.journal.close();
      setStatus({ state: 'stopped' });
    },
  };
}
