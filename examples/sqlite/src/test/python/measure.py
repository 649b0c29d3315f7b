"""The same as Measure.java, in wasmtime: python3 measure.py WASM FOLDER ROUNDS."""

import os
import statistics
import sys
import tempfile
import time

import wasmtime


class Database:
    def __init__(self, module, folder):
        self.store = wasmtime.Store(ENGINE)
        wasi = wasmtime.WasiConfig()
        wasi.preopen_dir(folder, "/data")
        self.store.set_wasi(wasi)
        linker = wasmtime.Linker(ENGINE)
        linker.define_wasi()
        self.guest = linker.instantiate(self.store, module).exports(self.store)
        self.memory = self.guest["memory"]
        self.call("_initialize")
        assert self.take("dbOpen", "/data/test.db") == 0

    def call(self, name, *args):
        return self.guest[name](self.store, *args)

    def take(self, name, text):
        text = text.encode() + b"\0"
        address = self.call("textAlloc", len(text))
        self.memory.write(self.store, text, address)
        result = self.call(name, address)
        self.call("textFree", address)
        return result

    def exec(self, sql):
        assert self.take("dbExec", sql) == 0
        return ""

    def query(self, sql):
        address = self.take("dbQuery", sql)
        assert address != 0
        rest = self.memory.read(self.store, address, self.memory.data_len(self.store))
        rows = bytes(rest[: rest.index(0)]).decode()
        self.call("textFree", address)
        return rows


def timed(times, name, body, sql):
    start = time.perf_counter()
    rows = body(sql)
    times.setdefault(name, []).append((time.perf_counter() - start) * 1000)
    return rows


wasm, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(os.path.join(folder, "fill.sql")) as file:
    fill = file.read()
with open(os.path.join(folder, "queries.sql")) as file:
    queries = file.read().splitlines()

ENGINE = wasmtime.Engine()
start = time.perf_counter()
module = wasmtime.Module.from_file(ENGINE, wasm)
times = {"load": [(time.perf_counter() - start) * 1000]}
said = 0
for _ in range(rounds):
    with tempfile.TemporaryDirectory() as temporary:
        database = Database(module, temporary)
        timed(times, "inserts", database.exec, fill)
        for i, query in enumerate(queries):
            said += len(timed(times, f"query {i + 1}", database.query, query))
        assert database.call("dbClose") == 0
for name, each in times.items():
    print(f"{name}\t{each[0]:.1f}\t{statistics.median(each):.1f}\t{min(each):.1f}")
print(f"answers\t{said}")
