import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';

/**
 * A program of ours as a child process: started, brought back when it dies, stopped with everything it started.
 * Stands where systemd stands on a real machine.
 */
export type Supervised<Ready> = AsyncDisposable & {
  readonly name: string;
  /** Process id of the present child; undefined between two lives. */
  pid(): number | undefined;
  /** What the child said when it was last ready. */
  ready(): Ready;
  /** Resolves at the next ready line after `starts` lives; the first life is 1. */
  waitForLife(count: number, options: { signal: AbortSignal }): Promise<Ready>;
  /** Lives so far. */
  lives(): number;
};

export type SupervisedOptions<Ready> = {
  name: string;
  /** Node program and its arguments; run by the Node that runs this. */
  script: string;
  args: readonly string[];
  /** Beside our own environment. */
  env?: Readonly<Record<string, string>>;
  /** Parses the program's ready line, `{"event":"ready",…}` on its standard output. */
  readySchema: z.ZodType<Ready>;
  onLog: (line: string) => void;
  /** Called when a life ends that nobody asked to end. */
  onDeath: (how: string) => void;
  /** Once aborted, a life that ends is not brought back: Ctrl-C reaches parent and children at the same time. */
  signal: AbortSignal;
};

/** A life that ends before it was ready this often in a row is not brought back: the cause is not an accident. */
const mostFailedStarts = 3;
/** How long an orderly stop may take before SIGKILL. */
const stopWithinMs = 5_000;

const mostLinesKept = 20;

function keepLast(lines: string[], line: string): void {
  lines.push(line);
  if (lines.length > mostLinesKept) lines.shift();
}

/** A program ended before it was ready. What it said to a person goes before its log. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
  readonly isExplained: boolean;

  constructor(program: string, how: string, words: readonly string[], log: readonly string[]) {
    const isExplained = words.length > 0;
    super(`${program} ${how} before it was ready.\n${(isExplained ? words : log).join('\n')}`);
    this.isExplained = isExplained;
  }
}

/**
 * Starts the program and resolves when it is ready; rejects with its last log lines when it cannot start, and once
 * `signal` aborts.
 */
export async function startSupervised<Ready>(options: SupervisedOptions<Ready>): Promise<Supervised<Ready>> {
  let child: ChildProcess | undefined;
  let latest: Ready | undefined;
  let readyLives = 0;
  let isDisposed = false;
  const isStopping = () => isDisposed || options.signal.aborted;
  const waiters = new Set<() => void>();
  const lastLines: string[] = [];
  /** What the program said to a person: everything on its standard error that is no log event. */
  const lastWords: string[] = [];
  let failedStarts = 0;
  let startFault: Error | undefined;

  const notify = () => {
    for (const wake of [...waiters]) wake();
  };

  function live(): void {
    let wasReady = false;
    const current = spawn(process.execPath, [options.script, ...options.args], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = current;
    createInterface({ input: current.stdout }).on('line', (line) => {
      const parsed = parseReadyLine(line, options.readySchema);
      if (parsed === undefined) {
        options.onLog(line);
        return;
      }
      wasReady = true;
      failedStarts = 0;
      latest = parsed;
      readyLives += 1;
      notify();
    });
    createInterface({ input: current.stderr }).on('line', (line) => {
      keepLast(line.startsWith('{') ? lastLines : lastWords, line);
      options.onLog(line);
    });
    current.once('exit', (code, signal) => {
      if (child === current) child = undefined;
      if (isStopping()) return;
      const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
      if (!wasReady) {
        failedStarts += 1;
        if (readyLives === 0 || failedStarts >= mostFailedStarts) {
          startFault = new StartFault(options.name, how, lastWords, lastLines);
          notify();
          return;
        }
      }
      options.onDeath(how);
      setTimeout(() => {
        if (!isStopping()) live();
      }, failedStarts * 500);
    });
  }

  const supervised: Supervised<Ready> = {
    name: options.name,
    pid: () => child?.pid,
    lives: () => readyLives,
    ready() {
      if (latest === undefined) throw new Error(`${options.name} is not ready`);
      return latest;
    },
    waitForLife: (count, { signal }) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          waiters.delete(check);
          signal.removeEventListener('abort', check);
          settle();
        };
        const check = () => {
          if (latest !== undefined && readyLives >= count) {
            const ready = latest;
            finish(() => resolve(ready));
          } else if (startFault) {
            finish(() => reject(startFault));
          } else if (signal.aborted) {
            finish(() => reject(signal.reason));
          }
        };
        waiters.add(check);
        signal.addEventListener('abort', check);
        check();
      }),
    async [Symbol.asyncDispose]() {
      isDisposed = true;
      const current = child;
      if (!current || current.exitCode !== null || current.signalCode !== null) return;
      const exited = new Promise<void>((resolve) => current.once('exit', () => resolve()));
      current.kill('SIGTERM');
      // Unreferenced: the timer of a program that stopped in time would keep this process for the rest of it.
      const stopped = await Promise.race([exited.then(() => true), sleep(stopWithinMs, false, { ref: false })]);
      if (!stopped) {
        current.kill('SIGKILL');
        await exited;
      }
    },
  };

  live();
  const within = AbortSignal.any([options.signal, AbortSignal.timeout(60_000)]);
  await supervised.waitForLife(1, { signal: within }).catch(async (fault) => {
    await supervised[Symbol.asyncDispose]();
    throw fault;
  });
  return supervised;
}

function parseReadyLine<Ready>(line: string, schema: z.ZodType<Ready>): Ready | undefined {
  if (!line.startsWith('{"event":"ready"')) return undefined;
  return schema.parse(JSON.parse(line));
}
