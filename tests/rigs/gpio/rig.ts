import { join, resolve } from 'node:path';
import type { Rig } from '../rig.ts';

/** A user-mode Linux with the chips of gpio-sim: a Debian kernel has none. */
export const gpioRig: Rig = {
  builder: 'tests/rigs/gpio/build-kernel.sh',
  tests: 'tests/rigs/gpio/guest-tests.ts',
  boot: (folder, settings) => ({
    program: join(folder, 'linux'),
    args: [
      ...[
        'mem=512M',
        'root=host',
        'rootfstype=hostfs',
        'rootflags=/',
        'ro',
        'quiet',
        'random.trust_cpu=on',
        'con=null',
        'con0=fd:0,fd:1',
      ],
      `init=${resolve(import.meta.dirname, '../guest.sh')}`,
      ...settings,
    ],
  }),
  withinMs: 600_000,
};
