package dev.kugg.spectest;

import static dev.kugg.types.ValType.F32;
import static dev.kugg.types.ValType.F64;
import static dev.kugg.types.ValType.I32;
import static dev.kugg.types.ValType.I64;

import dev.kugg.Extern;
import dev.kugg.Global;
import dev.kugg.Host;
import dev.kugg.Imports;
import dev.kugg.Instance;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;
import dev.kugg.types.RefType;
import dev.kugg.types.TableType;
import dev.kugg.types.ValType;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a script's modules may import: the suite's own module {@code spectest}, and what the script
 * registered.
 */
final class SpecHost implements Host {
    private static final String NAME = "spectest";

    private final Map<String, FuncType> functions =
            Map.of(
                    "print", FuncType.of(),
                    "print_i32", FuncType.of(I32),
                    "print_i64", FuncType.of(I64),
                    "print_f32", FuncType.of(F32),
                    "print_f64", FuncType.of(F64),
                    "print_i32_f32", FuncType.of(I32, F32),
                    "print_f64_f64", FuncType.of(F64, F64));
    private final Map<String, Extern> externs =
            Map.of(
                    "global_i32", constant(I32, 666),
                    "global_i64", constant(I64, 666L),
                    "global_f32", constant(F32, 666.6f),
                    "global_f64", constant(F64, 666.6),
                    "table", Table.create(new TableType(new Limits(10, 20), RefType.FUNCREF), null),
                    "memory", Memory.create(new MemoryType(new Limits(1, 2))));
    private final Map<String, Instance> registered = new LinkedHashMap<>();

    /** Makes the exports of an instance importable under a name. */
    void register(String name, Instance instance) {
        registered.put(name, instance);
    }

    @Override
    public void provide(Imports imports) {
        functions.forEach((name, type) -> imports.function(NAME, name, type, call -> {}));
        externs.forEach((name, extern) -> imports.extern(NAME, name, extern));
        registered.forEach(imports::exportsOf);
    }

    private static Global constant(ValType type, Object value) {
        return Global.create(new GlobalType(type, false), value);
    }
}
