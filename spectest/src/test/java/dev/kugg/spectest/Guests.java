package dev.kugg.spectest;

import static dev.kugg.types.ValType.EXTERNREF;
import static dev.kugg.types.ValType.F32;
import static dev.kugg.types.ValType.F64;
import static dev.kugg.types.ValType.I32;
import static dev.kugg.types.ValType.I64;

import dev.kugg.Host;
import dev.kugg.HostFunction;
import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;

/** The small guests that these tests bring, by name, with the imports they need. */
final class Guests {
    static final FuncType UNARY = FuncType.of(I32).to(I32);
    static final FuncType VOID = FuncType.of();
    static final FuncType ALL_TYPES = FuncType.of(I32, I64, F32, F64, EXTERNREF).to(F64, I32);

    private Guests() {}

    /** {@return a guest beside this class, such as {@code calc.wasm}} */
    static WasmModule load(String name) {
        return Kugg.module(Guests.class, name);
    }

    /** {@return an instance of {@code calc.wasm}: values of all types, and traps} */
    static Instance calc() {
        return load("calc.wasm").start();
    }

    /** {@return {@code caller.wasm}, whose export {@code call} calls this function of the host} */
    static Instance caller(HostFunction host) {
        return load("caller.wasm").with(callerHost(host, call -> {}, call -> {})).start();
    }

    /** {@return the three functions {@code caller.wasm} imports} */
    static Host callerHost(HostFunction host, HostFunction ping, HostFunction types) {
        return imports ->
                imports.function("env", "host", UNARY, host)
                        .function("env", "ping", VOID, ping)
                        .function("env", "types", ALL_TYPES, types);
    }
}
