"""Says whether wasmtime takes modules as valid: the other side of dev.kugg.spectest.Verdicts.

Only what this version of Kugg compiles is switched on. Writes a line when it is ready. Reads modules from stdin, each
as four bytes of its size, the most significant first, and its bytes. Answers each with a line: why it is refused, or an
empty line.
"""

import struct
import sys

from wasmtime import Config, Engine, Module, WasmtimeError

# What wasmtime has and Kugg compiles is not here; extended constant expressions have no switch.
LATER = (
    "simd relaxed_simd tail_call threads multi_memory memory64 exceptions function_references gc stack_switching "
    "wide_arithmetic custom_page_sizes component_model"
).split()


def refusal(engine: Engine, module: bytes) -> str:
    try:
        Module.validate(engine, module)
    except WasmtimeError as error:
        return " ".join(str(error).split()) or "refused"
    return ""


def serve() -> None:
    config = Config()
    for feature in LATER:
        setattr(config, "wasm_" + feature, False)
    engine = Engine(config)
    print("ready", flush=True)
    while size := sys.stdin.buffer.read(4):
        module = sys.stdin.buffer.read(*struct.unpack(">I", size))
        print(refusal(engine, module), flush=True)


if __name__ == "__main__":
    serve()
