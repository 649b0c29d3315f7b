#!/bin/sh
# How soon endless guests can be stopped, in ms, under each garbage collector: see dev.kugg.spectest.Latency.
# Takes about a quarter of an hour, with --quick two minutes. Wants an idle machine.
# usage: spectest/latency.sh [--quick] [--all] [--loops NAME,...] [--collectors Serial,Parallel,G1]
#   --quick       a tenth of the stops
#   --all         fresh processes and SIGINT for every loop, not for the three named ones only
#   --loops       these loops only
#   --collectors  these collectors only
# Not in the background of a script: such processes ignore SIGINT, and so do the ones it measures.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
case ${1--} in
    -*) ;;
    *) misused "not an option: $1" ;; # and not one of the words it starts itself with
esac
. "$root/spectest/tools.sh"
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classes:$classpath" dev.kugg.spectest.Latency "$@"
