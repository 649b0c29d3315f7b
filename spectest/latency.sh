#!/bin/sh
# How soon endless guests can be stopped, in ms, under each garbage collector: see dev.kugg.spectest.Latency.
# Takes about a quarter of an hour, with --quick two minutes. Wants an idle machine.
# usage: spectest/latency.sh [--quick] [--all] [--loops NAME,...] [--collectors Serial,Parallel,G1]
# Not in the background of a script: such processes ignore SIGINT, and so do the ones it measures.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/spectest/tools.sh"
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classes:$classpath" dev.kugg.spectest.Latency "$@"
