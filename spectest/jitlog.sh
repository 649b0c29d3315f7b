#!/bin/sh
# Lists the methods of generated code that HotSpot's compilers gave up on while guests ran: see dev.kugg.spectest.JitLog.
# Takes half a minute for each guest.
# usage: spectest/jitlog.sh [--seconds N] [--collector Serial|Parallel|G1] [FILE[:N]...]
#        without a FILE: lua and rustregex of the benchmark corpus, ../shared/bench/corpus beside the project by default
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
corpus=${KUGG_SHARED-$root/../shared}/bench/corpus
. "$root/spectest/tools.sh"
case "$*" in
*.wasm*) ;;
*)
    if [ ! -d "$corpus" ]; then
        echo "left out: the benchmark corpus (no $corpus)"
        exit 0
    fi
    set -- "$@" "$corpus/lua.wasm:3000" "$corpus/rustregex.wasm:2"
    ;;
esac
exec "$java" -XX:+UseSerialGC -cp "$classes:$classpath" dev.kugg.spectest.JitLog "$@"
