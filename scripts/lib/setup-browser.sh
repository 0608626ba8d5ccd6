# Sourced by scripts/setup: builds of the browser code, made again only when something that goes into them changed.

ensure_browser_builds() {
  for workspace in device/panel fleet/console fleet/client; do
    [ -e "$workspace/vite.config.ts" ] || continue
    build_key=$(fingerprint "$workspace" scripts/lib/whiteboard-fonts.ts shared/ui shared/src package-lock.json tsconfig.base.json tsconfig.browser.json)
    stamp=browser-$(printf '%s' "$workspace" | tr / -)
    [ -e "$workspace/dist/index.html" ] && has_stamp "$stamp" "$build_key" && continue
    run_step "browser code: build $workspace" sh -c '
      cd "$1" && exec "$2" "$3/node_modules/vite/bin/vite.js" build' sh "$workspace" "$NODE" "$root"
    write_stamp "$stamp" "$build_key"
  done
}
