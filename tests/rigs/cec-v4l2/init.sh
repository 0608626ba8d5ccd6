#!/bin/sh
# The first program of the guest: loads the modules, and goes on with guest.sh in the files of the host.
export PATH=/bin
busybox mount -t devtmpfs devtmpfs /dev
for module in /modules/*.ko; do busybox insmod "$module" || echo "guest: $module does not load"; done
busybox mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=loose,ro host /host &&
  busybox chroot /host /bin/sh "$rig_root/tests/rigs/guest.sh"
busybox poweroff -f
