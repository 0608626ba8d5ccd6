import type { Clock } from '@anteroom/shared/time/clock.ts';
import { z } from 'zod';
import type { OpenConnection } from './connection.ts';
import { DriverError } from './driver-error.ts';
import type { RunLines, RunProgram } from './programs.ts';
import type { Controller, SimulatedDevice } from './simulated-device.ts';

/**
 * Programs of the system (`gpioset`, `cec-ctl`, `v4l2-ctl`), played by a simulated device at the other end of a connection.
 * A connection is one run of a program: what is run comes as a line of JSON, what it says goes back as it says it, and at
 * its end, between two bytes 00, why it failed: nothing when it did not. A connection that ends before is a program that was
 * killed.
 */
const call = z.strictObject({ program: z.string(), args: z.array(z.string()) });

const [newline, end] = ['\n', '\0'];
const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What a program has said, however its bytes were split and joined. Pure. */
export function createProgramReader(): { push(bytes: Uint8Array): { lines: string[]; failure: string | null } } {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    /** `failure` null until it ended, then why it failed: empty when it did not. */
    push(bytes) {
      rest += decoder.decode(bytes, { stream: true });
      const [words = '', failure, after] = rest.split(end);
      const lines = words.split(newline);
      const unfinished = lines.pop() ?? '';
      if (failure !== undefined && after !== undefined)
        return { lines: unfinished === '' ? lines : [...lines, unfinished], failure };
      rest = failure === undefined ? unfinished : `${unfinished}${end}${failure}`;
      return { lines, failure: null };
    },
  };
}

/** Runs what is played at the other end of each connection that `open` makes. */
export function runPlayed(open: OpenConnection): RunLines {
  return async function* (program, args, { signal }) {
    signal.throwIfAborted();
    const over = new AbortController();
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const said = writable.getWriter();
    const events = {
      onBytes: (bytes: Uint8Array) => void said.write(bytes).catch(() => {}), // Whoever listened went away.
      onEnd: (reason: string) => void said.abort(new Error(`${program} was killed: ${reason}`)).catch(() => {}),
    };
    try {
      const connection = await open(events, { signal: AbortSignal.any([signal, over.signal]) });
      await connection.send(toBytes(`${JSON.stringify({ program, args })}${newline}`));
      const reader = createProgramReader();
      for await (const bytes of readable) {
        const { lines, failure } = reader.push(bytes);
        yield* lines;
        if (failure === null) continue;
        if (failure !== '') throw new Error(failure);
        return;
      }
    } finally {
      over.abort();
    }
  };
}

/** Runs a program to its end, of what only gives its lines. */
export function runToEnd({ run, clock }: { run: RunLines; clock: Clock }): RunProgram {
  return async (program, args, { signal, timeoutMs }) => {
    const late = new AbortController();
    const over = new AbortController();
    clock.sleep(timeoutMs, { signal: over.signal }).then(
      () => late.abort(new DriverError('no_answer', `${program}: nothing in ${timeoutMs} ms`)),
      () => undefined, // It ended in time.
    );
    try {
      let said = '';
      for await (const line of run(program, args, { signal: AbortSignal.any([signal, late.signal]) }))
        said += `${line}\n`;
      return said;
    } catch (error) {
      signal.throwIfAborted();
      throw late.signal.aborted ? late.signal.reason : error;
    } finally {
      over.abort();
    }
  };
}

/** What is only run to its end, line by line. */
export function inLines(run: RunProgram): RunLines {
  return async function* (program, args, { signal }) {
    const said = await run(program, args, { signal, timeoutMs: Number.POSITIVE_INFINITY });
    if (said !== '') yield* said.replace(/\n$/, '').split('\n');
  };
}

export type PlayedProgramsDeps = {
  /** What the programs do; what it throws is what they complain of as they fail. */
  run: RunLines;
} & Pick<SimulatedDevice, 'setBusy' | 'setLying'> &
  Partial<Pick<SimulatedDevice, 'contacts'>>;

/** A device that is only reached by running programs. */
export function createPlayedPrograms({ run, ...device }: PlayedProgramsDeps): SimulatedDevice {
  let power = new AbortController();

  async function play(line: string, say: (text: string) => void, signal: AbortSignal): Promise<void> {
    try {
      const { program, args } = call.parse(JSON.parse(line));
      for await (const text of run(program, args, { signal })) say(`${text}${newline}`);
      say(`${end}${end}`);
    } catch (error) {
      say(`${end}${messageOf(error)}${end}`);
    }
  }

  return {
    ...device,
    connect(controller) {
      const over = new AbortController();
      const signal = AbortSignal.any([over.signal, power.signal]);
      signal.addEventListener('abort', () => controller.hangUp(), { once: true });
      const say = inBreaths(controller, signal);
      let asked = '';
      return {
        receive(bytes) {
          asked += new TextDecoder().decode(bytes);
          if (asked.endsWith(newline)) void play(asked, say, signal);
        },
        end: () => over.abort(),
      };
    },
    powerCycle() {
      power.abort(new Error('the simulated device lost its power'));
      power = new AbortController();
    },
    async [Symbol.asyncDispose]() {
      power.abort(new Error('the simulated device ends'));
    },
  };
}

/** What a program says in one breath, its end with it, is one piece; after the signal nobody hears it. */
function inBreaths(controller: Controller, signal: AbortSignal): (text: string) => void {
  let breath = '';
  return (text) => {
    if (breath === '')
      setImmediate(() => {
        if (!signal.aborted) controller.send(toBytes(breath));
        breath = '';
      });
    breath += text;
  };
}
