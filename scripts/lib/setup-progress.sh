# Sourced by scripts/setup: one line per step with its elapsed time, the step's own output in a log that is shown when
# the step fails, and a clean end on Ctrl-C.

setup_started_at=$(date +%s)
steps_run=0
step_pid=

say() { printf '%s\n' "$*" >&2; }

stop_setup() { say "anteroom set-up: $*"; exit 1; }

elapsed_since() { printf '%s s' $(($(date +%s) - $1)); }

interrupt() {
  trap - INT TERM HUP
  if [ -n "$step_pid" ]; then
    # Without `--`: dash takes it for a process number.
    kill -TERM "-$step_pid" 2>/dev/null
    wait "$step_pid" 2>/dev/null
  fi
  printf '\n' >&2
  say "anteroom set-up: stopped; run it again to go on"
  exit "$1"
}
trap 'interrupt 130' INT
trap 'interrupt 143' TERM
trap 'interrupt 129' HUP

# run_step LABEL COMMAND...: stops the set-up when the command fails.
run_step() {
  label=$1
  shift
  steps_run=$((steps_run + 1))
  log=$state/logs/step-$steps_run.log
  step_started_at=$(date +%s)
  [ -t 2 ] || say "  ...  $label"
  # A session of its own, so that Ctrl-C can end the command together with everything that it started.
  setsid "$@" >"$log" 2>&1 </dev/null 9>&- &
  step_pid=$!
  said_at=$step_started_at
  while kill -0 "$step_pid" 2>/dev/null; do
    now=$(date +%s)
    if [ -t 2 ]; then
      printf '\r  ...  %s (%s s) ' "$label" $((now - step_started_at)) >&2
    elif [ $((now - said_at)) -ge 15 ]; then
      said_at=$now
      say "  ...  $label ($((now - step_started_at)) s)"
    fi
    sleep 0.2
  done
  wait "$step_pid"
  status=$?
  step_pid=
  [ -t 2 ] && printf '\r' >&2
  if [ "$status" -ne 0 ]; then
    say "FAILED $label ($(elapsed_since "$step_started_at")), exit code $status. The end of $log:"
    tail -n 40 "$log" >&2
    exit 1
  fi
  say "  done $label ($(elapsed_since "$step_started_at"))     "
}

# fingerprint PATH...: one hash over names and contents of these files and folders.
fingerprint() {
  find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

has_stamp() { [ "$(cat "$state/$1" 2>/dev/null)" = "$2" ]; }

write_stamp() { printf '%s\n' "$2" >"$state/$1"; }
