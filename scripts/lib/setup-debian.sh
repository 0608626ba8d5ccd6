# Sourced by scripts/setup: the Debian packages that the programs, their tests and the native modules need.

# One word per package; a|b means that either does (Ubuntu calls Chromium chromium-browser).
debian_packages='
  chromium|chromium-browser janus openssl iproute2 xvfb faketime fonts-noto-cjk socat gpiod v4l-utils
  gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
  gstreamer1.0-plugins-ugly gstreamer1.0-nice gstreamer1.0-libav gstreamer1.0-x gstreamer1.0-gl gstreamer1.0-alsa
  gstreamer1.0-pulseaudio gstreamer1.0-pipewire
  gir1.2-gstreamer-1.0 gir1.2-gst-plugins-base-1.0 gir1.2-gst-plugins-bad-1.0
  libgirepository-1.0-1 libcairo2 build-essential python3 python3-icalendar pkg-config libgirepository1.0-dev libcairo2-dev'

# The headless shell is Chromium without its own windows, which take half of the processor's time in a test.
[ -z "$for_tests" ] || debian_packages="$debian_packages postgresql chromium-headless-shell|chromium-browser"
debian_packages="$debian_packages $with"

# Sets as_root to what runs a command as root without asking anybody; fails when nothing does.
find_root() {
  as_root=
  [ "$(id -u)" -eq 0 ] && return 0
  command -v sudo >/dev/null && setsid sudo -n true 2>/dev/null </dev/null || return 1
  as_root='sudo -n'
}

missing_packages() {
  installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' 2>/dev/null)"
  for choice in $debian_packages; do
    found=
    for name in $(printf '%s' "$choice" | tr '|' ' '); do
      case $installed in *" installed:$name "*) found=yes ;; esac
    done
    [ -n "$found" ] || printf '%s ' "$choice"
  done
}

# Of alternatives, the first that this machine's sources really offer.
choose_package() {
  for name in $(printf '%s' "$1" | tr '|' ' '); do
    if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then
      printf '%s ' "$name"
      return 0
    fi
  done
  printf '%s ' "${1%%|*}"
}

ensure_debian_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    stop_setup "this machine has no apt. On Debian or Ubuntu the set-up would run:
  apt-get install $(printf '%s ' $debian_packages)
Use such a machine, or a container of one."
  fi
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if ! find_root; then
    names=
    for choice in $missing; do names="$names$(choose_package "$choice")"; done
    stop_setup "these Debian packages are missing and only root can install them. Run:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $names
and then start again."
  fi
  run_step 'Debian: refresh the package lists' $as_root apt-get -o DPkg::Lock::Timeout=600 update
  names=
  for choice in $missing; do names="$names$(choose_package "$choice")"; done
  case " $names " in *' janus '*) mask_janus_service ;; esac
  case " $names " in *' postgresql '*) keep_postgres_idle ;; esac
  run_step "Debian: install $(printf '%s\n' $names | wc -l) packages" \
    $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends $names
  let_postgres_be
  missing=$(missing_packages)
  [ -z "$missing" ] || stop_setup "apt-get said yes, but these packages are not installed: $missing"
}

# Debian's janus package starts a system service with open defaults as soon as it is installed. The fleet runs Janus as
# its own child, so the service is masked before it can come into being; a Janus that was here before is left alone.
mask_janus_service() {
  [ -e /etc/systemd/system/janus.service ] && return 0
  $as_root mkdir -p /etc/systemd/system && $as_root ln -s /dev/null /etc/systemd/system/janus.service ||
    stop_setup 'cannot mask janus.service (ln -s /dev/null /etc/systemd/system/janus.service)'
}

# Debian's postgresql package makes a cluster as soon as it is installed, and starts it. The tests start their own, so it
# is told not to, for as long as the installation takes; a cluster that was here before is left alone.
postgres_told=/etc/postgresql-common/createcluster.d/anteroom-setup.conf

keep_postgres_idle() {
  $as_root mkdir -p "${postgres_told%/*}" &&
    printf '%s\n' 'create_main_cluster = false' | $as_root tee "$postgres_told" >/dev/null ||
    stop_setup "cannot write $postgres_told"
  trap let_postgres_be EXIT
}

let_postgres_be() {
  [ -e "$postgres_told" ] || return 0
  $as_root rm -f "$postgres_told" && $as_root rmdir --ignore-fail-on-non-empty "${postgres_told%/*}"
}

# Janus never gathers loopback addresses: a machine that has only `lo` gets an interface that leads nowhere.
ensure_network_interface() {
  [ -z "$(ip -4 -o address show scope global 2>/dev/null)" ] || return 0
  if ! find_root; then
    say 'anteroom set-up: this machine has no network address but loopback, which the media server cannot use. Run:
  sudo ip link add anteroom0 type dummy && sudo ip address add 10.213.0.1/32 dev anteroom0 && sudo ip link set anteroom0 up'
    return 0
  fi
  run_step 'network: add an interface for the media server' $as_root sh -c '
    ip link show anteroom0 >/dev/null 2>&1 || ip link add anteroom0 type dummy ||
      ip link add anteroom0 type veth peer name anteroom1 || exit 1
    ip address replace 10.213.0.1/32 dev anteroom0 && ip link set anteroom0 up || exit 1
    ! ip link show anteroom1 >/dev/null 2>&1 || ip link set anteroom1 up'
}
