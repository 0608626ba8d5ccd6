import type { Clock } from '@anteroom/shared/time/clock.ts';
import { DriverError } from './driver-error.ts';
import type { Exchange, Verdict } from './exchange.ts';
import type { Line, LineEvent } from './line.ts';

/**
 * The one queue of a line: sends exchanges in order, a limited number under way at once, urgent ones before all others,
 * and gives each frame to the oldest exchange that knows it. It retries nothing but what the device had no room for: what
 * is safe to say twice is the driver's to know.
 */
export interface ExchangeQueue<Frame> extends AsyncDisposable {
  /** Rejects with a `DriverError`, or with the signal's reason, after which nothing more is sent of it. */
  run<T>(exchange: Exchange<Frame, T>, options: { signal: AbortSignal }): Promise<T>;
}

export type ExchangeQueueDeps<Frame> = {
  line: Line;
  /** Frames out of bytes; begun anew for each life of the line. */
  createDecoder: () => { push(bytes: Uint8Array): Frame[] };
  /** Frames that no exchange knows: what the device says by itself. */
  onUnasked: (frame: Frame) => void;
  /** Exchanges under way at once; urgent ones do not count. */
  atOnce: number;
  /** Exchanges that wait at most. */
  depth: number;
  /** What the device needs between the end of one exchange and the next; urgent ones do not wait for it. */
  restMs: number;
  clock: Clock;
};

type Entry<Frame> = {
  exchange: Pick<Exchange<Frame, unknown>, 'name' | 'start' | 'timeoutMs' | 'isUrgent'>;
  /** True when the frame was this entry's. */
  take(frame: Frame): boolean;
  fail(reason: unknown): void;
  /** Ends its timer and its listeners. */
  ended: AbortController;
  /** Ends the present wait; the next begins anew. */
  wait: AbortController;
};

/** What was sent and is wanted no more is answered all the same; it keeps its place for so long, in ms. */
const afterglowMs = 1_000;

export function createExchangeQueue<Frame>(deps: ExchangeQueueDeps<Frame>): ExchangeQueue<Frame> {
  const { line, clock } = deps;
  const waiting: Entry<Frame>[] = [];
  const underWay: Entry<Frame>[] = [];
  const lifetime = new AbortController();
  let decoder = deps.createDecoder();
  let isResting = false;

  const unsubscribe = line.subscribe(follow);

  function follow(event: LineEvent): void {
    switch (event.type) {
      case 'opened':
        decoder = deps.createDecoder();
        pump();
        break;
      case 'received':
        for (const frame of decoder.push(event.bytes)) offer(frame);
        break;
      case 'noticed':
        break; // The driver's to read: no exchange waits for it.
      case 'closed':
        // What waits could be an hour old when the line is back: nothing is kept.
        failAll((name) => new DriverError('not_connected', `${line.name}: ${name}: ${event.reason}`));
    }
  }

  function offer(frame: Frame): void {
    if (![...underWay].some((entry) => entry.take(frame))) deps.onUnasked(frame);
  }

  function failAll(toError: (name: string) => Error): void {
    for (const entry of [...underWay, ...waiting]) entry.fail(toError(entry.exchange.name));
  }

  function pump(): void {
    while (line.isOpen()) {
      const next = waiting[0];
      const busy = underWay.filter(({ exchange }) => !exchange.isUrgent).length;
      if (!next || (!next.exchange.isUrgent && (isResting || busy >= deps.atOnce))) return;
      waiting.shift();
      underWay.push(next);
      expectAnswer(next, next.exchange.timeoutMs);
      send(next);
    }
  }

  function send(entry: Entry<Frame>): void {
    line.send(entry.exchange.start()).catch((error: unknown) => entry.fail(error));
  }

  /** Its next frame has to come within this time. */
  function expectWithin(entry: Entry<Frame>, waitMs: number, onLate: () => void): void {
    entry.wait.abort();
    entry.wait = new AbortController();
    const signal = AbortSignal.any([entry.wait.signal, entry.ended.signal, lifetime.signal]);
    clock.sleep(waitMs, { signal }).then(onLate, () => undefined); // Something came in time.
  }

  function expectAnswer(entry: Entry<Frame>, waitMs: number): void {
    const { name } = entry.exchange;
    const late = () => {
      // Half a frame that is never finished must not swallow the beginning of the next.
      decoder = deps.createDecoder();
      entry.fail(new DriverError('no_answer', `${line.name}: ${name}: nothing in ${waitMs} ms`));
    };
    expectWithin(entry, waitMs, late);
  }

  function sendAgain(entry: Entry<Frame>, afterMs: number): void {
    clock.sleep(afterMs, { signal: AbortSignal.any([entry.ended.signal, lifetime.signal]) }).then(
      () => send(entry),
      () => undefined, // It ended meanwhile.
    );
  }

  function enqueue(entry: Entry<Frame>): void {
    if (!entry.exchange.isUrgent) {
      waiting.push(entry);
      return;
    }
    const place = waiting.findIndex(({ exchange }) => !exchange.isUrgent);
    waiting.splice(place < 0 ? waiting.length : place, 0, entry);
  }

  function leave(entry: Entry<Frame>): void {
    if (underWay.includes(entry) && deps.restMs > 0) rest();
    entry.ended.abort();
    for (const list of [waiting, underWay]) {
      const index = list.indexOf(entry);
      if (index >= 0) list.splice(index, 1);
    }
    pump();
  }

  function rest(): void {
    isResting = true;
    clock.sleep(deps.restMs, { signal: lifetime.signal }).then(
      () => {
        isResting = false;
        pump();
      },
      () => undefined, // The driver ends.
    );
  }

  function refusalFor({ name, isUrgent }: Pick<Exchange<Frame, unknown>, 'name' | 'isUrgent'>): DriverError | null {
    if (!line.isOpen()) return new DriverError('not_connected', `${line.name}: ${name}: the line is closed`);
    if (isUrgent || waiting.length < deps.depth) return null;
    return new DriverError('queue_full', `${line.name}: ${name}: ${waiting.length} commands wait already`);
  }

  return {
    run<T>(exchange: Exchange<Frame, T>, { signal }: { signal: AbortSignal }): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const refusal = refusalFor(exchange);
        if (signal.aborted || refusal) return reject(signal.aborted ? signal.reason : refusal);
        const ended = new AbortController();
        const entry: Entry<Frame> = {
          ...{ exchange, ended, wait: new AbortController() },
          take: (frame) => settle(exchange.take(frame)),
          fail(reason) {
            if (ended.signal.aborted) return;
            leave(entry);
            reject(reason);
          },
        };
        function settle(verdict: Verdict<T>): boolean {
          switch (verdict.is) {
            case 'foreign':
              return false;
            case 'progress':
              if (!signal.aborted) expectAnswer(entry, verdict.withinMs);
              return true;
            case 'again':
              if (signal.aborted) leave(entry);
              else {
                expectAnswer(entry, verdict.afterMs + exchange.timeoutMs);
                sendAgain(entry, verdict.afterMs);
              }
              return true;
            case 'done':
              leave(entry);
              resolve(verdict.value);
              return true;
            case 'failed':
            case 'lost':
              entry.fail(verdict.error);
              return verdict.is === 'failed';
          }
        }
        const abandon = () => {
          if (!underWay.includes(entry)) return entry.fail(signal.reason);
          // Its place stays taken, so that nobody else takes its answer.
          reject(signal.reason);
          expectWithin(entry, afterglowMs, () => leave(entry));
        };
        signal.addEventListener('abort', abandon, { signal: ended.signal });
        enqueue(entry);
        pump();
      });
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      lifetime.abort(new Error('the driver ends'));
      failAll((name) => new DriverError('not_connected', `${line.name}: ${name}: the driver ends`));
    },
  };
}
