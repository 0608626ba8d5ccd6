import type { GpioContact, GpioOutput } from '../../ports/gpio-lines.ts';
import { createPlayedPrograms } from '../../ports/played-programs.ts';
import type { RunLines } from '../../ports/programs.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';

/** The lines of a GPIO chip, and the tools of libgpiod as a driver runs them. */
export interface GpioSimulator {
  run: RunLines;
  /** Levels as a meter on the line would show them; null where nobody drives an output. */
  level(chip: string, line: number): boolean | null;
  /** A contact closes or opens; an edge goes to whoever watches. */
  setInput(chip: string, line: number, level: boolean): void;
  /** Nobody hears of the next change, as between two programs. */
  missNextEdge(): void;
  /** Another program has the line: the tools fail, those that run end. */
  occupy(chip: string, line: number): void;
  free(chip: string, line: number): void;
  /** It is not there any more, which programs that hold its lines do not notice. */
  loseChip(chip: string): void;
  /** What is read is the opposite of what is so. */
  setLying(isLying: boolean): void;
  /** What was run, as it would be typed. */
  ran: string[];
}

/** The chip of a simulated device. */
export const simulatedChip = 'gpiochip0';

export type SimulatedGpioDeps = {
  outputs: Readonly<Record<string, GpioOutput>>;
  contacts: Readonly<Record<string, GpioContact>>;
};

/** What is wired to the lines of a chip: relays and lamps to be looked at, contacts to be closed. */
export interface SimulatedGpio extends SimulatedDevice {
  chip: GpioSimulator;
  /** Null where nobody drives it. */
  isOn(output: string): boolean | null;
}

export function createSimulatedGpio({ outputs, contacts }: SimulatedGpioDeps): SimulatedGpio {
  const chip = createGpioSimulator();
  const lines = [...Object.values(outputs), ...Object.values(contacts)];
  const wireOf = (name: string) => contacts[name] ?? missing(name);
  // Nothing is closed at first, whatever the level of that is.
  for (const { line, isActiveLow } of Object.values(contacts)) chip.setInput(simulatedChip, line, isActiveLow);
  return {
    ...createPlayedPrograms({
      run: chip.run,
      setBusy(isBusy) {
        for (const { line } of lines) (isBusy ? chip.occupy : chip.free)(simulatedChip, line);
      },
      setLying: chip.setLying,
      contacts: {
        names: Object.keys(contacts),
        set(name, isClosed) {
          const { line, isActiveLow } = wireOf(name);
          chip.setInput(simulatedChip, line, isClosed !== isActiveLow);
        },
      },
    }),
    chip,
    isOn(name) {
      const { line, isActiveLow } = outputs[name] ?? missing(name);
      const level = chip.level(simulatedChip, line);
      return level === null ? null : level !== isActiveLow;
    },
  };
}

function missing(name: string): never {
  throw new Error(`there is no line ${name}`);
}

export function createGpioSimulator(): GpioSimulator {
  const inputs = new Map<string, boolean>();
  const driven = new Map<string, boolean>();
  const occupied = new Set<string>();
  const lost = new Set<string>();
  const watchers = new Set<{ key: string; tell: (edge: string | Error) => void }>();
  const ran: string[] = [];
  let isLying = false;
  let isNextMissed = false;
  const keyOf = (chip: string, line: number | string) => `${chip}:${line}`;

  const run: RunLines = async function* (program, args, { signal }) {
    ran.push([program, ...args].join(' '));
    const isActiveLow = args.includes('-l');
    const [chip = '', place = ''] = args.filter((arg) => !arg.startsWith('-'));
    const [offset = '', value] = place.split('=');
    const key = keyOf(chip, offset);
    if (lost.has(chip)) throw new Error(`${program}: error: No such file or directory`);
    if (program === 'gpioinfo') {
      for (const held of driven.keys())
        if (held.startsWith(keyOf(chip, '')))
          yield `\tline ${held.split(':')[1]}: unnamed "gpioset" output active-high [used]`;
      return;
    }
    const busy = () => new Error(`${program}: error requesting line: Device or resource busy`);
    if (occupied.has(key)) throw busy();
    const shown = (level: boolean) => ((level !== isActiveLow) !== isLying ? '1' : '0');
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
      if (!isNextMissed) for (const watcher of watchers) if (watcher.key === key) watcher.tell(level ? '1' : '0');
      isNextMissed = false;
    },
    missNextEdge() {
      isNextMissed = true;
    },
    occupy(chip, line) {
      const key = keyOf(chip, line);
      occupied.add(key);
      for (const watcher of [...watchers]) if (watcher.key === key) watcher.tell(new Error('the line was taken away'));
    },
    setLying(now) {
      isLying = now;
    },
    loseChip: (chip) => void lost.add(chip),
    free: (chip, line) => void occupied.delete(keyOf(chip, line)),
  };
}
