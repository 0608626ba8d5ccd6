import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DriverError } from '../ports/driver-error.ts';
import type { GpioContact, GpioLines, GpioOutput } from '../ports/gpio-lines.ts';

/**
 * GPIO lines of kernels that have them in sysfs only (Documentation/admin-guide/gpio/sysfs.rst). There a line has one number
 * for all chips, the chip's base and its offset, and a chip is named by its base (`gpiochip512`) or known by its label. A line
 * that is exported already is taken over: whoever was killed left it so. sysfs pulls no line anywhere.
 */
export type GpioSysfsDeps = {
  chip: string;
  /** Where the chips are: /sys/class/gpio. */
  folder: string;
  openPin: OpenPin;
};

/** A line by its number, exported and set up, as `onoff` has it. */
export type SysfsPin = {
  read(): Promise<number>;
  watch(listener: (error: Error | null | undefined, level: number) => void): void;
  unexport(): void;
};
/** `high` and `low` are outputs that begin so. Throws what the kernel says. */
export type OpenPin = (number: number, direction: 'in' | 'high' | 'low', edge: 'none' | 'both') => Promise<SysfsPin>;

export const openOnoffPin: OpenPin = async (number, direction, edge) => {
  // A native module that few terminals need.
  const { Gpio } = await import('onoff');
  return new Gpio(number, direction, edge);
};

export function createGpioSysfs({ chip, folder, openPin }: GpioSysfsDeps): GpioLines {
  async function open(
    line: number,
    ...how: [direction: 'in' | 'high' | 'low', edge: 'none' | 'both']
  ): Promise<SysfsPin> {
    try {
      return await openPin((await baseOf(chip, folder)) + line, ...how);
    } catch (cause) {
      if (cause instanceof DriverError) throw cause;
      throw new DriverError(faultOf(cause), `${chip} line ${line}: ${cause}`, { cause });
    }
  }

  return {
    async *watch(contact, { signal }) {
      signal.throwIfAborted();
      const pin = await open(pulled(contact, chip).line, 'in', 'both');
      try {
        let known: boolean | null = null;
        for await (const level of levelsOf(pin, signal)) {
          const isActive: boolean = (level === 1) !== contact.isActiveLow;
          if (isActive !== known) yield isActive;
          known = isActive;
        }
      } finally {
        pin.unexport();
      }
    },
    async hold(output, isOn, { signal }) {
      signal.throwIfAborted();
      const pin = await open(output.line, levelFor(output, isOn), 'none');
      const { promise: lost, resolve: lose } = Promise.withResolvers<unknown>();
      return {
        lost,
        async [Symbol.asyncDispose]() {
          pin.unexport();
          lose(new Error('let go of'));
        },
      };
    },
  };
}

const levelFor = ({ isActiveLow }: GpioOutput, isOn: boolean) => (isOn === isActiveLow ? 'low' : 'high');

function pulled(contact: GpioContact, chip: string): GpioContact {
  if (contact.bias === 'none') return contact;
  throw new DriverError(
    'refused',
    `${chip} line ${contact.line}: this kernel pulls no line (${contact.bias}): wire a resistor, and let the profile say none`,
  );
}

/** What it is now, then each change. It is watched before it is read, so that none is missed. */
function levelsOf(pin: SysfsPin, signal: AbortSignal): ReadableStream<number> {
  return new ReadableStream({
    async start(levels) {
      let isOver = false;
      signal.addEventListener('abort', () => end(() => levels.close()), { once: true });
      function end(how: () => void): void {
        if (isOver) return;
        isOver = true;
        how();
      }
      pin.watch((error, level) => {
        if (error) end(() => levels.error(error));
        else if (!isOver) levels.enqueue(level);
      });
      const level = await pin.read();
      if (!isOver) levels.enqueue(level);
    },
  });
}

async function baseOf(chip: string, folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('gpiochip'));
  for (const name of names) {
    const [base, label] = await Promise.all(
      ['base', 'label'].map(async (file) => (await readFile(join(folder, name, file), 'utf8')).trim()),
    );
    if (name === chip || label === chip) return Number(base);
  }
  throw new DriverError('not_connected', `there is no chip ${chip}, but ${names.join(', ') || 'none'}`);
}

/** What errno(3) says of a line that the kernel uses itself, and of one that is not there. */
function faultOf(cause: unknown): 'busy' | 'not_connected' | 'device_failed' {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EBUSY') return 'busy';
  return code === 'ENOENT' || code === 'EINVAL' || code === 'ENODEV' ? 'not_connected' : 'device_failed';
}
