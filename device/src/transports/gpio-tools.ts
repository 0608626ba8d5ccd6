import type { Clock } from '@anteroom/shared/time/clock.ts';
import { DriverError } from '../ports/driver-error.ts';
import type { GpioContact, GpioLines, GpioOutput } from '../ports/gpio-lines.ts';
import type { RunLines } from '../ports/programs.ts';

/**
 * GPIO lines through the tools of libgpiod 1.6. A line keeps its level only as long as its `gpioset` lives (gpioset(1),
 * `--mode=signal`), so there is one for each output. A contact is read with `gpioget` and watched with `gpiomon` (gpiomon(1):
 * `%e` is 1 for rising, 0 for falling; `-l` turns both round). It has one of them at a time, and what changes between the two
 * is heard by neither: so it is read again, soon at first and then now and then.
 */
export type GpioToolsDeps = {
  /** Its name, label, number or path, as the tools take it. */
  chip: string;
  run: RunLines;
  clock: Clock;
};

/** A gpioset that cannot have its line says so within this time. */
const settledAfterMs = 100;
/** A gpioset whose chip is gone lives on. */
const lookAgainMs = 10_000;
const readAgainMs = { atFirst: 1_000, later: 60_000 };
/** The kernel keeps so many edges of a line for its reader, and drops what comes then: a contact that bounces makes more. */
const edgesKept = 16;
const biases = { none: [], pullUp: ['--bias=pull-up'], pullDown: ['--bias=pull-down'] } as const;

export function createGpioTools({ chip, run, clock }: GpioToolsDeps): GpioLines {
  const polarity = ({ isActiveLow }: GpioOutput) => (isActiveLow ? ['-l'] : []);
  const placeOf = (contact: GpioContact) => [
    ...biases[contact.bias],
    ...polarity(contact),
    ...[chip, String(contact.line)],
  ];

  /** Its edges for so long. */
  async function* monitor(place: readonly string[], forMs: number, signal: AbortSignal): AsyncIterable<string> {
    const enough = new AbortController();
    const ends = AbortSignal.any([enough.signal, signal]);
    clock.sleep(forMs, { signal: ends }).then(
      () => enough.abort(),
      () => undefined, // It ended before.
    );
    try {
      yield* run('gpiomon', ['--line-buffered', '--format=%e', ...place], { signal: ends });
      if (!ends.aborted) throw new Error('gpiomon ended');
    } catch (error) {
      if (!enough.signal.aborted || signal.aborted) throw error;
    } finally {
      enough.abort();
    }
  }

  /** Resolves with the reason when no program has the line any more. */
  async function untilLetGo(line: number, signal: AbortSignal): Promise<unknown> {
    try {
      for (let isHeld = true; isHeld; ) {
        await clock.sleep(lookAgainMs, { signal });
        isHeld = false;
        for await (const text of run('gpioinfo', [chip], { signal })) isHeld ||= heldLineIn(text) === line;
      }
      return new Error(`${chip} has lost what held line ${line}`);
    } catch (error) {
      return error;
    }
  }

  return {
    async *watch(contact, { signal }) {
      const place = placeOf(contact);
      let known: boolean | null = null;
      let againMs = readAgainMs.atFirst;
      while (!signal.aborted) {
        for await (const text of run('gpioget', place, { signal })) {
          if (levelIn(text) !== known) yield levelIn(text);
          known = levelIn(text);
        }
        let edges = 0;
        for await (const text of monitor(place, againMs, signal)) {
          known = levelIn(text);
          yield known;
          edges += 1;
          if (edges === edgesKept) break;
        }
        againMs = edges === edgesKept ? readAgainMs.atFirst : readAgainMs.later;
      }
    },
    async hold(output, isOn, { signal }) {
      signal.throwIfAborted();
      const stop = new AbortController();
      const args = ['--mode=signal', ...polarity(output), chip, `${output.line}=${isOn ? 1 : 0}`];
      const ended = untilItEnds(run('gpioset', args, { signal: stop.signal }));
      const lost = Promise.race([ended, untilLetGo(output.line, stop.signal)]).finally(() => stop.abort());
      try {
        const early = await Promise.race([ended, clock.sleep(settledAfterMs, { signal }).then(() => null)]);
        if (early !== null) throw toError(output.line, early);
      } catch (error) {
        stop.abort();
        await ended;
        throw error;
      }
      return {
        lost,
        async [Symbol.asyncDispose]() {
          stop.abort();
          await ended;
        },
      };
    },
  };
}

/** What errno(3) says of a line that is taken, and of a chip that is not there. */
function toError(line: number, cause: unknown): DriverError {
  const says = String(cause);
  const isGone = /no such (?:file|device)|was killed/i.test(says);
  const fault = /busy/i.test(says) ? 'busy' : isGone ? 'not_connected' : 'device_failed';
  return new DriverError(fault, `line ${line}: ${says}`, { cause });
}

/** One line of gpioget or gpiomon: 1 while, or when it becomes, active. */
function levelIn(text: string): boolean {
  const level = text.trim();
  if (level === '0' || level === '1') return level === '1';
  throw new DriverError('nonsense', `expected 0 or 1, got ${JSON.stringify(text)}`);
}

/** `line   2:      unnamed    "gpioset"  output  active-high [used]`; null for a line that nobody has. */
function heldLineIn(text: string): number | null {
  const line = /^\s*line\s+(?<line>\d+):.*\[used/.exec(text)?.groups?.line;
  return line === undefined ? null : Number(line);
}

async function untilItEnds(lines: AsyncIterable<string>): Promise<unknown> {
  try {
    for await (const _ of lines); // It says nothing as long as all is well.
    return new Error('gpioset ended');
  } catch (error) {
    return error;
  }
}
