import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const label = 'room-io';

/**
 * A chip of gpio-sim (kernel: admin-guide/gpio/gpio-sim.rst): to programs a /dev/gpiochipN like any other, whose lines are
 * pulled and measured here.
 */
export function createSimulatedChip({ lines }: { lines: number }) {
  const settings = '/sys/kernel/config/gpio-sim/room';
  const bank = join(settings, 'bank0');
  mkdirSync(bank, { recursive: true });
  writeFileSync(join(bank, 'num_lines'), String(lines));
  writeFileSync(join(bank, 'label'), label);
  writeFileSync(join(settings, 'live'), '1');

  const read = (path: string) => readFileSync(path, 'utf8').trim();
  const name = () => read(join(bank, 'chip_name'));
  const ofLine = (line: number, attribute: string) =>
    join('/sys/devices/platform', read(join(settings, 'dev_name')), name(), `sim_gpio${line}`, attribute);

  return {
    /** It stays with the chip; its name does not, when a line was held as it went. */
    label,
    /** What a hand does to a line that is an input. */
    pull(line: number, to: 'up' | 'down') {
      writeFileSync(ofLine(line, 'pull'), `pull-${to}`);
    },
    /** What a meter on the line shows. */
    level: (line: number) => read(ofLine(line, 'value')) === '1',
    /** The program that has it, as gpioinfo tells; null for none. */
    heldBy(line: number): string | null {
      const text = execFileSync('gpioinfo', [label], { encoding: 'utf8' }).split('\n')[line + 1] ?? '';
      return /"(?<program>\w+)" .*\[used/.exec(text)?.groups?.program ?? null;
    },
    unplug() {
      writeFileSync(join(settings, 'live'), '0');
    },
    plug() {
      writeFileSync(join(settings, 'live'), '1');
    },
  };
}
