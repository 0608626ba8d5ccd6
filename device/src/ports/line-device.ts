import type { Logger } from 'pino';
import { DriverError } from './driver-error.ts';
import type { Exchange } from './exchange.ts';
import { createExchangeQueue, type ExchangeQueueDeps } from './exchange-queue.ts';
import type { Reading } from './reading.ts';

/**
 * What drivers of devices on a line have in common: they greet the device with each life of the line, ask it now and then,
 * know whether it answers, and keep what it said with its age. What is said and what it means is the driver's.
 */
export type LineDeviceDeps<Frame, Known> = Omit<ExchangeQueueDeps<Frame>, 'onUnasked'> & {
  log: Logger;
  /** What is known before anything was said. */
  initial: Known;
  /** Frames that nobody asked for. */
  onUnasked: (frame: Frame) => void;
  /** The first words of a conversation, and everything asked once. */
  greet: (options: { signal: AbortSignal }) => Promise<void>;
  /** What may change without a word, asked every `askEveryMs`. */
  poll: (options: { signal: AbortSignal }) => Promise<void>;
  askEveryMs: number;
  /**
   * What brings back a device that answered nothing any more: being greeted again, or a new connection, where the device
   * has the first word or knows who it talks to.
   */
  whenLost: 'greet' | 'reopen';
};

type WithSignal = { signal: AbortSignal };

export interface LineDevice<Frame, Known> extends AsyncDisposable {
  state(): Known & { isConnected: boolean };
  /** Says one thing and gives what was answered; ends with the driver, too. */
  ask<T>(exchange: Exchange<Frame, T>, options: WithSignal): Promise<T>;
  learn(change: Partial<Known>): void;
  /** A value as the device answered it just now. */
  answered<T>(value: T): Reading<T>;
  /** A value as the device told it unasked just now. */
  reported<T>(value: T): Reading<T>;
  /** Begins the conversation anew: the device forgot it. */
  greetAgain(): void;
  subscribe(listener: () => void): () => void;
  readonly lifetime: AbortSignal;
}

/** So many answers in a row do not come before a device counts as gone. */
const missesAtMost = 2;

export function createLineDevice<Frame, Known extends object>(
  deps: LineDeviceDeps<Frame, Known>,
): LineDevice<Frame, Known> {
  const { line, clock, log } = deps;
  const ended = new AbortController();
  const lifetime = ended.signal;
  const listeners = new Set<() => void>();
  const queue = createExchangeQueue<Frame>(deps);
  let greeting = new AbortController();
  let isGreeted = false;
  let misses = 0;
  let state = { ...deps.initial, isConnected: false };

  const unsubscribe = line.subscribe(({ type }) => {
    if (type === 'opened') greetAgain();
    if (type === 'closed') {
      greeting.abort(new DriverError('not_connected', `${line.name}: it is closed`));
      lose();
    }
  });
  const attended = attend();
  // Not before whoever makes this has it in hand: greeting uses it.
  if (line.isOpen()) queueMicrotask(greetAgain);

  function become(next: typeof state): void {
    state = next;
    for (const listener of [...listeners]) listener();
  }

  function lose(): void {
    isGreeted = false;
    if (state.isConnected) become({ ...state, isConnected: false });
  }

  function giveUp(): void {
    misses = 0;
    lose();
    if (deps.whenLost === 'reopen') line.reopen('the device answers nothing any more');
  }

  function heard(): void {
    misses = 0;
    if (!state.isConnected) become({ ...state, isConnected: true });
  }

  async function ask<T>(exchange: Exchange<Frame, T>, { signal }: WithSignal): Promise<T> {
    try {
      const value = await queue.run(exchange, { signal: AbortSignal.any([signal, lifetime]) });
      heard();
      return value;
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      if (error.fault === 'no_answer') {
        misses += 1;
        if (misses >= missesAtMost) giveUp();
      } else if (isFromDevice(error)) heard();
      throw error;
    }
  }

  function greetAgain(): void {
    greet().catch((error: unknown) => log.error({ err: error, line: line.name }, 'greeting of a device failed'));
  }

  async function greet(): Promise<void> {
    greeting.abort(new DriverError('not_connected', `${line.name}: it is greeted anew`));
    greeting = new AbortController();
    isGreeted = false;
    const signal = AbortSignal.any([lifetime, greeting.signal]);
    try {
      await deps.greet({ signal });
      isGreeted = true;
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error, line: line.name }, 'device does not answer as it should');
    }
  }

  async function attend(): Promise<void> {
    while (!lifetime.aborted) {
      await clock.sleep(deps.askEveryMs, { signal: lifetime }).catch(() => {}); // The driver ends: so does the loop.
      if (lifetime.aborted || !line.isOpen()) continue;
      if (isGreeted) await pollOnce();
      else await greet();
    }
  }

  async function pollOnce(): Promise<void> {
    try {
      await deps.poll({ signal: lifetime });
    } catch (error) {
      if (!lifetime.aborted) log.info({ err: error, line: line.name }, 'device did not answer when it was asked');
    }
  }

  const reading = <T>(value: T, source: Reading<T>['source']) => ({
    ...{ value, source, observedAt: clock.now().toISOString() },
  });

  return {
    state: () => state,
    ...{ ask, greetAgain, lifetime },
    learn: (change) => become({ ...state, ...change }),
    answered: (value) => reading(value, 'answer'),
    reported: (value) => reading(value, 'report'),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      ended.abort(new DriverError('not_connected', `${line.name}: the driver ends`));
      unsubscribe();
      listeners.clear();
      await queue[Symbol.asyncDispose]();
      await attended;
    },
  };
}

/** A refusal is an answer, too; a line that is closed or full says nothing about the device. */
const isFromDevice = ({ fault }: DriverError) => fault !== 'not_connected' && fault !== 'queue_full';
