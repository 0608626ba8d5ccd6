import { join } from 'node:path';
import type { Rig } from '../rig.ts';

/** An emulated PC with Debian's own kernel: vivid, which has HDMI with CEC, and USB over a socket for a camera. */
export const cecV4l2Rig: Rig = {
  builder: 'tests/rigs/cec-v4l2/build-initramfs.sh',
  tests: 'tests/rigs/cec-v4l2/guest-tests.ts',
  boot: (folder, settings) => ({
    program: 'qemu-system-x86_64',
    args: [
      ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '1', '-m', '1024'],
      ...['-kernel', join(folder, 'vmlinuz'), '-initrd', join(folder, 'initramfs')],
      ...['-append', ['console=ttyS0', 'quiet', 'mitigations=off', 'panic=-1', ...settings].join(' ')],
      ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
      ...['-nographic', '-no-reboot', '-nic', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ],
  }),
  withinMs: 600_000,
};
