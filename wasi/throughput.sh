#!/bin/sh
# Files in bulk, on Kugg and on wasmtime in turn, as a table: see dev.kugg.wasi.attacks.Throughput. Wants an idle
# machine, and Python with venv.
# usage: wasi/throughput.sh [FOLDER]
# FOLDER is where the files are to lie; /dev/shm by default, so that no disk is measured.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
arguments 0 1 "$@"
folder=${1:-/dev/shm}
[ -d "$folder" ] && [ -w "$folder" ] || misused "no folder to write to: $folder"
"$root/kugg" --version >/dev/null # builds what is missing or stale
read -r java <"$root/.kugg/java"
venv=$root/.kugg/ci
[ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --disable-pip-version-check \
    -r "$root/spectest/src/test/python/requirements.txt"
classes=$root/wasi/target/throughput
classpath=$root/core/target/kugg.jar:$root/wasi/target/kugg-wasi.jar
guests=dev/kugg/wasi/attacks
mkdir -p "$classes/$guests"
"${java%java}javac" -nowarn -Xlint:none -cp "$classpath" -d "$classes" \
    "$root/wasi/src/test/java/$guests/Throughput.java" "$root/wasi/src/test/java/$guests/Folders.java"
cp "$root/wasi/src/test/resources/$guests/throughput.wasm" "$classes/$guests"
exec "$java" -cp "$classes:$classpath" dev.kugg.wasi.attacks.Throughput "$venv/bin/python3" \
    "$root/wasi/src/test/python/wasmtime_throughput.py" "$classes/$guests/throughput.wasm" "$folder"
