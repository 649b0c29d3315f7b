package dev.kugg.spectest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Modules made to hurt: counts and sizes beyond all reason, nesting, what multiplies, what never
 * ends, and names that no class file takes. Where they can be called, they export {@code run}.
 */
final class HostileModules {
    static final String VALUES = "values";
    static final String MALFORMED = "malformed";
    static final String INVALID = "invalid";
    static final String LIMIT = "over a limit";
    static final String TRAP = "trap";
    static final String EXHAUSTION = "exhaustion";
    static final String INTERRUPTED = "interrupted";
    static final String UNINSTANTIABLE = "uninstantiable";

    private static final int I32 = 0x7f;
    private static final int END = 0x0b;
    private static final long U32_MAX = 0xffffffffL;

    /** The most a body may have, less what stands around the code of these modules. */
    private static final int BODY_BYTES = 7_600_000;

    private final List<Hostile> all = new ArrayList<>();

    private HostileModules() {}

    /**
     * A module that hurts.
     *
     * @param name what it does
     * @param ends how it may end, the step that meets it first
     * @param module makes the bytes
     */
    record Hostile(String name, List<String> ends, Supplier<byte[]> module) {}

    /** {@return all of them} */
    static List<Hostile> all() {
        HostileModules modules = new HostileModules();
        modules.addClaims();
        modules.addNesting();
        modules.addLongCode();
        modules.addProducts();
        modules.addManyOfOne();
        modules.addMemoriesAndTables();
        modules.addEndless();
        modules.addNames();
        modules.addEncodings();
        return modules.all;
    }

    private void add(String name, Supplier<byte[]> module, String... ends) {
        all.add(new Hostile(name, List.of(ends), module));
    }

    /** Valid, but perhaps over a limit, or for want of time or stack not done with its call. */
    private void addLarge(String name, Supplier<byte[]> module) {
        add(name, module, VALUES, LIMIT, INTERRUPTED, EXHAUSTION);
    }

    // Parts

    private static TestModule bytes(int... bytes) {
        return new TestModule().raw(bytes);
    }

    private static TestModule header() {
        return TestModule.header();
    }

    /** A module of one section. */
    private static byte[] section(int id, TestModule contents) {
        return header().section(id, contents).toBytes();
    }

    /** A module whose {@code run} takes and gives nothing; the locals stand in the body. */
    private static byte[] run(TestModule body) {
        return TestModule.oneFunction(TestModule.i32Type(0, 0), body);
    }

    /** As {@link #run}, of a body without locals. */
    private static byte[] code(int... code) {
        return run(bytes(0).raw(code));
    }

    /** A module whose {@code run} is of type 0, with a memory of a page and more. */
    private static byte[] withMemory(TestModule body) {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(5, bytes(1, 0, 1))
                .section(7, bytes(1).name("run").raw(0, 0))
                .section(10, bytes(1).sized(body.raw(END)))
                .toBytes();
    }

    /** A module with types, the first that of {@code run}, the function 0. */
    private static byte[] withTypes(TestModule types, TestModule functions, TestModule code) {
        return header().section(1, types)
                .section(3, functions)
                .section(7, bytes(1).name("run").raw(0, 0))
                .section(10, code)
                .toBytes();
    }

    /** Type 0 takes and gives nothing, type 1 takes and gives so many. */
    private static TestModule wideTypes(int count) {
        return bytes(2).append(TestModule.i32Type(0, 0)).append(TestModule.i32Type(count, count));
    }

    private static TestModule constants(int count) {
        return new TestModule().raw(count, new int[] {0x41, 1});
    }

    private static TestModule drops(int count) {
        return new TestModule().raw(count, new int[] {0x1a});
    }

    private static TestModule locals(int count) {
        return bytes(1).u32(count).raw(I32);
    }

    // The lists

    /** Counts of 2^32-1 where nothing stands behind. */
    private void addClaims() {
        for (int id = 1; id <= 12; id++) {
            int section = id;
            String[] ends = id == 8 ? new String[] {INVALID} : new String[] {MALFORMED, LIMIT};
            add("2^32-1 entries in section " + id, () -> section(section, u32(U32_MAX)), ends);
        }
        add(
                "2^32-1 parameters",
                () -> section(1, bytes(1, 0x60).u32(U32_MAX).raw(I32, I32)),
                MALFORMED);
        add("2^32-1 results", () -> section(1, bytes(1, 0x60, 0).u32(U32_MAX)), MALFORMED);
        add("2^32-1 labels", () -> run(bytes(0, 0x41, 0, 0x0e).u32(U32_MAX)), MALFORMED);
        add("2^32-1 locals", () -> run(bytes(1).u32(U32_MAX).raw(I32)), LIMIT);
        add("2^32-1 runs of locals", () -> run(new TestModule().u32(U32_MAX)), MALFORMED);
        add("2^32-1 types of select", () -> run(bytes(0, 0x1c).u32(U32_MAX)), INVALID, MALFORMED);
        add("a name of 2^32-1 bytes", () -> section(7, bytes(1).u32(U32_MAX)), MALFORMED);
        add("a custom name of 2^32-1 bytes", () -> section(0, u32(U32_MAX)), MALFORMED);
        add("a section of 2^32-1 bytes", () -> header().raw(0).u32(U32_MAX).toBytes(), MALFORMED);
        add("a body of 2^32-1 bytes", () -> body(u32(U32_MAX)), MALFORMED);
        add(
                "data of 2^32-1 bytes",
                () -> section(11, bytes(1, 0, 0x41, 0, END).u32(U32_MAX)),
                MALFORMED);
        add("2^32-1 elements", () -> section(9, bytes(1, 1, 0).u32(U32_MAX)), MALFORMED);
    }

    private static TestModule u32(long value) {
        return new TestModule().u32(value);
    }

    /** A module of one function whose body is what is given, its size included. */
    private static byte[] body(TestModule contents) {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(10, bytes(1).append(contents))
                .toBytes();
    }

    private void addNesting() {
        int deep = BODY_BYTES / 3;
        addLarge("blocks, deep", () -> run(nest(deep, 0x02, 0x40)));
        addLarge("loops, deep", () -> run(nest(deep, 0x03, 0x40)));
        addLarge("ifs, deep", () -> run(nest(BODY_BYTES / 5, 0x41, 1, 0x04, 0x40)));
        add(
                "blocks that never end",
                () -> run(bytes(0).raw(BODY_BYTES / 2, new int[] {0x02, 0x40})),
                INVALID,
                MALFORMED);
        addLarge(
                "loops that each may go on",
                () -> {
                    int depth = 100_000;
                    TestModule code = bytes(0).raw(depth, new int[] {0x03, 0x40});
                    return run(code.raw(depth, new int[] {0x41, 0, 0x0d, 0, END}));
                });
        addLarge(
                "branches to every depth",
                () -> {
                    int depth = 50_000;
                    TestModule code = bytes(0).raw(depth, new int[] {0x02, 0x40});
                    for (int i = 0; i < depth; i++) {
                        code.raw(0x41, 0, 0x0d).u32(depth - 1 - i);
                    }
                    return run(code.raw(depth, new int[] {END}));
                });
        add(
                "blocks in a constant",
                () -> section(6, bytes(1, I32, 0).raw(1_000_000, new int[] {0x02, 0x40})),
                INVALID,
                MALFORMED);
        addLarge(
                "a sum of a million in a constant",
                () -> {
                    TestModule global = bytes(1, I32, 0, 0x41, 0);
                    return section(6, global.raw(1_000_000, new int[] {0x41, 1, 0x6a}).raw(END));
                });
        addLarge(
                "a constant of a million operands",
                () -> {
                    int count = 1_000_000;
                    TestModule global = bytes(1, I32, 0).append(constants(count));
                    return section(6, global.raw(count - 1, new int[] {0x6a}).raw(END));
                });
    }

    private static TestModule nest(int depth, int... opening) {
        return bytes(0).raw(depth, opening).raw(depth, new int[] {END});
    }

    private void addLongCode() {
        add("nothing, long", () -> run(bytes(0).raw(BODY_BYTES, new int[] {1})), VALUES);
        add("a body too long", () -> run(bytes(0).raw(7_700_000, new int[] {1})), LIMIT);
        addLarge(
                "two million additions",
                () -> run(bytes(0, 0x41, 0).raw(2_000_000, new int[] {0x41, 1, 0x6a}).raw(0x1a)));
        addLarge(
                "600,000 operands",
                () -> run(bytes(0).append(constants(600_000)).append(drops(600_000))));
        addLarge(
                "a million numbers, all different",
                () -> {
                    TestModule code = bytes(0);
                    for (int i = 0; i < 900_000; i++) {
                        code.raw(0x42).s64(0x1234567L * i).raw(0x1a);
                    }
                    return run(code);
                });
        addLarge(
                "a label for each of a million values",
                () -> {
                    TestModule code = bytes(0, 0x02, 0x40, 0x41, 3, 0x0e).u32(1_000_000);
                    return run(code.raw(1_000_001, new int[] {0}).raw(END));
                });
        addLarge(
                "ten thousand labels, all different",
                () -> {
                    int depth = 10_000;
                    TestModule code = bytes(0).raw(depth, new int[] {0x02, 0x40});
                    code.raw(0x41, 3, 0x0e).u32(depth - 1);
                    for (int i = 0; i < depth; i++) {
                        code.u32(i);
                    }
                    return run(code.raw(depth, new int[] {END}));
                });
        addLarge(
                "a memory grown a hundred thousand times",
                () -> {
                    int[] grow = {0x41, 0, 0x40, 0, 0x1a};
                    return withMemory(bytes(0).raw(100_000, grow));
                });
        addLarge("calls of a hundred thousand functions", HostileModules::callsOfAll);
        addLarge("all of 60,000 globals", HostileModules::allGlobals);
    }

    private static byte[] callsOfAll() {
        int count = 100_000;
        TestModule caller = bytes(0);
        TestModule code = new TestModule().u32(count + 1);
        for (int i = 1; i <= count; i++) {
            caller.raw(0x10).u32(i);
        }
        code.sized(caller.raw(END));
        for (int i = 1; i <= count; i++) {
            code.sized(bytes(0, END));
        }
        TestModule functions = new TestModule().u32(count + 1).raw(count + 1, new int[] {0});
        return withTypes(bytes(1, 0x60, 0, 0), functions, code);
    }

    private static byte[] allGlobals() {
        int count = 60_000;
        TestModule body = bytes(0);
        for (int i = 0; i < count; i++) {
            body.raw(0x23).u32(i).raw(0x24).u32(count - 1 - i);
        }
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(6, u32(count).raw(count, new int[] {I32, 1, 0x41, 1, END}))
                .section(7, bytes(1).name("run").raw(0, 0))
                .section(10, bytes(1).sized(body.raw(END)))
                .toBytes();
    }

    /** Small modules where one thing multiplies another. */
    private void addProducts() {
        for (int count : new int[] {1_000, 100_000}) {
            addLarge(
                    count + " blocks of a thousand parameters, one in the other",
                    () -> wide(count, new int[] {0x02, 1}, new int[] {END}));
            addLarge(
                    count + " loops of a thousand parameters, one behind the other",
                    () -> wide(count, new int[] {0x03, 1, END}, new int[0]));
            addLarge(
                    count + " branches with a thousand values",
                    () -> branches(bytes(0x02, 1), count, 0x41, 0, 0x0d, 0));
            addLarge(
                    count + " returns of a thousand values",
                    () -> branches(bytes(0x02, 1), count, 0x41, 0, 0x04, 0x40, 0x0f, END));
            addLarge(
                    count + " labels with a thousand values",
                    () -> {
                        TestModule table = bytes(0x41, 2, 0x0e).u32(count);
                        table.raw(count + 1, new int[] {0});
                        return wide(bytes(0x02, 1).append(table).raw(END));
                    });
            addLarge(
                    count + " calls with a thousand arguments and results",
                    () -> wideCalls(1_000, count));
            addLarge(count + " calls with 200 arguments and results", () -> wideCalls(200, count));
            addLarge(count + " blocks with 50,000 locals", () -> blocksWithLocals(count));
            addLarge(count + " loops with 50,000 locals", () -> loopsWithLocals(count));
            addLarge(count + " calls with 50,000 locals", () -> callsWithLocals(count));
        }
        addLarge("a loop around wide tables", HostileModules::tablesInLoop);
        add("recursion with 50,000 locals", HostileModules::deepFrames, EXHAUSTION, LIMIT);
        add("recursion with a thousand results", HostileModules::wideRecursion, EXHAUSTION, LIMIT);
    }

    /** A thousand values on the stack, the code, and drops. */
    private static byte[] wide(TestModule code) {
        TestModule body = wideBody(1_000, code);
        return withTypes(wideTypes(1_000), bytes(1, 0), bytes(1).sized(body));
    }

    private static TestModule wideBody(int count, TestModule code) {
        return bytes(0).append(constants(count)).append(code).append(drops(count)).raw(END);
    }

    /** Calls of a function that gives what it takes. */
    private static byte[] wideCalls(int count, int calls) {
        TestModule body = wideBody(count, new TestModule().raw(calls, new int[] {0x10, 1}));
        TestModule same = bytes(0);
        for (int i = 0; i < count; i++) {
            same.raw(0x20).u32(i);
        }
        return withTypes(
                wideTypes(count), bytes(2, 0, 1), bytes(2).sized(body).sized(same.raw(END)));
    }

    private static byte[] wide(int count, int[] opening, int[] closing) {
        return wide(new TestModule().raw(count, opening).raw(count, closing));
    }

    private static byte[] branches(TestModule block, int count, int... branch) {
        return wide(block.raw(count, branch).raw(END));
    }

    private static byte[] blocksWithLocals(int count) {
        TestModule body = locals(50_000);
        for (int i = 0; i < count; i++) {
            body.raw(0x20).u32(i % 50_000).raw(0x04, 0x40, 0x41, 1, 0x21).u32(i * 7 % 50_000);
            body.raw(END);
        }
        return run(body);
    }

    private static byte[] loopsWithLocals(int count) {
        TestModule body = locals(50_000);
        for (int i = 0; i < count; i++) {
            body.raw(0x03, 0x40, 0x20).u32(i % 50_000).raw(0x0d, 0, END);
        }
        return run(body);
    }

    /** All locals live across all calls. */
    private static byte[] callsWithLocals(int count) {
        TestModule body = locals(50_000);
        for (int i = 0; i < 50_000; i++) {
            body.raw(0x41, 1, 0x21).u32(i);
        }
        body.raw(count, new int[] {0x10, 1});
        for (int i = 0; i < 50_000; i++) {
            body.raw(0x20).u32(i).raw(0x1a);
        }
        return withTypes(
                bytes(1, 0x60, 0, 0),
                bytes(2, 0, 0),
                bytes(2).sized(body.raw(END)).sized(bytes(0, END)));
    }

    private static byte[] tablesInLoop() {
        TestModule body = bytes(1, 1, I32, 0x03, 0x40);
        for (int i = 0; i < 50; i++) {
            body.raw(200, new int[] {0x02, 0x40}).raw(0x20, 0, 0x0e).u32(200);
            for (int label = 0; label <= 200; label++) {
                body.u32(label);
            }
            body.raw(200, new int[] {END});
        }
        return run(body.raw(END));
    }

    private static byte[] deepFrames() {
        TestModule body = locals(50_000).raw(0x10, 0);
        for (int i = 0; i < 50_000; i++) {
            body.raw(0x20).u32(i).raw(0x1a);
        }
        return run(body);
    }

    private static byte[] wideRecursion() {
        TestModule type = TestModule.i32Type(0, 1_000);
        return TestModule.oneFunction(type, bytes(0, 0x10, 0));
    }

    private void addManyOfOne() {
        int million = 1_000_000;
        add(
                "a million types",
                () -> section(1, u32(million).raw(million, new int[] {0x60, 0, 0})),
                VALUES);
        add(
                "a type too many",
                () -> section(1, u32(million + 1).raw(3_000_003, new int[1])),
                LIMIT);
        add("60,000 types, all different", HostileModules::differentTypes, VALUES, LIMIT);
        add(
                "a thousand parameters and results",
                () -> section(1, bytes(1).append(TestModule.i32Type(1_000, 1_000))),
                VALUES);
        add(
                "a parameter too many",
                () -> section(1, bytes(1).append(TestModule.i32Type(1_001, 0))),
                LIMIT);
        add("a million empty functions", () -> functions(million), VALUES, LIMIT);
        add("a function too many", () -> functions(million + 1), LIMIT);
        add("a hundred thousand imports", HostileModules::imports, VALUES, LIMIT);
        add("a hundred thousand exports", () -> exports(100_000, i -> "e" + i), VALUES);
        add("names with one hash", () -> exports(1 << 16, HostileModules::sameHash), VALUES);
        add("a hundred thousand globals", () -> globals(100_000), VALUES, LIMIT);
        add(
                "a million custom sections",
                () -> header().raw(million, new int[] {0, 1, 0}).toBytes(),
                VALUES);
        add(
                "100,000 active segments of no bytes",
                () ->
                        header().section(5, bytes(1, 0, 1))
                                .section(
                                        11,
                                        u32(100_000).raw(100_000, new int[] {0, 0x41, 0, END, 0}))
                                .toBytes(),
                VALUES);
        add(
                "100,001 segments",
                () -> section(9, u32(100_001).raw(100_001, new int[] {1, 0, 0})),
                LIMIT);
        add(
                "10,000 segments of a thousand elements",
                () -> {
                    TestModule elements = new TestModule().raw(1_000, new int[] {0});
                    TestModule segments = u32(10_000);
                    TestModule segment = bytes(1, 0).u32(1_000).append(elements);
                    for (int i = 0; i < 10_000; i++) {
                        segments.append(segment);
                    }
                    return header().section(1, bytes(1, 0x60, 0, 0))
                            .section(3, bytes(1, 0))
                            .section(9, segments)
                            .section(10, bytes(1, 2, 0, END))
                            .toBytes();
                },
                VALUES,
                LIMIT);
        add("runs of no locals", () -> run(u32(million).raw(million, new int[] {0, I32})), VALUES);
        add("a local too many", () -> run(bytes(1).u32(50_001).raw(I32)), LIMIT);
    }

    private static byte[] differentTypes() {
        int count = 60_000;
        TestModule types = u32(count);
        for (int i = 0; i < count; i++) {
            types.raw(0x60, 16);
            for (int bit = 0; bit < 16; bit++) {
                types.raw(I32 - (i >> bit & 1));
            }
            types.raw(0);
        }
        return section(1, types);
    }

    private static byte[] functions(int count) {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, u32(count).raw(count, new int[] {0}))
                .section(7, bytes(1).name("run").raw(0).u32(count - 1))
                .section(10, u32(count).raw(count, new int[] {2, 0, END}))
                .toBytes();
    }

    private static byte[] imports() {
        int count = 100_000;
        TestModule imports = u32(count);
        for (int i = 0; i < count; i++) {
            imports.name("m" + i % 7).name("f" + i).raw(0, 0);
        }
        return header().section(1, bytes(1, 0x60, 0, 0)).section(2, imports).toBytes();
    }

    private static byte[] exports(int count, java.util.function.IntFunction<String> name) {
        TestModule exports = u32(count);
        for (int i = 0; i < count; i++) {
            exports.name(name.apply(i)).raw(0, 0);
        }
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(7, exports)
                .section(10, bytes(1, 2, 0, END))
                .toBytes();
    }

    /** Java's strings have the same hash whichever of the two stands where. */
    private static String sameHash(int index) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            name.append((index >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static byte[] globals(int count) {
        return section(6, u32(count).raw(count, new int[] {I32, 1, 0x41, 0, END}));
    }

    private void addMemoriesAndTables() {
        add("a memory of 4 GiB", () -> section(5, bytes(1, 0).u32(65_536)), LIMIT);
        add("a memory of nearly 2 GiB", () -> section(5, bytes(1, 0).u32(32_767)), LIMIT);
        add("a memory of 2^32-1 pages", () -> section(5, bytes(1, 0).u32(U32_MAX)), INVALID);
        add("a table of 2^32-1 elements", () -> section(4, bytes(1, 0x70, 0).u32(U32_MAX)), LIMIT);
        add(
                "a hundred tables of ten million elements",
                () -> {
                    TestModule tables = bytes(100);
                    for (int i = 0; i < 100; i++) {
                        tables.raw(0x70, 0).u32(10_000_000);
                    }
                    return section(4, tables);
                },
                LIMIT);
        add("101 tables", () -> section(4, bytes(101).raw(101, new int[] {0x70, 0, 0})), LIMIT);
        add(
                "data behind the memory",
                () -> memoryAnd(bytes(0, 0x41).s32(65_535).raw(END, 2, 1, 2)),
                UNINSTANTIABLE);
        add("data at -1", () -> memoryAnd(bytes(0, 0x41, 0x7f, END, 1, 1)), UNINSTANTIABLE);
        add(
                "elements behind the table",
                () ->
                        header().section(1, bytes(1, 0x60, 0, 0))
                                .section(3, bytes(1, 0))
                                .section(4, bytes(1, 0x70, 0, 1))
                                .section(9, bytes(1, 0, 0x41, 1, END, 1, 0))
                                .section(10, bytes(1, 2, 0, END))
                                .toBytes(),
                UNINSTANTIABLE);
        add("a memory grown until it is full", HostileModules::growUntilFull, VALUES, INTERRUPTED);
        add("a table grown until it is full", HostileModules::growTable, VALUES, INTERRUPTED);
        add("a fill of 4 GiB", () -> bulk(0x0b, 0), TRAP);
        add("a copy of 4 GiB", () -> bulk(0x0a, 0, 0), TRAP);
        add("fills without end", HostileModules::fillForEver, INTERRUPTED);
    }

    private static byte[] memoryAnd(TestModule segment) {
        return header().section(5, bytes(1, 0, 1)).section(11, bytes(1).append(segment)).toBytes();
    }

    private static byte[] growUntilFull() {
        int[] loop = {0x03, 0x40, 0x41, 1, 0x40, 0, 0x41, 0x7f, 0x47, 0x0d, 0, END};
        return withMemory(bytes(0).raw(loop));
    }

    private static byte[] growTable() {
        TestModule loop = bytes(0, 0x03, 0x40, 0xd2, 0, 0x41).s32(100_000).raw(0xfc, 15, 0);
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(4, bytes(1, 0x70, 0, 1))
                .section(7, bytes(1).name("run").raw(0, 0))
                .section(10, bytes(1).sized(loop.raw(0x41, 0x7f, 0x47, 0x0d, 0, END, END)))
                .toBytes();
    }

    private static byte[] bulk(int code, int... memories) {
        return withMemory(bytes(0, 0x41, 0, 0x41, 0, 0x41, 0x7f, 0xfc, code).raw(memories));
    }

    private static byte[] fillForEver() {
        TestModule body = bytes(0, 0x41).s32(1_000).raw(0x40, 0, 0x1a, 0x03, 0x40);
        body.raw(0x41, 0, 0x41, 1, 0x41).s32(1_000 << 16).raw(0xfc, 0x0b, 0, 0x0c, 0, END);
        return withMemory(body);
    }

    private void addEndless() {
        add("a loop", () -> code(0x03, 0x40, 0x0c, 0, END), INTERRUPTED);
        add("recursion", () -> code(0x10, 0), EXHAUSTION);
        add("recursion without end in a loop", HostileModules::fibonacci, INTERRUPTED);
        add("recursion through the host", HostileModules::throughHost, EXHAUSTION);
        add("a start that loops", () -> start(0x03, 0x40, 0x0c, 0, END), INTERRUPTED);
        add("a start that calls itself", () -> start(0x10, 0), UNINSTANTIABLE);
        add("a start that traps", () -> start(0), UNINSTANTIABLE);
        add("a table of functions that call each other", HostileModules::ring, EXHAUSTION);
    }

    private static byte[] start(int... code) {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(8, bytes(0))
                .section(10, bytes(1).sized(bytes(0).raw(code).raw(END)))
                .toBytes();
    }

    /** {@code f(n)} calls {@code f(n-1)} twice: never deep, never done. */
    private static byte[] fibonacci() {
        TestModule inner = bytes(0, 0x20, 0, 0x45, 0x0d, 0);
        inner.raw(0x20, 0, 0x41, 1, 0x6b, 0x10, 1, 0x20, 0, 0x41, 1, 0x6b, 0x10, 1);
        return withTypes(
                bytes(2, 0x60, 0, 0, 0x60, 1, I32, 0),
                bytes(2, 0, 1),
                bytes(2).sized(bytes(0, 0x41, 60, 0x10, 1, END)).sized(inner.raw(END)));
    }

    /** The host's function calls {@code run} again; see {@link HostileRun}. */
    private static byte[] throughHost() {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(2, bytes(1).name("host").name("again").raw(0, 0))
                .section(3, bytes(1, 0))
                .section(7, bytes(1).name("run").raw(0, 1))
                .section(10, bytes(1).sized(bytes(0, 0x10, 0, END)))
                .toBytes();
    }

    private static byte[] ring() {
        TestModule code = bytes(100);
        TestModule elements = bytes(1, 0, 0x41, 0, END, 100);
        for (int i = 0; i < 100; i++) {
            code.sized(bytes(0, 0x41).s32((i + 1) % 100).raw(0x11, 0, 0, END));
            elements.raw(i);
        }
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(100).raw(100, new int[] {0}))
                .section(4, bytes(1, 0x70, 0, 100))
                .section(7, bytes(1).name("run").raw(0, 0))
                .section(9, elements)
                .section(10, code)
                .toBytes();
    }

    private void addNames() {
        String[] names = {
            "\0", "/", "[", ";", "<init>", "<clinit>", "a/b;c[d", "\ud83d\ude00", "\uffff"
        };
        for (String name : names) {
            String title = "an export called " + escaped(name);
            add(title, () -> exports(1, i -> name), VALUES);
            add(
                    "70 KB of it, " + title,
                    () -> exports(1, i -> name.repeat(70_000 / name.length() / 3)),
                    VALUES);
        }
        add("an export of 100,001 bytes", () -> exports(1, i -> "a".repeat(100_001)), LIMIT);
        add("two exports of one name", () -> exports(2, i -> "run"), INVALID);
        add(
                "an export that is no UTF-8",
                () -> section(7, bytes(1, 2, 0xc0, 0x80, 0, 0)),
                MALFORMED);
        add("a name section of garbage", () -> named(bytes(1, 5, 9, 9, 9, 9, 9, 1, 200)), VALUES);
        add("2^32-1 names", () -> named(bytes(1).sized(u32(U32_MAX))), VALUES);
        add(
                "a name with a length beyond all",
                () -> named(bytes(1).sized(bytes(1, 0).u32(U32_MAX))),
                VALUES);
        add(
                "a name of 90 KB that no class file takes",
                () -> named(bytes(1).sized(bytes(1, 0).name("\0/[;<".repeat(18_000)))),
                VALUES);
        add("a name section without names", () -> named(new TestModule()), VALUES);
    }

    private static String escaped(String name) {
        return name.chars().mapToObj(Integer::toHexString).toList().toString();
    }

    private static byte[] named(TestModule names) {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(7, bytes(1).name("run").raw(0, 0))
                .section(10, bytes(1, 2, 0, END))
                .section(0, new TestModule().name("name").append(names))
                .toBytes();
    }

    private void addEncodings() {
        int[] tenBytes = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0};
        add("nothing", () -> new byte[0], MALFORMED);
        add(
                "a section's size in ten bytes",
                () -> header().raw(1).raw(tenBytes).toBytes(),
                MALFORMED);
        add("a count in ten bytes", () -> section(1, bytes(tenBytes)), MALFORMED);
        add(
                "a constant in ten bytes",
                () -> run(bytes(0, 0x41).raw(tenBytes).raw(0x1a)),
                MALFORMED);
        add("an alignment of 2^63", () -> load(0x3f), INVALID);
        add("an alignment of 2^31", () -> load(0x1f), INVALID);
        add("flags of an access of 2^32-1", () -> load(0xbf, 0xff, 0xff, 0xff, 0x0f), MALFORMED);
        add("a custom section without a name", () -> section(0, new TestModule()), MALFORMED);
        add(
                "sections in the wrong order",
                () -> header().raw(3, 1, 0, 1, 1, 0).toBytes(),
                MALFORMED);
        add("a start function of 2^31", () -> startOf(1L << 31), INVALID);
    }

    private static byte[] load(int... flags) {
        return withMemory(bytes(0, 0x41, 0, 0x28).raw(flags).raw(0, 0x1a));
    }

    private static byte[] startOf(long funcidx) {
        return header().section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(8, u32(funcidx))
                .section(10, bytes(1, 2, 0, END))
                .toBytes();
    }
}
