#!/bin/sh
# Lists the methods of generated code that HotSpot's compilers gave up on while guests ran: see
# dev.kugg.spectest.JitLog. Takes half a minute for each guest.
# usage: spectest/jitlog.sh [--seconds N] [--collector Serial|Parallel|G1] [FILE[:N]...]
#   FILE  exports run(i32) -> i64, which is called with N again and again; without one, lua and rustregex of the
#         benchmark corpus, which is bench/corpus in KUGG_SHARED, by default ../shared beside the project
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
options=''
while [ $# -gt 0 ]; do
    case $1 in
        --seconds | --collector) has_value "$@" ;;
        -*) misused "unknown option: $1" ;;
        *) break ;;
    esac
    options="$options $1 $2"
    shift 2
done
if [ $# -eq 0 ]; then
    corpus=${KUGG_SHARED:-$root/../shared}/bench/corpus
    if [ ! -d "$corpus" ]; then
        echo "left out: the benchmark corpus (no $corpus)"
        exit 0
    fi
    set -- "$corpus/lua.wasm:3000" "$corpus/rustregex.wasm:2"
fi
. "$root/spectest/tools.sh"
# shellcheck disable=SC2086 # several words
exec "$java" -XX:+UseSerialGC -cp "$classes:$classpath" dev.kugg.spectest.JitLog $options "$@"
