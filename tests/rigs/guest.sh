#!/bin/sh
# The first program of a guest that has the files of its host, read only. Shows what the kernel is and has, runs the
# tests that the command line of the kernel names, and switches off.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run TMPDIR=/run NO_COLOR=1
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
if [ -d /sys/kernel/config ]; then mount -t configfs configfs /sys/kernel/config; fi

echo "guest: $(uname -sr), $(uname -v)"
cd "$rig_root" && "$rig_node" --test-reporter=spec "$rig_tests"

echo o >/proc/sysrq-trigger
sleep 60
