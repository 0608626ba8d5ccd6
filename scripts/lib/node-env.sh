# Sourced by the sh wrappers. anteroom_node ROOT sets NODE, and, when Node is the project's own copy, makes child
# processes use it as well: first on the PATH, and its headers for native modules.

anteroom_node() {
  if [ -x "$1/.node/bin/node" ]; then
    NODE=$1/.node/bin/node
    case :$PATH: in
      *:"$1/.node/bin":*) ;;
      *) PATH=$1/.node/bin:$PATH ;;
    esac
    # npm reads its settings from the environment before any npmrc, so a machine-wide nodedir cannot mislead node-gyp.
    npm_config_nodedir=$1/.node
    export PATH npm_config_nodedir
    return 0
  fi
  NODE=$(command -v node) || {
    echo 'anteroom: no node on the PATH. Install Node 20 or newer with npm, then run: sh scripts/setup' >&2
    return 1
  }
  major=$("$NODE" -p 'process.versions.node.split(".")[0]') || return 1
  if [ "$major" -lt 24 ]; then
    echo "anteroom: Node 24 is needed and $NODE is Node $major. Run: sh scripts/setup" >&2
    return 1
  fi
  # Headers that came with this Node: without them node-gyp would fetch some, or take those of another version.
  headers=$(dirname -- "$(dirname -- "$(readlink -f -- "$NODE")")")
  if [ -e "$headers/include/node/node_version.h" ]; then
    npm_config_nodedir=$headers
    export npm_config_nodedir
  fi
}
