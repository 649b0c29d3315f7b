"""Runs a WASI command in wasmtime: python3 command.py FILE FOLDER, which the guest gets as its only argument, /data.

Ends with the guest's exit code; with 3 where there is no wasmtime.
"""

import sys

try:
    import wasmtime
except ImportError:
    sys.exit(3)

file, folder = sys.argv[1:]
store = wasmtime.Store()
wasi = wasmtime.WasiConfig()
wasi.argv = ["command", "/data"]
wasi.preopen_dir(folder, "/data")
wasi.inherit_stdout()
wasi.inherit_stderr()
store.set_wasi(wasi)
linker = wasmtime.Linker(store.engine)
linker.define_wasi()
module = wasmtime.Module.from_file(store.engine, file)
try:
    linker.instantiate(store, module).exports(store)["_start"](store)
except wasmtime.ExitTrap as exit:
    sys.exit(exit.code)
