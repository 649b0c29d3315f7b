package dev.kugg.spectest;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts bodies together to a module with a memory, two mutable globals (an i32 and an i64) and a
 * table.
 */
final class GuestBuilder {
    /** {@code [] -> []}. */
    static final int VOID = 0;

    /** {@code [i32] -> [i64]}, as the benchmarks' {@code run} has it. */
    static final int RUN = 1;

    /** {@code [i32 i32] -> [i32]}. */
    static final int BINARY = 2;

    private final int pages;
    private final List<Integer> types = new ArrayList<>();
    private final List<Body> bodies = new ArrayList<>();
    private final TestModule exports = new TestModule();
    private final List<Integer> table = new ArrayList<>();
    private int exportCount;

    GuestBuilder(int pages) {
        this.pages = pages;
    }

    /** {@return the funcidx of a new function} */
    int func(int type, Body body) {
        types.add(type);
        bodies.add(body);
        return bodies.size() - 1;
    }

    void export(String name, int func) {
        exports.name(name).raw(0).u32(func);
        exportCount++;
    }

    /** Puts a function at the table's end. */
    void element(int func) {
        table.add(func);
    }

    byte[] toBytes() {
        TestModule funcs = new TestModule().u32(types.size());
        types.forEach(funcs::u32);
        TestModule code = new TestModule().u32(bodies.size());
        for (Body body : bodies) {
            code.sized(body.bytes().raw(0x0b));
        }
        return TestModule.header()
                .section(1, types())
                .section(3, funcs)
                .section(4, new TestModule().raw(1, 0x70, 0).u32(table.size()))
                .section(5, new TestModule().raw(1, 0).u32(pages))
                .section(6, new TestModule().raw(2, 0x7f, 1, 0x41, 0, 0x0b, 0x7e, 1, 0x42, 0, 0x0b))
                .section(7, new TestModule().u32(exportCount).append(exports))
                .section(9, elements())
                .section(10, code)
                .toBytes();
    }

    private static TestModule types() {
        return new TestModule()
                .raw(3)
                .raw(0x60, 0, 0)
                .raw(0x60, 1, 0x7f, 1, 0x7e)
                .raw(0x60, 2, 0x7f, 0x7f, 1, 0x7f);
    }

    private TestModule elements() {
        TestModule funcs = new TestModule().u32(table.size());
        table.forEach(funcs::u32);
        return new TestModule().raw(1, 0, 0x41, 0, 0x0b).append(funcs);
    }
}
