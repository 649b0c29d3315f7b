#!/bin/sh
# How time and memory grow with a module's size: decoding, validating and planning, the first calls, and how much code
# they make: see dev.kugg.spectest.Scale. Tab-separated values, and a picture in spectest/target/scale.svg. Takes
# about five minutes, with --quick one.
# usage: spectest/scale.sh [--shapes NAME,...] [--quick] [--steps N] [--largest N] [--svg FILE]
#   --shapes   these only
#   --quick    up to a tenth of the largest sizes
#   --steps    sizes for each shape, each twice the one before; 6 by default
#   --largest  the largest size instead of each shape's own
#   --svg      where the picture goes; spectest/target/scale.svg by default
# KUGG_JVM_OPTS=-Xmx10g spectest/scale.sh --shapes mixed --largest 60000000 measures bodies of 60 MB.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"
. "$root/spectest/tools.sh"
printf 'Premain-Class: dev.kugg.spectest.Scale\n' >"$classes/agent.txt"
"${java%java}jar" --create --file "$classes/scale.jar" --manifest "$classes/agent.txt" -C "$classes" dev
cd "$root"
exec "$java" -XX:+UseSerialGC ${KUGG_JVM_OPTS-} -javaagent:"$classes/scale.jar" -cp "$classes/scale.jar:$classpath" \
    dev.kugg.spectest.Scale "$@"
