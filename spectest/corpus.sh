#!/bin/sh
# Runs every module of the benchmark corpus that exports run, imports only WASI and is not SIMD, with
# "./kugg run --invoke run FILE N", and compares with what wasmtime answers (corpus-values.txt).
# usage: spectest/corpus.sh [CORPUS]
# CORPUS is bench/corpus in KUGG_SHARED by default, and that is ../shared beside the project.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
arguments 0 1 "$@"
corpus=${1:-${KUGG_SHARED:-$root/../shared}/bench/corpus}
values=$root/spectest/src/test/resources/corpus-values.txt
if [ ! -d "$corpus" ]; then
    [ $# -eq 0 ] || misused "no such folder: $corpus"
    echo "left out: the benchmark corpus (no $corpus)"
    exit 0
fi
row="%-16s %8s %22s %22s  %s\n"
printf "$row" module n kugg wasmtime equal
bad=0
while read -r module n wasmtime; do
    case $module in "#"*) continue ;; esac
    if kugg=$("$root/kugg" run --invoke run "$corpus/$module.wasm" "$n" 2>&1); then
        if [ "$kugg" = "$wasmtime" ]; then equal=yes; else equal=NO bad=1; fi
        printf "$row" "$module" "$n" "$kugg" "$wasmtime" "$equal"
    else
        case $kugg in *"over a limit"*) equal=refused ;; *) equal=NO bad=1 ;; esac
        printf "$row" "$module" "$n" - "$wasmtime" "$equal: $kugg"
    fi
done < "$values"
exit $bad
