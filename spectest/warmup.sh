#!/bin/sh
# How guests get faster in a fresh JVM, as a table with tabs: see dev.kugg.spectest.WarmUp. Wants an idle machine.
# usage: spectest/warmup.sh [--seconds N] FILE[:N]...      30 seconds by default; several guests are called in turn
# KUGG_JVM_OPTS: options for the JVM, such as -XX:+UseSerialGC
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
files=$#
if [ "${1:-}" = --seconds ]; then
    has_value "$@"
    files=$(($# - 2))
fi
[ "$files" -gt 0 ] || misused "no FILE"
. "$root/spectest/tools.sh"
# shellcheck disable=SC2086 # several options
exec "$java" ${KUGG_JVM_OPTS:-} -cp "$classes:$classpath" dev.kugg.spectest.WarmUp "$@"
