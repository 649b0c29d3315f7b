#!/bin/sh
# How guests get faster in a fresh JVM, as a table with tabs: see dev.kugg.spectest.WarmUp. Wants an idle machine.
# usage: spectest/warmup.sh [--seconds S] FILE:N...      30 seconds by default; several guests are called in turn
# KUGG_JVM_OPTS: options for the JVM, such as -XX:+UseSerialGC
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
seconds=30
if [ "${1:-}" = --seconds ]; then
    seconds=$2
    shift 2
fi
"$root/kugg" --version >/dev/null # builds what is missing or stale
read -r java <"$root/.kugg/java"
classes=$root/spectest/target/warmup
classpath=$root/core/target/kugg.jar:$root/wasi/target/kugg-wasi.jar
mkdir -p "$classes"
"${java%java}javac" -nowarn -Xlint:none -cp "$classpath" -d "$classes" \
    "$root/spectest/src/main/java/dev/kugg/spectest/WarmUp.java"
# shellcheck disable=SC2086 # several options
exec "$java" ${KUGG_JVM_OPTS:-} -cp "$classes:$classpath" dev.kugg.spectest.WarmUp "$seconds" "$@"
