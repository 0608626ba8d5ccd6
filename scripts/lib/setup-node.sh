# Sourced by scripts/setup: Node 24 from the npm registry when the machine's own Node is older.

node_release=24.21.0
node_x64_sha256=61ecf27ad70afee991b671c28561eb497028294a67d132f9bbaac9ad73f81d3b
node_arm64_sha256=fba3076c16d21e5d814577436bdcb782b9b66bed09c6fa8278298e8933288bbb

ensure_npm() {
  command -v npm >/dev/null || stop_setup 'npm is not on the PATH. Install npm 9 or newer (Debian: apt-get install npm).'
  npm_version=$(npm --version 2>/dev/null) || stop_setup "npm --version fails: $(npm --version 2>&1 | tail -n 3)"
  [ "${npm_version%%.*}" -ge 9 ] || stop_setup "npm $npm_version is too old; npm 9 or newer is needed (npm install -g npm@11)."
}

ensure_node() {
  if [ -x .node/bin/node ]; then
    [ "$(cat .node/release 2>/dev/null)" = "$node_release" ] && return 0
  elif command -v node >/dev/null; then
    [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 24 ] && return 0
  fi
  case $(uname -m) in
    x86_64 | amd64) arch=x64 sha256=$node_x64_sha256 ;;
    aarch64 | arm64) arch=arm64 sha256=$node_arm64_sha256 ;;
    *) stop_setup "no Node 24 is published in the npm registry for $(uname -m): install Node 24 or newer by hand." ;;
  esac
  ensure_npm
  run_step "Node $node_release: fetch from the npm registry" \
    npm pack --loglevel=warn --pack-destination "$state" "node-linux-$arch@$node_release"
  archive=$state/node-linux-$arch-$node_release.tgz
  [ "$(sha256sum "$archive" | cut -d ' ' -f 1)" = "$sha256" ] ||
    stop_setup "$archive is not the Node $node_release that this project pins; remove it and run the set-up again."
  # Unpacked beside and moved at the end: a set-up that is stopped half-way leaves no half Node behind.
  run_step "Node $node_release: unpack into .node" sh -c '
    rm -rf .node.new && mkdir .node.new && tar -xzf "$1" -C .node.new --strip-components=1 &&
      .node.new/bin/node --version && printf "%s\n" "$2" >.node.new/release &&
      rm -rf .node && mv .node.new .node && rm -f "$1"' sh "$archive" "$node_release"
}
