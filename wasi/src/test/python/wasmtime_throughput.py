"""Runs throughput.wasm under wasmtime, one step at a time, each named on a line of standard input with its arguments.

usage: wasmtime_throughput.py THROUGHPUT.WASM FOLDER
Answers each line with its result and its time in nanoseconds.
"""

import sys
import time

from wasmtime import Engine, Linker, Module, Store, WasiConfig


def main():
    engine = Engine()
    store = Store(engine)
    wasi = WasiConfig()
    wasi.preopen_dir(sys.argv[2], ".")
    store.set_wasi(wasi)
    linker = Linker(engine)
    linker.define_wasi()
    exports = linker.instantiate(store, Module.from_file(engine, sys.argv[1])).exports(store)
    for line in sys.stdin:
        name, *arguments = line.split()
        function = exports[name]
        start = time.perf_counter_ns()
        result = function(store, *map(int, arguments))
        print(result or 0, time.perf_counter_ns() - start, flush=True)


main()
