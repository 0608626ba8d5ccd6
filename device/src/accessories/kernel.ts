import { existsSync, readdirSync } from 'node:fs';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { simulatedChip } from '../drivers/gpio/simulator.ts';
import type { GpioLines } from '../ports/gpio-lines.ts';
import { runPlayed, runToEnd } from '../ports/played-programs.ts';
import type { RunProgram } from '../ports/programs.ts';
import { createGpioSysfs, openOnoffPin } from '../transports/gpio-sysfs.ts';
import { createGpioTools } from '../transports/gpio-tools.ts';
import { runLines } from '../transports/run-lines.ts';
import { runProgram } from '../transports/run-program.ts';
import { openUnix } from '../transports/unix.ts';
import type { KernelAddress } from './address.ts';

/** What leads to devices that the kernel has; a simulated one plays the programs that would. */
export function gpioLinesAt({ device, isSimulated }: KernelAddress, clock: Clock): GpioLines {
  if (isSimulated) return createGpioTools({ chip: simulatedChip, run: runPlayed(openUnix({ path: device })), clock });
  if (gpioBackend({ devices: readdirSync('/dev'), hasSysfs: existsSync(gpioSysfs) }) === 'sysfs')
    return createGpioSysfs({ chip: device, folder: gpioSysfs, openPin: openOnoffPin });
  return createGpioTools({ chip: device, run: runLines, clock });
}

const gpioSysfs = '/sys/class/gpio';

/** Character devices where the kernel has them; sysfs on those that have nothing else. Pure. */
export function gpioBackend({
  devices,
  hasSysfs,
}: {
  devices: readonly string[];
  hasSysfs: boolean;
}): 'tools' | 'sysfs' {
  return hasSysfs && !devices.some((name) => /^gpiochip\d+$/.test(name)) ? 'sysfs' : 'tools';
}

export function programAt({ device, isSimulated }: KernelAddress, clock: Clock): { device: string; run: RunProgram } {
  if (!isSimulated) return { device, run: runProgram };
  return { device, run: runToEnd({ run: runPlayed(openUnix({ path: device })), clock }) };
}
