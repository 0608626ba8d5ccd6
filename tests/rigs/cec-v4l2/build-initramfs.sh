#!/bin/sh
# Makes FOLDER/vmlinuz, Debian's kernel as it is, and FOLDER/initramfs, which holds the modules that the guest needs and
# init.sh; everything else the guest finds in the files of this machine. Does nothing when neither has changed.
# usage, in the root of the checkout: sh tests/rigs/cec-v4l2/build-initramfs.sh FOLDER
set -u
state=${1:?give the folder to build in}
mkdir -p "$state/logs" || exit 1
. scripts/lib/setup-progress.sh
modules='virtio_pci 9pnet_virtio 9p vivid vhci-hcd uvcvideo'

package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-.*\)/\1/p')
[ -n "$package" ] || stop_setup 'apt knows no package linux-image-amd64: this rig needs the package sources of Debian'
made_of="$package $(apt-cache show "$package" | sed -n 's/^Version: //p' | head -n 1) $(fingerprint "$0" "${0%/*}/init.sh")"
[ ! -e "$state/initramfs" ] || ! has_stamp made-of "$made_of" || exit 0

kernel=$state/kernel
contents=$state/contents
rm -rf "$kernel" "$contents" && mkdir -p "$kernel" "$contents/modules" || exit 1
run_step "kernel: download $package" sh -c "cd '$kernel' && apt-get download '$package'"
run_step 'kernel: unpack' dpkg-deb -x "$kernel"/*.deb "$kernel"
release=${package#linux-image-}
run_step 'kernel: find what each module needs' depmod -b "$kernel" "$release"

for module in $modules; do
  modprobe -d "$kernel" -S "$release" --show-depends "$module" || stop_setup "$package has no module $module"
done >"$state/logs/modules.log"
# In the order in which they load: each after those that it needs.
awk '/^insmod/ && !seen[$2]++ { printf "%03d %s\n", ++count, $2 }' "$state/logs/modules.log" |
  while read -r number module; do
    cp "$module" "$contents/modules/$number-${module##*/}" || exit 1
  done || stop_setup 'cannot copy the modules'
mkdir -p "$contents/bin" "$contents/dev" "$contents/host" &&
  cp /bin/busybox "$contents/bin/busybox" && ln -s busybox "$contents/bin/sh" &&
  cp "${0%/*}/init.sh" "$contents/init" && chmod 755 "$contents/init" || exit 1
run_step 'guest: pack' sh -c "cd '$contents' && find . | cpio -o -H newc | gzip -1 >'$state/initramfs'"
cp "$kernel/boot/vmlinuz-$release" "$state/vmlinuz" && rm -rf "$kernel" "$contents" || exit 1
write_stamp made-of "$made_of"
