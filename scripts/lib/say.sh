# How the set-up speaks: one sentence for what it does, and an error that names the way out.
# shellcheck shell=bash

# say SENTENCE: what is being installed, or why something takes long.
say() { printf 'set-up: %s\n' "$1"; }

# fail WHAT WAY_OUT...: says what went wrong and what to do about it, and ends the set-up.
fail() {
  printf 'set-up: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '        %s\n' "$line" >&2; done
  exit 1
}

# quietly NAME COMMAND...: runs a long command with its output kept in a log, which is shown only when it fails.
quietly() {
  local name=$1 log
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/switchboard-$name.XXXXXX")
  if "$@" >"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 15 "$log" >&2
    printf 'set-up: the whole output is in %s\n' "$log" >&2
    return 1
  fi
}
