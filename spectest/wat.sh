#!/bin/sh
# Makes the .wasm files that are checked in beside their .wat sources. Needs wasm-tools, on the path or as .ci/run
# leaves it in .kugg/ci.
# usage: spectest/wat.sh
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
arguments 0 0 "$@"
wasm_tools=$(command -v wasm-tools || echo "$root/.kugg/ci/bin/wasm-tools")
[ -x "$wasm_tools" ] || failed "needs wasm-tools, on the path or in .kugg/ci"
cd "$root/spectest"
find src -name '*.wat' | while read -r source; do
    "$wasm_tools" parse "$source" -o "${source%.wat}.wasm"
    "$wasm_tools" validate --features wasm2 "${source%.wat}.wasm"
done
