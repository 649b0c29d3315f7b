#!/bin/sh
# Attacks on the folders that guests are given: see dev.kugg.wasi.attacks in wasi/src/test.
# usage: wasi/attacks.sh [--races | --oracle]
#   --races   the races, each call tried 20,000 times in each: some minutes
#   --oracle  writes wasmtime's column of attacks.txt anew; needs Python with venv
# Without an option: all of them, and the races a few times, as in "mvn verify".
set -eu
. "$(dirname "$0")/../tools/usage.sh"
[ $# -le 1 ] || misused "too many arguments"
cd "$(dirname "$0")/.."
attacks=wasi/src/test/resources/dev/kugg/wasi/attacks
verify() {
    exec mvn -q verify -pl wasi -am -Dsurefire.failIfNoSpecifiedTests=false "$@"
}
case ${1:-} in
    --oracle)
        venv=.kugg/ci
        [ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
        "$venv/bin/python3" -m pip install --quiet --disable-pip-version-check \
            -r spectest/src/test/python/requirements.txt
        exec "$venv/bin/python3" wasi/src/test/python/wasmtime_attacks.py "$attacks"
        ;;
    --races) verify -Dtest=RacesTest -Dattacks.attempts=20000 ;;
    '') verify "-Dtest=AttacksTest,RacesTest,FaultsTest" ;;
    *) misused "unknown argument: $1" ;;
esac
