#!/bin/sh
# Holds the simulator against RingCentral's own SDKs. Needs node, npm and python3 with venv; nothing is installed into the
# repository. Usage: run.sh [path to the simulator binary]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
scratch=${SIMULATOR_SDK_SCRATCH:-${TMPDIR:-/tmp}/simulator-sdk-check}
simulator=${1:-}
if [ -z "$simulator" ]; then
    (cd "$root" && cargo build --quiet --package switchboard-simulator --bin simulator)
    simulator=$root/target/debug/simulator
fi

mkdir -p "$scratch"
cp "$here"/package.json "$here"/requirements.txt "$here"/*.mjs "$here"/*.py "$scratch"
cd "$scratch"
[ -d node_modules/ringcentral-call-control ] || npm install --silent --no-audit --no-fund
[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/python -c 'import ringcentral, websockets' 2>/dev/null || venv/bin/pip install --quiet -r requirements.txt

rm -f ready.json
"$simulator" --raise-limits >ready.json 2>simulator.log &
process=$!
trap 'kill "$process" 2>/dev/null || true' EXIT INT TERM
waited=0
until [ -s ready.json ]; do
    kill -0 "$process" 2>/dev/null || { cat simulator.log >&2; exit 1; }
    waited=$((waited + 1))
    [ "$waited" -lt 600 ] || { echo "the simulator did not get ready" >&2; exit 1; }
    sleep 0.1
done
SIMULATOR_READY=$(cat ready.json)
export SIMULATOR_READY

failed=0
for check in "node sdk.mjs" "node extensible.mjs" "node sending.mjs" "node call_control.mjs" "venv/bin/python python_sdk.py"; do
    echo "== $check"
    $check || failed=1
done

control_url=$(sed 's/.*"control_url":"\([^"]*\)".*/\1/' ready.json)
echo "== requests the simulator did not know"
venv/bin/python -c "import urllib.request; print(urllib.request.urlopen('$control_url/unmatched').read().decode())"
exit $failed
