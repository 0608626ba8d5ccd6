# Sourced by scripts/setup: npm packages as the lock file pins them, and the native ones among them.

workspace_manifests='package.json package-lock.json shared/package.json shared/ui/package.json
  shared/ui/without-mermaid/package.json device/package.json
  device/panel/package.json fleet/package.json fleet/console/package.json fleet/client/package.json'

ensure_npm_packages() {
  packages_key=$(fingerprint $workspace_manifests scripts/lib/setup-packages.sh)
  if [ ! -e node_modules/.package-lock.json ] || ! has_stamp packages "$packages_key"; then
    install_npm_packages
    write_stamp packages "$packages_key"
  fi
  # npm links the commands of dependencies, not of the project itself: with this, `npx anteroom` finds it at once.
  [ -e node_modules/.bin/anteroom ] || ln -sf ../../scripts/anteroom node_modules/.bin/anteroom
}

install_npm_packages() {
  ensure_npm
  # Install scripts are left out because npm versions differ in which they run; ensure_native_modules builds what needs
  # building. A tree that is there is brought up to date, which keeps what was compiled in it.
  if [ -e node_modules/.package-lock.json ]; then
    run_step 'npm: bring packages up to date' sh scripts/npm install --no-save \
      --ignore-scripts --no-audit --no-fund --include=dev --loglevel=notice
  else
    run_step 'npm: install packages' sh scripts/npm ci \
      --ignore-scripts --no-audit --no-fund --include=dev --loglevel=notice
  fi
}

ensure_native_modules() {
  binding=node_modules/node-gtk/lib/binding/node-v$("$NODE" -p 'process.versions.modules + "-" + process.platform + "-" + process.arch')/node_gtk.node
  # The key names the libraries, too: node-gtk is compiled against the machine's GObject introspection.
  native_key="$binding $(fingerprint node_modules/node-gtk/package.json node_modules/better-sqlite3/package.json \
    node_modules/@node-rs/argon2/package.json node_modules/@serialport/bindings-cpp/package.json \
    node_modules/epoll/package.json scripts/lib/native-modules.ts) $(pkg-config --modversion gobject-introspection-1.0 2>&1)"
  [ -e "$binding" ] && has_stamp native "$native_key" && return 0
  if ! "$NODE" scripts/lib/native-modules.ts node-gtk >/dev/null 2>&1; then
    run_step 'native modules: compile node-gtk (one to two minutes)' sh -c '
      cd node_modules/node-gtk && "$1" ../@mapbox/node-pre-gyp/bin/node-pre-gyp install --build-from-source' sh "$NODE"
    rm -rf node_modules/node-gtk/build
  fi
  if ! "$NODE" scripts/lib/native-modules.ts onoff >/dev/null 2>&1; then
    run_step 'native modules: compile epoll, for GPIO in sysfs' sh -c '
      cd node_modules/epoll && "$1" ../node-gyp/bin/node-gyp.js rebuild' sh "$NODE"
  fi
  run_step 'native modules: check that each one loads' "$NODE" scripts/lib/native-modules.ts
  write_stamp native "$native_key"
}
