#!/bin/sh
# How soon endless guests can be stopped, in ms, under each garbage collector: see dev.kugg.spectest.Latency.
# Takes about a quarter of an hour, with --quick two minutes. Wants an idle machine.
# usage: spectest/latency.sh [--quick] [--all] [--loops NAME,...] [--collectors Serial,Parallel,G1]
# Not in the background of a script: such processes ignore SIGINT, and so do the ones it measures.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/kugg" --version >/dev/null # builds the command where it is missing or stale
read -r java <"$root/.kugg/java"
classes=$root/spectest/target/latency
classpath=$root/core/target/kugg.jar:$root/wasi/target/kugg-wasi.jar:$root/cli/target/kugg-cli.jar
classpath=$classpath:$root/cli/target/lib/picocli.jar
mkdir -p "$classes"
"${java%java}javac" -nowarn -cp "$classpath" -d "$classes" "$root"/spectest/src/main/java/dev/kugg/spectest/*.java
cp -R "$root/spectest/src/main/resources/." "$classes"
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$classes:$classpath" dev.kugg.spectest.Latency "$@"
