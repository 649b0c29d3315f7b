"""Writes corpus-values.txt: what wasmtime answers for every module of the benchmark corpus that Kugg has to run.

Those are the modules that export run(i32) -> i64, import nothing but WASI and use no SIMD; n is the manifest's.

    pip install wasmtime
    python corpus_values.py ../../../../../shared/bench/corpus > ../resources/corpus-values.txt
"""

import sys
from pathlib import Path

from wasmtime import Config, Engine, Linker, Module, Store, WasiConfig, WasmtimeError

WASI = "wasi_snapshot_preview1"


def needs_simd(wasm: bytes) -> bool:
    config = Config()
    config.wasm_relaxed_simd = False
    config.wasm_simd = False
    try:
        Module.validate(Engine(config), wasm)
    except WasmtimeError:
        return True
    return False


def run(engine: Engine, module: Module, n: int) -> int:
    store = Store(engine)
    store.set_wasi(WasiConfig())
    linker = Linker(engine)
    linker.define_wasi()
    exports = linker.instantiate(store, module).exports(store)
    if "_initialize" in exports:
        exports["_initialize"](store)
    return exports["run"](store, n)


def main(corpus: Path) -> None:
    engine = Engine()
    print("# module, n, what run(n) returns in wasmtime; made by corpus_values.py")
    for line in (corpus / "manifest.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        name, _set, _group, n = line.split("\t")[:4]
        wasm = (corpus / f"{name}.wasm").read_bytes()
        module = Module(engine, wasm)
        if "run" not in [export.name for export in module.exports] or needs_simd(wasm):
            continue
        if any(wanted.module != WASI for wanted in module.imports):
            continue
        print(name, n, run(engine, module, int(n)), sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
