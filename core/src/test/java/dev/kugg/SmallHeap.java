package dev.kugg;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.WasmBytes;
import dev.kugg.internal.opcode.Opcode;

import java.util.function.Supplier;

/**
 * What guests may ask for that the JVM has no room for; {@link SmallHeapTest} runs this in a JVM
 * with a small heap. Prints the outcomes, a line each.
 */
final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] args) {
        report("memory", () -> start(memory(32_767)));
        report("memory above the limit", () -> start(memory(65_536)));
        report("memory.grow", () -> call(memory(1), "grow", 32_766));
        report("memory.grow by all", () -> call(memory(1), "grow", -1));
        report("table", () -> start(table(10_000_000)));
        report("table above the limit", () -> start(table(0x7fffffff)));
        report("table.grow", () -> call(table(1), "grow", 9_999_999));
        report("table.grow by all", () -> call(table(1), "grow", -1));
        report("many tables", () -> start(tables(100, 1_000_000)));
        report("a memory of the host", () -> Memory.create(memoryType(32_767)).sizePages());
        report("a memory of the host above the limit", () -> Memory.create(memoryType(40_000)));
        for (int section = 0; section <= 12; section++) {
            int id = section;
            report("section " + id + " of 4 GiB", () -> load(huge(new WasmBytes().bytes(id))));
            report("section " + id + " of 2^32 - 1 things", () -> load(count(id)));
        }
        report("a data segment of 4 GiB", () -> load(in(11, 1, 1)));
        report("a name of 4 GiB", () -> load(in(7, 1)));
        report("an import of 4 GiB", () -> load(in(2, 1)));
        report("a custom section's name of 4 GiB", () -> load(in(0)));
        report("a body of 4 GiB", () -> load(body(huge(new WasmBytes().bytes(1)))));
        report("locals", () -> load(locals(0xffffffff)));
        report("two runs of locals", () -> load(locals(0xffffffff, 1)));
        report("locals above the limit", () -> load(locals(50_001)));
        report("br_table", () -> load(sized(new WasmBytes().bytes(0, 0x41, 0, 0x0e))));
        report("select", () -> load(sized(new WasmBytes().bytes(0, 0x1c))));
        report("parameters", () -> load(in(1, 1, 0x60)));
        report("elements", () -> load(in(9, 1, 1, 0)));
        report("a small guest", () -> call(memory(1), "grow", 1));
    }

    private static void report(String what, Supplier<Object> attempt) {
        String outcome;
        try {
            outcome = "gives " + attempt.get();
        } catch (WasmException e) {
            outcome = e.kind() + ": " + e.getMessage();
        } catch (Throwable e) {
            outcome = "ERROR " + e;
        }
        System.out.println(what + ": " + outcome);
    }

    private static Object start(TestModule module) {
        return module.start();
    }

    private static Object call(TestModule module, String name, int argument) {
        return module.start().func(name).call(argument)[0];
    }

    private static Object load(WasmBytes module) {
        return Kugg.module("guest.wasm", module.toBytes());
    }

    private static dev.kugg.types.MemoryType memoryType(int pages) {
        return new dev.kugg.types.MemoryType(dev.kugg.types.Limits.atLeast(pages));
    }

    private static TestModule memory(int pages) {
        TestModule module = new TestModule();
        module.memory(pages, TestModule.NO_MAX);
        module.func("grow", "i:i", "", new Code().get(0).op(Opcode.MEMORY_GROW, 0));
        return module;
    }

    private static TestModule table(int elements) {
        TestModule module = tables(1, elements);
        Code grow = new Code().refNull('r').get(0).op(Opcode.TABLE_GROW, 0);
        module.func("grow", "i:i", "", grow);
        return module;
    }

    private static TestModule tables(int count, int elements) {
        TestModule module = new TestModule();
        for (int i = 0; i < count; i++) {
            module.table('r', elements, TestModule.NO_MAX);
        }
        return module;
    }

    /** The greatest number there is, where a size or count is expected. */
    private static WasmBytes huge(WasmBytes before) {
        return WasmBytes.module().append(before).u32(-1).repeat(1000, 0);
    }

    private static WasmBytes count(int section) {
        return WasmBytes.module().section(section, new WasmBytes().u32(-1).repeat(1000, 0));
    }

    private static WasmBytes in(int section, int... before) {
        WasmBytes content = new WasmBytes().bytes(before).u32(-1).repeat(1000, 0);
        return WasmBytes.module().section(section, content);
    }

    private static WasmBytes function() {
        return WasmBytes.module()
                .section(1, new WasmBytes().bytes(1, 0x60, 0, 0))
                .section(3, new WasmBytes().bytes(1, 0));
    }

    private static WasmBytes body(WasmBytes code) {
        return function().section(10, code);
    }

    private static WasmBytes sized(WasmBytes body) {
        return function().code(body.u32(-1).repeat(1000, 0));
    }

    private static WasmBytes locals(int... counts) {
        WasmBytes body = new WasmBytes().u32(counts.length);
        for (int count : counts) {
            body.u32(count).bytes(0x7f);
        }
        return function().code(body.bytes(0x0b));
    }
}
