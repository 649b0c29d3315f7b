package dev.kugg.spectest;

import dev.kugg.Global;
import dev.kugg.Host;
import dev.kugg.HostFunction;
import dev.kugg.Imports;
import dev.kugg.Memory;
import dev.kugg.Table;
import dev.kugg.WasmModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.ImportType;
import dev.kugg.types.MemoryType;
import dev.kugg.types.TableType;
import dev.kugg.types.ValType;

/**
 * Whatever a module imports, with the same contents as in {@code oracle.py}.
 *
 * @param module the module
 * @param function what all functions do
 */
record Stubs(WasmModule module, HostFunction function) implements Host {
    /** Functions give zeros. */
    Stubs(WasmModule module) {
        this(module, call -> {});
    }

    @Override
    public void provide(Imports imports) {
        module.imports().forEach(wanted -> stub(imports, wanted));
    }

    private void stub(Imports imports, ImportType wanted) {
        String from = wanted.module();
        String name = wanted.name();
        switch (wanted.type()) {
            case FuncType type -> imports.function(from, name, type, function);
            case MemoryType type -> imports.extern(from, name, memory(type));
            case TableType type -> imports.extern(from, name, Table.create(type, null));
            case GlobalType type ->
                    imports.extern(from, name, Global.create(type, value(type.value())));
        }
    }

    private static Memory memory(MemoryType type) {
        Memory memory = Memory.create(type);
        for (int i = 0; i < Math.min(1024, memory.sizeBytes()); i++) {
            memory.writeByte(i, (byte) (31 * i + 7));
        }
        return memory;
    }

    private static Object value(ValType type) {
        return switch (type.toString()) {
            case "i32" -> 1;
            case "i64" -> -2L;
            case "f32" -> 1.5f;
            case "f64" -> -2.5;
            default -> null;
        };
    }
}
