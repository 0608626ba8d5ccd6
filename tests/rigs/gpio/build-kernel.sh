#!/bin/sh
# Builds FOLDER/linux from Debian's kernel source (package linux-source) and kernel.config, when either changed.
# usage, in the root of the checkout: sh tests/rigs/gpio/build-kernel.sh FOLDER
set -u
state=${1:?give the folder to build in}
mkdir -p "$state/logs" || exit 1
. scripts/lib/setup-progress.sh

config=$PWD/tests/rigs/gpio/kernel.config
archive=$(ls -v /usr/src/linux-source-*.tar.xz | tail -n 1)
[ -n "$archive" ] || stop_setup 'there is no kernel source in /usr/src (Debian: apt-get install linux-source)'
made_of="$(basename "$archive") $(dpkg-query -W -f '${Version}' "$(basename "$archive" .tar.xz)") $(fingerprint "$config" "$0")"
[ ! -x "$state/linux" ] || ! has_stamp made-of "$made_of" || exit 0

source=$state/source
rm -rf "$source" && mkdir "$source" || exit 1
run_step 'kernel: unpack the source' tar xf "$archive" -C "$source" --strip-components=1
# The state of a processor with AMX is larger than 6.1 makes room for, and no program of the guest would start:
# "ptrace set fp regs failed, errno = 14".
sed -i 's/DEFINE_LONGS(HOST_FP_SIZE, 2696);/DEFINE_LONGS(HOST_FP_SIZE, 12288);/' "$source/arch/x86/um/user-offsets.c" ||
  stop_setup 'cannot make room for the state of the processor'
# The interrupts of gpio-sim come after those of user-mode Linux, which takes all there are without a PCI bus:
# "gpiomon: error waiting for events: No such device".
sed -i 's/^#define NR_IRQS[[:space:]]*UM_LAST_SIGNAL_IRQ$/#define NR_IRQS (UM_LAST_SIGNAL_IRQ + 64)/' "$source/arch/um/include/asm/irq.h" ||
  stop_setup 'cannot make room for the interrupts of the chip'
run_step 'kernel: configure' make -C "$source" ARCH=um KCONFIG_ALLCONFIG="$config" allnoconfig
for setting in $(grep '^CONFIG_' "$config"); do
  grep -qx "$setting" "$source/.config" || stop_setup "this kernel does not take $setting of $config"
done
run_step 'kernel: build (5 to 40 minutes)' nice -n 19 make -C "$source" ARCH=um -j"$(nproc)" linux
cp "$source/linux" "$state/linux" && rm -rf "$source" || exit 1
write_stamp made-of "$made_of"
