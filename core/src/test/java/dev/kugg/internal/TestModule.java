package dev.kugg.internal;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds modules for tests. Kinds of values are letters: {@code i}, {@code l}, {@code f}, {@code d}
 * for the numbers, {@code r} for funcref, {@code x} for externref; {@code "ii:l"} is the type
 * {@code [i32 i32] -> [i64]}. Imports are to be added before what is defined.
 */
public final class TestModule {
    /** Stands for no maximum. */
    public static final int NO_MAX = -1;

    private static final int FUNC = 0;
    private static final int TABLE = 1;
    private static final int MEMORY = 2;
    private static final int GLOBAL = 3;

    private final List<String> types = new ArrayList<>();
    private final List<WasmBytes> imports = new ArrayList<>();
    private final List<Integer> funcTypes = new ArrayList<>();
    private final List<WasmBytes> bodies = new ArrayList<>();
    private final List<WasmBytes> tables = new ArrayList<>();
    private final List<WasmBytes> memories = new ArrayList<>();
    private final List<WasmBytes> globals = new ArrayList<>();
    private final List<WasmBytes> exports = new ArrayList<>();
    private final List<WasmBytes> elems = new ArrayList<>();
    private final List<WasmBytes> datas = new ArrayList<>();
    private final List<WasmBytes> names = new ArrayList<>();
    private int funcCount;
    private int tableCount;
    private int memoryCount;
    private int globalCount;
    private int start = -1;

    /** {@return the byte of a value type} */
    static int type(char kind) {
        return switch (kind) {
            case 'i' -> 0x7f;
            case 'l' -> 0x7e;
            case 'f' -> 0x7d;
            case 'd' -> 0x7c;
            case 'r' -> 0x70;
            case 'x' -> 0x6f;
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    /** {@return the typeidx of a type, which is added once} */
    public int type(String signature) {
        int known = types.indexOf(signature);
        return known >= 0 ? known : addType(signature);
    }

    /** {@return the typeidx of a type that is added even if there is an equal one} */
    public int addType(String signature) {
        types.add(signature);
        return types.size() - 1;
    }

    private static WasmBytes kinds(String kinds) {
        WasmBytes bytes = new WasmBytes().u32(kinds.length());
        for (int i = 0; i < kinds.length(); i++) {
            bytes.bytes(type(kinds.charAt(i)));
        }
        return bytes;
    }

    private static WasmBytes limits(int min, int max) {
        return max == NO_MAX
                ? new WasmBytes().bytes(0).u32(min)
                : new WasmBytes().bytes(1).u32(min).u32(max);
    }

    private static WasmBytes sequence(List<WasmBytes> items) {
        WasmBytes bytes = new WasmBytes().u32(items.size());
        items.forEach(bytes::append);
        return bytes;
    }

    // ---- imports ----

    private void addImport(String module, String name, int kind, WasmBytes type) {
        imports.add(new WasmBytes().name(module).name(name).bytes(kind).append(type));
    }

    public int importFunc(String module, String name, String signature) {
        addImport(module, name, FUNC, new WasmBytes().u32(type(signature)));
        return funcCount++;
    }

    public int importTable(String module, String name, char kind, int min, int max) {
        addImport(module, name, TABLE, new WasmBytes().bytes(type(kind)).append(limits(min, max)));
        return tableCount++;
    }

    public int importMemory(String module, String name, int min, int max) {
        addImport(module, name, MEMORY, limits(min, max));
        return memoryCount++;
    }

    public int importGlobal(String module, String name, char kind, boolean mutable) {
        addImport(module, name, GLOBAL, new WasmBytes().bytes(type(kind), mutable ? 1 : 0));
        return globalCount++;
    }

    // ---- definitions ----

    /** {@return the funcidx of a new function} */
    public int func(String signature, String locals, Code body) {
        funcTypes.add(type(signature));
        WasmBytes bytes = new WasmBytes().u32(locals.length());
        for (int i = 0; i < locals.length(); i++) {
            bytes.bytes(1, type(locals.charAt(i)));
        }
        bodies.add(bytes.append(body.bytes).bytes(0x0b));
        return funcCount++;
    }

    /** {@return the funcidx of a new function that is exported} */
    public int func(String export, String signature, String locals, Code body) {
        int func = func(signature, locals, body);
        exportFunc(export, func);
        return func;
    }

    /** {@return the funcidx of a new function with many locals of one kind} */
    public int funcWithManyLocals(String signature, int count, char kind, Code body) {
        funcTypes.add(type(signature));
        bodies.add(
                new WasmBytes()
                        .bytes(1)
                        .u32(count)
                        .bytes(type(kind))
                        .append(body.bytes)
                        .bytes(0x0b));
        return funcCount++;
    }

    public int table(char kind, int min, int max) {
        tables.add(new WasmBytes().bytes(type(kind)).append(limits(min, max)));
        return tableCount++;
    }

    public int memory(int min, int max) {
        memories.add(limits(min, max));
        return memoryCount++;
    }

    public int global(char kind, boolean mutable, Code init) {
        globals.add(
                new WasmBytes().bytes(type(kind), mutable ? 1 : 0).append(init.bytes).bytes(0x0b));
        return globalCount++;
    }

    /** {@return the elemidx of an active segment of functions} */
    public int elem(int table, Code offset, int... funcs) {
        WasmBytes bytes = new WasmBytes().bytes(2).u32(table).append(offset.bytes).bytes(0x0b, 0);
        return elem(bytes, funcs);
    }

    /** {@return the elemidx of a passive segment of functions} */
    public int passiveElem(int... funcs) {
        return elem(new WasmBytes().bytes(1, 0), funcs);
    }

    /** {@return the elemidx of a segment that says which functions {@code ref.func} may name} */
    public int declare(int... funcs) {
        return elem(new WasmBytes().bytes(3, 0), funcs);
    }

    private int elem(WasmBytes bytes, int... funcs) {
        bytes.u32(funcs.length);
        for (int func : funcs) {
            bytes.u32(func);
        }
        elems.add(bytes);
        return elems.size() - 1;
    }

    /** {@return the dataidx of an active segment} */
    public int data(Code offset, int... content) {
        datas.add(new WasmBytes().bytes(0).append(offset.bytes).bytes(0x0b).vector(content));
        return datas.size() - 1;
    }

    /** {@return the dataidx of a passive segment} */
    public int passiveData(int... content) {
        datas.add(new WasmBytes().bytes(1).vector(content));
        return datas.size() - 1;
    }

    public void start(int func) {
        start = func;
    }

    public void exportFunc(String name, int func) {
        export(name, FUNC, func);
    }

    public void exportTable(String name, int table) {
        export(name, TABLE, table);
    }

    public void exportMemory(String name, int memory) {
        export(name, MEMORY, memory);
    }

    public void exportGlobal(String name, int global) {
        export(name, GLOBAL, global);
    }

    private void export(String name, int kind, int index) {
        exports.add(new WasmBytes().name(name).bytes(kind).u32(index));
    }

    /**
     * Names a function in the custom section {@code name}; to be called in the order of funcidx.
     */
    public void funcName(int func, String name) {
        names.add(new WasmBytes().u32(func).name(name));
    }

    // ---- the module ----

    public byte[] toBytes() {
        WasmBytes out = WasmBytes.module();
        List<WasmBytes> typeDefs = new ArrayList<>();
        for (String signature : types) {
            int colon = signature.indexOf(':');
            typeDefs.add(
                    new WasmBytes()
                            .bytes(0x60)
                            .append(kinds(signature.substring(0, colon)))
                            .append(kinds(signature.substring(colon + 1))));
        }
        section(out, 1, typeDefs);
        section(out, 2, imports);
        section(out, 3, funcTypes.stream().map(type -> new WasmBytes().u32(type)).toList());
        section(out, 4, tables);
        section(out, 5, memories);
        section(out, 6, globals);
        section(out, 7, exports);
        if (start >= 0) {
            out.section(8, new WasmBytes().u32(start));
        }
        section(out, 9, elems);
        if (!datas.isEmpty()) {
            out.section(12, new WasmBytes().u32(datas.size()));
        }
        if (!bodies.isEmpty()) {
            out.code(bodies.toArray(new WasmBytes[0]));
        }
        section(out, 11, datas);
        if (!names.isEmpty()) {
            out.section(0, new WasmBytes().name("name").bytes(1).sized(sequence(names)));
        }
        return out.toBytes();
    }

    private static void section(WasmBytes out, int id, List<WasmBytes> items) {
        if (!items.isEmpty()) {
            out.section(id, sequence(items));
        }
    }

    public WasmModule load() {
        return load("test.wasm");
    }

    public WasmModule load(String name) {
        return Kugg.module(name, toBytes());
    }

    public Instance start() {
        return load().start();
    }
}
