import type { RunLines } from '../../ports/programs.ts';

/** The lines of a GPIO chip, and the tools of libgpiod as a driver runs them. */
export interface GpioSimulator {
  run: RunLines;
  /** Levels as a meter on the line would show them; null where nobody drives an output. */
  level(chip: string, line: number): boolean | null;
  /** A contact closes or opens; an edge goes to whoever watches. */
  setInput(chip: string, line: number, level: boolean): void;
  /** Another program has the line: the tools fail, those that run end. */
  occupy(chip: string, line: number): void;
  free(chip: string, line: number): void;
  /** What was run, as it would be typed. */
  ran: string[];
}

export function createGpioSimulator(): GpioSimulator {
  const inputs = new Map<string, boolean>();
  const driven = new Map<string, boolean>();
  const occupied = new Set<string>();
  const watchers = new Set<{ key: string; tell: (edge: string | Error) => void }>();
  const ran: string[] = [];
  const keyOf = (chip: string, line: number | string) => `${chip}:${line}`;

  const run: RunLines = async function* (program, args, { signal }) {
    ran.push([program, ...args].join(' '));
    const isActiveLow = args.includes('-l');
    const [chip = '', place = ''] = args.filter((arg) => !arg.startsWith('-'));
    const [offset = '', value] = place.split('=');
    const key = keyOf(chip, offset);
    const busy = () => new Error(`${program}: error requesting line: Device or resource busy`);
    if (occupied.has(key)) throw busy();
    const shown = (level: boolean) => (level !== isActiveLow ? '1' : '0');
    if (program === 'gpioget') {
      yield shown(inputs.get(key) ?? isActiveLow);
      return;
    }
    if (program === 'gpioset') driven.set(key, (value === '1') !== isActiveLow);
    const queue: (string | Error)[] = [];
    let wake = Promise.withResolvers<void>();
    const watcher = {
      key,
      tell(edge: string | Error) {
        queue.push(typeof edge === 'string' ? shown(edge === '1') : edge);
        wake.resolve();
      },
    };
    watchers.add(watcher);
    signal.addEventListener('abort', () => wake.resolve(), { once: true });
    try {
      while (!signal.aborted) {
        await wake.promise;
        wake = Promise.withResolvers();
        for (const next of queue.splice(0)) {
          if (next instanceof Error) throw next;
          if (program === 'gpiomon') yield next;
        }
      }
    } finally {
      watchers.delete(watcher);
      if (program === 'gpioset') driven.delete(key);
    }
  };

  return {
    ...{ run, ran },
    level: (chip, line) => driven.get(keyOf(chip, line)) ?? null,
    setInput(chip, line, level) {
      const key = keyOf(chip, line);
      inputs.set(key, level);
      for (const watcher of watchers) if (watcher.key === key) watcher.tell(level ? '1' : '0');
    },
    occupy(chip, line) {
      const key = keyOf(chip, line);
      occupied.add(key);
      for (const watcher of [...watchers]) if (watcher.key === key) watcher.tell(new Error('the line was taken away'));
    },
    free: (chip, line) => void occupied.delete(keyOf(chip, line)),
  };
}
