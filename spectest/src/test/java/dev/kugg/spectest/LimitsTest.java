package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.WasmException;
import dev.kugg.WasmModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Valid modules that are large, deep or wide: each runs right, or is refused at load as over a
 * limit; never anything else, and in time that grows with the input and not with its square.
 */
@Timeout(120)
final class LimitsTest {
    private static final int[] ADD_ONE = {0x41, 1, 0x6a};
    private static final int[] BLOCK = {0x02, 0x40};
    private static final int[] LOOP = {0x03, 0x40};
    private static final int[] IF = {0x41, 1, 0x04, 0x40};
    private static final int[] END = {0x0b};

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000, 100_000, 1_000_000})
    void longBodies(int adds) {
        TestModule body = new TestModule().raw(0, 0x41, 0).raw(adds, ADD_ONE);
        check(i32Result(body), adds);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 10_000, 100_000})
    void deepNesting(int depth) {
        for (int[] opening : new int[][] {BLOCK, LOOP, IF}) {
            TestModule body = new TestModule().raw(0).raw(depth, opening).raw(depth, END);
            check(i32Result(body.raw(0x41, 7)), 7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 70_000})
    void manyOperands(int count) {
        TestModule body =
                new TestModule()
                        .raw(0)
                        .raw(count, new int[] {0x41, 1})
                        .raw(count - 1, new int[] {0x6a});
        check(i32Result(body), count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 250, 1_000, 5_000, 50_000})
    void manyLocals(int count) {
        TestModule body = new TestModule().raw(1).u32(count).raw(0x7f);
        body.raw(0x41, 5, 0x21).u32(count - 1).raw(0x20).u32(count - 1);
        check(i32Result(body), 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 254, 255, 256, 300, 1_000})
    void manyParameters(int count) {
        TestModule body = new TestModule().raw(0, 0x20).u32(count - 1);
        long[] arguments = new long[count];
        arguments[count - 1] = 11;
        check(TestModule.oneFunction(TestModule.i32Type(count, 1), body), 11, arguments);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 255, 1_000})
    void manyResults(int count) {
        TestModule body = new TestModule().raw(0).raw(count, new int[] {0x41, 3});
        check(TestModule.oneFunction(TestModule.i32Type(0, count), body), 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 10_000, 200_000})
    void longBranchTables(int targets) {
        TestModule body = new TestModule().raw(0, 0x02, 0x40, 0x41, 3, 0x0e).u32(targets);
        body.raw(targets + 1, new int[] {0}).raw(0x0b, 0x41, 9);
        check(i32Result(body), 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5_000, 100_000})
    void manyFunctions(int count) {
        check(functions(count), count - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 70_000})
    void manyGlobals(int count) {
        TestModule globals = new TestModule().u32(count);
        for (int i = 0; i < count; i++) {
            globals.raw(0x7f, 1, 0x41).s32(i).raw(0x0b);
        }
        TestModule body = new TestModule().raw(0, 0x23).u32(count - 1).raw(0x0b);
        byte[] module =
                TestModule.header()
                        .section(1, new TestModule().raw(1, 0x60, 0, 1, 0x7f))
                        .section(3, new TestModule().raw(1, 0))
                        .section(6, globals)
                        .section(7, new TestModule().raw(1).name("run").raw(0, 0))
                        .section(10, new TestModule().raw(1).sized(body))
                        .toBytes();
        check(module, count - 1);
    }

    /** Names that a class file would not take, in exports and in the name section. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.b;c[d/e<f>",
                "<init>",
                "\0",
                "\ud83d\ude00",
                "a\nb",
                "java/lang/Object"
            })
    void oddNames(String name) {
        int size = Math.max(name.getBytes(StandardCharsets.UTF_8).length, 1);
        for (String odd : new String[] {name, name.repeat(90_000 / size)}) {
            WasmModule module = Kugg.module(odd, named(odd));
            try (Instance instance = module.start()) {
                Throwable trap = catchThrowable(() -> instance.func(odd).call());
                assertThat(trap).hasMessage("unreachable");
                assertThat(trap.getStackTrace()).isNotEmpty();
                assertThat(trap.getStackTrace()[0].toString()).isNotEmpty();
            }
        }
    }

    /** Counts and sizes far beyond the input end the load, before anything of that size is made. */
    @Test
    void hugeCounts() {
        for (int section = 1; section <= 12; section++) {
            for (long count : new long[] {1_000_000, 0x7fffffffL, 0xffffffffL}) {
                TestModule contents = new TestModule().u32(count);
                byte[] module = TestModule.header().section(section, contents).toBytes();
                assertThat(catchThrowable(() -> Kugg.module("huge.wasm", module)))
                        .as("section %d with %d entries", section, count)
                        .isInstanceOf(WasmException.class);
            }
        }
    }

    @Test
    void tooManyLocals() {
        TestModule body = new TestModule().raw(2).u32(0xffffffffL).raw(0x7f, 2, 0x7f);
        assertThat(catchThrowable(() -> Kugg.module("locals.wasm", i32Result(body.raw(0x41, 1)))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("too many locals");
    }

    @Test
    void memoriesAndTablesThatDoNotFit() {
        TestModule memory = new TestModule().raw(1, 0).u32(65_536);
        assertThat(catchThrowable(() -> start(TestModule.header().section(5, memory).toBytes())))
                .isInstanceOf(LimitException.class);
        TestModule table = new TestModule().raw(1, 0x70, 0).u32(0xffffffffL);
        assertThat(catchThrowable(() -> start(TestModule.header().section(4, table).toBytes())))
                .isInstanceOf(LimitException.class);
    }

    /** Twice the input may not take four times as long. */
    @Test
    void timeToLoadIsLinear() {
        linear("blocks", n -> i32Result(nested(n)), 50_000);
        linear("adds", n -> i32Result(new TestModule().raw(0, 0x41, 0).raw(n, ADD_ONE)), 500_000);
        linear("functions", LimitsTest::functions, 20_000);
    }

    private static void linear(String what, IntFunction<byte[]> module, int size) {
        byte[] once = module.apply(size);
        byte[] fourTimes = module.apply(4 * size);
        load(once);
        long small = Math.max(cpuNanosToLoad(once), 5_000_000);
        long large = cpuNanosToLoad(fourTimes);
        assertThat((double) large / small).as("growth of the time for %s x 4", what).isLessThan(9);
    }

    private static long cpuNanosToLoad(byte[] module) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            load(module);
            long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            best = Math.min(best, after - before);
        }
        return best;
    }

    private static TestModule nested(int depth) {
        return new TestModule().raw(0).raw(depth, BLOCK).raw(depth, END).raw(0x41, 7);
    }

    private static byte[] i32Result(TestModule body) {
        return TestModule.oneFunction(TestModule.i32Type(0, 1), body);
    }

    /** Each function gives its index; {@code run} is the last. */
    private static byte[] functions(int count) {
        TestModule code = new TestModule().u32(count);
        for (int i = 0; i < count; i++) {
            code.sized(new TestModule().raw(0, 0x41).s32(i).raw(0x0b));
        }
        return TestModule.header()
                .section(1, new TestModule().raw(1, 0x60, 0, 1, 0x7f))
                .section(3, new TestModule().u32(count).raw(count, new int[] {0}))
                .section(7, new TestModule().raw(1).name("run").raw(0).u32(count - 1))
                .section(10, code)
                .toBytes();
    }

    /** A function that traps, exported under a name and called so in the name section. */
    private static byte[] named(String name) {
        TestModule names = new TestModule().name("name");
        TestModule functionNames = new TestModule().raw(1, 0).name(name);
        names.raw(1).sized(functionNames);
        return TestModule.header()
                .section(1, new TestModule().raw(1, 0x60, 0, 0))
                .section(3, new TestModule().raw(1, 0))
                .section(7, new TestModule().raw(1).name(name).raw(0, 0))
                .section(10, new TestModule().raw(1, 3, 0, 0, 0x0b))
                .section(0, names)
                .toBytes();
    }

    private static void check(byte[] bytes, long expected, long... arguments) {
        Optional<WasmModule> module = load(bytes);
        if (module.isEmpty()) {
            return;
        }
        try (Instance instance = module.get().start()) {
            assertThat(instance.func("run").call(arguments)[0]).isEqualTo(expected);
        }
    }

    /** {@return the module, or empty if it is over a limit, which it must say} */
    private static Optional<WasmModule> load(byte[] bytes) {
        try {
            return Optional.of(Kugg.module("large.wasm", bytes));
        } catch (LimitException e) {
            assertThat(e).hasMessageContaining("large.wasm");
            return Optional.empty();
        }
    }

    private static Instance start(byte[] bytes) {
        return Kugg.module("large.wasm", bytes).start();
    }
}
