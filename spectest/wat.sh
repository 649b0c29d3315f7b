#!/bin/sh
# Makes the .wasm files that are checked in beside their .wat sources. Needs wasm-tools on the path.
set -eu
cd "$(dirname "$0")"
find src -name '*.wat' | while read -r source; do
    wasm-tools parse "$source" -o "${source%.wat}.wasm"
    wasm-tools validate --features wasm2 "${source%.wat}.wasm"
done
