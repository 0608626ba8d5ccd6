import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { type HandlersUp, type Payload, parsePayload, type UpChannel } from '@anteroom/shared/protocol/channels.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../db/schema.ts';
import { createLinkCounters } from './counters.ts';
import { createDelivery } from './delivery.ts';
import type { MessageEngine, TerminalMessage } from './engine.ts';
import { createIntake } from './intake.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { createLease, type LeaseHolder } from './lease.ts';
import { expiryGraceMs, type Link, type LinkChange, type LinkTiming } from './link.ts';
import { deleteMarkers, readMarkers } from './markers.ts';
import { createPresenceTracker } from './presence-tracker.ts';
import { createLinkRepository } from './repository.ts';

/**
 * The fleet's side of what terminals and fleet say to each other. The database is the authority: everything that is
 * sent is read from it, and nothing is acknowledged before it is there. It does not know what commands or documents
 * mean, and does not decide who may connect.
 */

/** Messages waiting to be stored; past this they are dropped, and their terminals send them again. */
const mostWaiting = 10_000;
const sweepEveryMs = 1_000;
const mostMarkersPerPoll = 500;

export type LinkDeps = {
  db: Kysely<Database>;
  engine: MessageEngine;
  clock: Clock;
  log: Logger;
  timing: LinkTiming;
  holder: LeaseHolder;
  onChange: (change: LinkChange) => void;
};

export function createLink({ db, engine, clock, log, timing, holder, onChange }: LinkDeps): Link {
  const counters = createLinkCounters();
  const repository = createLinkRepository(db);
  const queue = createKeyedQueue<TerminalId>();
  const delivery = createDelivery({ db, repository, engine, clock, log, timing, counters });
  const presence = createPresenceTracker({
    repository,
    clock,
    log,
    heartbeatEveryMs: timing.heartbeatEveryMs,
    onChange: (terminalId, isOnline) => {
      if (!isOnline) delivery.end(terminalId);
      onChange({ kind: 'presence', terminalId, isOnline });
    },
  });
  const intake = createIntake({
    repository,
    clock,
    log,
    counters,
    acknowledge: (terminalId, ids) => delivery.acknowledge(terminalId, ids),
    onStored(item, result) {
      if (item.kind === 'outcome') delivery.answered(item.terminalId, item.message.commandId);
      if (result === 'surplus') return;
      const { terminalId } = item;
      switch (item.kind) {
        case 'outcome':
          return onChange({ kind: 'command', terminalId, commandId: item.message.commandId });
        case 'event':
          return onChange({ kind: 'event', terminalId, event: item.message });
        case 'reported':
          return onChange({ kind: 'reported', terminalId });
        default:
          return assertNever(item);
      }
    },
  });
  const lease = createLease({ db, holder, leaseMs: timing.leaseMs, clock, log });
  const loggedFaults = new Set<string>();
  const stopped = new AbortController();
  const waiters = new Set<PromiseWithResolvers<{ port: number }>>();
  let leading: { port: number } | null = null;
  let competing: Promise<void> | null = null;
  /** Resolved by `poke`. */
  let poked = Promise.withResolvers<void>();

  /** One terminal's task after the other; a failure is logged here, and the terminal asks again. */
  function inOrder(terminalId: TerminalId, task: () => Promise<void>): void {
    queue.run(terminalId, task).catch((error: unknown) => {
      if (leading) log.error({ err: error, terminalId }, 'delivery to terminal failed');
    });
  }

  function handlersFor(isFromRevoked: () => boolean): HandlersUp {
    const held = (message: Payload<'hello'> | Payload<'heartbeat'>) => message.versions;
    return {
      async hello(from, message) {
        if (await presence.sign(from, message.connectionId, held(message).desired))
          await delivery.begin(from, message.connectionId, held(message));
      },
      async heartbeat(from, message) {
        if (await presence.sign(from, message.connectionId, held(message).desired))
          await delivery.compare(from, message.connectionId, held(message));
      },
      gone: (from, message) => presence.gone(from, message.connectionId),
      telemetry: (from, message) => repository.saveTelemetry(from, message, clock.now()),
      reported: (terminalId, message) => store({ kind: 'reported', terminalId, message }, isFromRevoked),
      outcome: (terminalId, message) => store({ kind: 'outcome', terminalId, message }, isFromRevoked),
      event: (terminalId, message) => store({ kind: 'event', terminalId, message }, isFromRevoked),
    };
  }

  function store(...[item, isFromRevoked]: Parameters<typeof intake.add>): Promise<void> {
    intake.add(item, isFromRevoked);
    return Promise.resolve();
  }

  function receive({ terminalId, channel, payload, isFromRevoked }: TerminalMessage): void {
    counters.received[channel] += 1;
    if (intake.size() >= mostWaiting) {
      counters.dropped.overflow += 1;
      return;
    }
    dispatch(terminalId, channel, payload, isFromRevoked);
  }

  function dispatch<C extends UpChannel>(
    terminalId: TerminalId,
    channel: C,
    payload: Uint8Array,
    isFromRevoked: () => boolean,
  ): void {
    const parsed = parsePayload(channel, payload);
    if (!parsed.ok) {
      counters.dropped.malformed += 1;
      logFaultOnce(terminalId, channel, parsed.fault);
      return;
    }
    inOrder(terminalId, async () => {
      if (isFromRevoked()) {
        counters.dropped.revoked += 1;
        return;
      }
      const handle: HandlersUp[C] = handlersFor(isFromRevoked)[channel];
      await handle(terminalId, parsed.message);
    });
  }

  function logFaultOnce(terminalId: TerminalId, channel: UpChannel, fault: string): void {
    // The path in a fault is the sender's to choose; its first word is one of few.
    const kind = `${terminalId} ${channel} ${fault.split(' ')[0]}`;
    if (loggedFaults.has(kind)) return;
    loggedFaults.add(kind);
    log.warn(
      { terminalId, channel, fault: fault.slice(0, 100) },
      'malformed message dropped; further ones only counted',
    );
  }

  function disconnect(terminalId: TerminalId): void {
    engine.disconnect(terminalId);
    inOrder(terminalId, () => presence.disconnected(terminalId));
  }

  function disconnectCertificate(thumbprint: string): void {
    for (const terminalId of engine.disconnectCertificate(thumbprint))
      inOrder(terminalId, () => presence.disconnected(terminalId));
  }

  async function readMarked(): Promise<void> {
    // Before the reading: what is marked meanwhile is read the next time.
    poked = Promise.withResolvers();
    const markers = await readMarkers(db, mostMarkersPerPoll);
    if (markers.length === 0) return;
    for (const { action, terminalId, thumbprint } of markers) {
      if (action !== 'disconnect') continue;
      if (thumbprint === null) disconnect(terminalId);
      else disconnectCertificate(thumbprint);
    }
    const woken = new Set(markers.filter(({ action }) => action === 'wake').map(({ terminalId }) => terminalId));
    for (const terminalId of woken) inOrder(terminalId, () => delivery.deliver(terminalId));
    await deleteMarkers(
      db,
      markers.map(({ id }) => id),
    );
  }

  function resendDue(): Promise<void> {
    for (const terminalId of delivery.due()) inOrder(terminalId, () => delivery.deliver(terminalId));
    return Promise.resolve();
  }

  async function sweep(): Promise<void> {
    await presence.sweep();
    await presence.flush();
    const now = clock.now();
    const expired = await repository.expire(new Date(now.getTime() - expiryGraceMs), now);
    for (const { id, terminalId } of expired) {
      delivery.answered(terminalId, id);
      onChange({ kind: 'command', terminalId, commandId: id });
    }
  }

  /** Acts again and again, `pause` in between. */
  async function repeat(
    name: string,
    act: () => Promise<void>,
    { signal, pause }: { signal: AbortSignal; pause: () => Promise<void> },
  ): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await act();
        failures = 0;
      } catch (error) {
        failures += 1;
        // A database that is away for an hour is one line, not 18,000.
        if (failures === 1) log.error({ err: error, name }, 'link task failed; trying again');
      }
      await pause().catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  async function serve(signal: AbortSignal): Promise<void> {
    await presence.load();
    try {
      const opened = await engine.open(receive);
      leading = opened;
      for (const waiter of waiters) waiter.resolve(opened);
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
      throw error;
    }
    log.info({ port: leading.port }, 'link leads');
    const poll = () => clock.sleep(timing.pollEveryMs, { signal });
    await Promise.all([
      repeat('markers', readMarked, { signal, pause: () => Promise.race([poll(), poked.promise]) }),
      repeat('resend', resendDue, { signal, pause: poll }),
      repeat('sweep', sweep, { signal, pause: () => clock.sleep(sweepEveryMs, { signal }) }),
    ]);
  }

  async function endServing(): Promise<void> {
    leading = null;
    await engine.close();
    await queue.idle();
    await intake.idle();
    await presence.flush();
    delivery.clear();
  }

  async function compete(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const tenure = await lease.acquire({ signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
        return null;
      });
      if (!tenure) return;
      try {
        await serve(AbortSignal.any([signal, tenure.lost]));
      } catch (error) {
        log.error({ err: error }, 'link could not serve; trying again');
      }
      try {
        await endServing();
        await tenure.release();
      } catch (error) {
        log.error({ err: error }, 'link did not end in order');
      }
      if (!signal.aborted)
        await clock.sleep(sweepEveryMs, { signal }).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
    }
  }

  return {
    start() {
      competing ??= compete(stopped.signal);
    },
    async untilLeading({ signal }) {
      if (leading) return leading;
      const waiter = Promise.withResolvers<{ port: number }>();
      waiters.add(waiter);
      const onAbort = () => waiter.reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      try {
        return await waiter.promise;
      } finally {
        waiters.delete(waiter);
        signal.removeEventListener('abort', onAbort);
      }
    },
    isLeading: () => leading !== null,
    poke: () => poked.resolve(),
    disconnectCertificate,
    counters: () => structuredClone(counters),
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await competing;
    },
  };
}
