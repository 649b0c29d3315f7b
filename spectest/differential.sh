#!/bin/sh
# Runs generated modules on wasmtime and on Kugg and compares everything: see dev.kugg.spectest.Differential. What
# differs lies in spectest/target/differential afterwards, each with the module, both answers, and the command to
# repeat it.
# usage: spectest/differential.sh [-Dseed=N] [-Dcount=N | -Dminutes=N] [-Dfirst=N] [-Dkugg.test.jvm="JVM OPTIONS"]
# The default is 1,000 modules of a new seed. For HotSpot's compiler: -Dkugg.test.jvm="-XX:+UseSerialGC -Xcomp"
set -eu
. "$(dirname "$0")/../tools/usage.sh"
maven_options "$@"
cd "$(dirname "$0")/.."
venv=.kugg/ci
[ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --disable-pip-version-check -r spectest/src/test/python/requirements.txt
exec mvn -q -Pdifferential verify -pl spectest -am -Dsurefire.failIfNoSpecifiedTests=false "$@"
