#!/bin/sh
# Kugg and wasmtime on the same guests, interleaved: the ratios of BENCH.md. Wants an idle machine.
#
# usage: spectest/bench.sh [--corpus open|go|wide|FOLDER]... [--gc Serial|Parallel|G1] [OPTION OF THE HARNESS]...
#   --corpus   open: the harness's own corpus; go: the kernels of examples/languages, built by Go; wide: the wide
#              interpreter; or a folder with a manifest.tsv. Without it: all three.
#   --gc       the JVM's choice without it. KUGG_JVM_OPTS has further options of Kugg's JVM.
#   others     such as --engines wasmtime,kugg,endive  --kernels REGEX  --rounds N  --warm SECONDS  --cold
#
# The harness is bench in KUGG_SHARED, by default ../shared beside the project; its setup.sh has to be run once.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/usage.sh"

corpora='' engines=wasmtime,kugg gc=''
while [ $# -gt 0 ]; do
    case $1 in
        --corpus | --gc | --engines) has_value "$@" ;;
        *) break ;;
    esac
    case $1,$2 in
        --corpus,open | --corpus,go | --corpus,wide) corpora="$corpora $2" ;;
        --corpus,*)
            [ -f "$2/manifest.tsv" ] || misused "no corpus: $2 (no manifest.tsv in there)"
            corpora="$corpora $2"
            ;;
        --gc,Serial | --gc,Parallel | --gc,G1) gc=-XX:+Use$2GC ;;
        --gc,*) misused "unknown collector: $2" ;;
        --engines,*) engines=$2 ;;
    esac
    shift 2
done

bench=${KUGG_SHARED:-$root/../shared}/bench
area=${KUGG_BENCH_AREA:-${HOME-}/.cache/kugg-bench}
if [ ! -d "$bench" ]; then
    echo "left out: the benchmarks (no $bench)"
    exit 0
fi
bench=$(cd "$bench" && pwd)
if [ ! -x "$area/hosts-build/wthost" ] || [ ! -d "$area/o/cc" ]; then
    echo "bench.sh: the harness is not set up in $area: run $bench/setup.sh" >&2
    exit 1
fi

"$root/kugg" --version >/dev/null # builds what is missing or stale
read -r java <"$root/.kugg/java"
work=$root/spectest/target/bench
rm -rf "$work/results"
mkdir -p "$work/adapter" "$work/results"
classpath=$root/core/target/kugg.jar:$root/wasi/target/kugg-wasi.jar
"${java%java}javac" -nowarn -Xlint:none -cp "$area/o/cc:$classpath" -d "$work/adapter" "$root/spectest/src/bench/Kugg.java"

# The harness reads engines.json beside itself: a folder that looks like it, but starts this Kugg.
for part in bench.py hosts corpus; do
    ln -sfn "$bench/$part" "$work/$part"
done
python3 - "$bench/engines.json" "$work/engines.json" \
    "$java -Xmx2g $gc ${KUGG_JVM_OPTS:-} -cp $area/o/cc:$work/adapter:$classpath -Dengine=Kugg Host" <<'PYTHON'
import json, sys
engines = json.load(open(sys.argv[1]))
engines["kugg"] = {"kind": "jvm", "cmd": sys.argv[3]}
json.dump(engines, open(sys.argv[2], "w"))
PYTHON

folders=''
for corpus in ${corpora:-open go wide}; do
    case $corpus in
        open) folder=$bench/corpus ;;
        wide) folder=$root/spectest/src/bench/wide ;;
        go)
            folder=$root/examples/languages/target/go-kernels
            "$root/examples/languages/go/kernels/build" "$folder"
            ;;
        *) folder=$corpus ;;
    esac
    folders="$folders --corpus $folder"
done
# shellcheck disable=SC2086 # several folders
exec python3 "$work/bench.py" --engines "$engines" --out "$work/results" $folders "$@"
