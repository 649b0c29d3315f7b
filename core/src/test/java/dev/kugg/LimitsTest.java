package dev.kugg;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.WasmBytes;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Each limit that can be set: what is at it runs, and what is above ends as documented. */
class LimitsTest {
    private static WasmModule load(TestModule module, Limits limits) {
        return Kugg.module("guest.wasm", module.toBytes(), limits);
    }

    /** Each limit allows what it says and refuses one more, when it is loaded or started. */
    private static void check(
            int most, IntFunction<Limits> limits, IntFunction<TestModule> module, String message) {
        load(module.apply(most), limits.apply(most)).start().close();
        load(module.apply(most + 1), limits.apply(most + 1)).start().close();
        assertThatThrownBy(() -> load(module.apply(most + 1), limits.apply(most)).start())
                .isInstanceOf(LimitException.class)
                .hasMessageContaining(message);
    }

    // ---- memories ----

    private static TestModule memory(int pages) {
        TestModule module = new TestModule();
        module.memory(pages, TestModule.NO_MAX);
        module.exportMemory("memory", 0);
        module.func("grow", "i:i", "", new Code().get(0).op(MEMORY_GROW, 0));
        return module;
    }

    @Test
    void memoryAtTheStart() {
        check(
                3,
                Limits.DEFAULT::withMemoryPages,
                LimitsTest::memory,
                "a memory of 4 pages; the limit is 3 in guest.wasm");
        check(
                0,
                Limits.DEFAULT::withMemoryPages,
                LimitsTest::memory,
                "a memory of 1 pages; the limit is 0 in guest.wasm");
    }

    @Test
    void memoryAsItGrows() {
        Instance instance = load(memory(1), Limits.DEFAULT.withMemoryPages(4)).start();
        Func grow = instance.func("grow");
        assertThat(grow.call(4)[0]).isEqualTo(-1);
        assertThat(grow.call(-1)[0]).isEqualTo(-1);
        assertThat(grow.call(2)[0]).isEqualTo(1);
        assertThat(grow.call(2)[0]).isEqualTo(-1);
        assertThat(instance.memory("memory").grow(2)).isEqualTo(-1);
        assertThat(instance.memory("memory").grow(1)).isEqualTo(3);
        assertThat(grow.call(1)[0]).isEqualTo(-1);
        assertThat(grow.call(0)[0]).isEqualTo(4);
    }

    /** A memory counts for the instance that made it, whoever lets it grow. */
    @Test
    void importedMemories() {
        TestModule importing = new TestModule();
        importing.importMemory("m", "memory", 1, TestModule.NO_MAX);
        importing.func("grow", "i:i", "", new Code().get(0).op(MEMORY_GROW, 0));
        Instance owner = load(memory(1), Limits.DEFAULT.withMemoryPages(3)).start();
        Instance user =
                load(importing, Limits.DEFAULT.withMemoryPages(0))
                        .with(imports -> imports.exportsOf("m", owner))
                        .start();
        assertThat(user.func("grow").call(2)[0]).isEqualTo(1);
        assertThat(user.func("grow").call(1)[0]).isEqualTo(-1);
        assertThat(owner.func("grow").call(1)[0]).isEqualTo(-1);
    }

    /** Each instance has its own, by its builder's limits or else its module's. */
    @Test
    void limitsOfOneInstance() {
        WasmModule module = load(memory(2), Limits.DEFAULT.withMemoryPages(2));
        Instance first = module.start();
        Instance second = module.builder().limits(Limits.DEFAULT.withMemoryPages(3)).start();
        assertThat(first.func("grow").call(1)[0]).isEqualTo(-1);
        assertThat(second.func("grow").call(1)[0]).isEqualTo(2);
        assertThat(second.func("grow").call(1)[0]).isEqualTo(-1);
        assertThatThrownBy(module.builder().limits(Limits.DEFAULT.withMemoryPages(1))::start)
                .isInstanceOf(LimitException.class);
    }

    // ---- tables ----

    private static TestModule tables(int... sizes) {
        TestModule module = new TestModule();
        for (int i = 0; i < sizes.length; i++) {
            module.table('x', sizes[i], TestModule.NO_MAX);
            module.func("grow" + i, "i:i", "", new Code().refNull('x').get(0).op(TABLE_GROW, i));
        }
        module.exportTable("table", 0);
        return module;
    }

    @Test
    void tablesAtTheStart() {
        check(
                5,
                Limits.DEFAULT::withTableElements,
                LimitsTest::tables,
                "a table of 6 elements; the limit is 5 in guest.wasm");
        check(
                5,
                Limits.DEFAULT::withTableElements,
                count -> tables(2, 1, count - 3),
                "a table of 3 elements beside others; the limit of all together is 5"
                        + " in guest.wasm");
    }

    @Test
    void tablesAsTheyGrow() {
        Instance instance = load(tables(1, 2), Limits.DEFAULT.withTableElements(6)).start();
        assertThat(instance.func("grow0").call(4)[0]).isEqualTo(-1);
        assertThat(instance.func("grow0").call(2)[0]).isEqualTo(1);
        assertThat(instance.func("grow1").call(2)[0]).isEqualTo(-1);
        assertThat(instance.table("table").grow(2, null)).isEqualTo(-1);
        assertThat(instance.func("grow1").call(1)[0]).isEqualTo(2);
        assertThat(instance.func("grow1").call(0)[0]).isEqualTo(3);
        assertThat(instance.func("grow0").call(1)[0]).isEqualTo(-1);
    }

    // ---- bodies ----

    /** A body of so many bytes, its locals included. */
    private static TestModule bodyOf(int bytes) {
        TestModule module = new TestModule();
        module.func(":", "", nops(bytes - 2));
        return module;
    }

    private static Code nops(int count) {
        Code code = new Code();
        for (int i = 0; i < count; i++) {
            code.op(NOP);
        }
        return code;
    }

    @Test
    void bodies() {
        check(
                1000,
                Limits.DEFAULT::withBodyBytes,
                LimitsTest::bodyOf,
                "a function body of 1001 bytes; the limit is 1000 at byte ");
    }

    @Test
    void bodiesByDefault() {
        int most = Limits.DEFAULT_BODY_BYTES;
        load(bodyOf(most), Limits.DEFAULT).start().close();
        assertThatThrownBy(() -> load(bodyOf(most + 1), Limits.DEFAULT))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("a function body of 7654322 bytes; the limit is 7654321");
    }

    /** Sums in a body of more than 8 MB. */
    @Test
    void largerBodiesRun() {
        int adds = 3_000_000;
        WasmBytes body = new WasmBytes().bytes(0, 0x20, 0).repeat(adds, 0x41, 1, 0x6a).bytes(0x0b);
        byte[] wasm =
                WasmBytes.module()
                        .section(1, new WasmBytes().bytes(1, 0x60, 1, 0x7f, 1, 0x7f))
                        .section(3, new WasmBytes().bytes(1, 0))
                        .section(7, new WasmBytes().bytes(1).name("run").bytes(0, 0))
                        .code(body)
                        .toBytes();
        Limits limits = Limits.DEFAULT.withBodyBytes(Limits.MOST_BODY_BYTES);
        try (Instance instance = Kugg.module("guest.wasm", wasm, limits).start()) {
            assertThat(instance.func("run").call(5)[0]).isEqualTo(5 + adds);
        }
    }

    // ---- compile work ----

    @Test
    void compileWorkOfCode() {
        check(
                42,
                Limits.DEFAULT::withCompileWork,
                units -> bodyOf(units + 1),
                "more compile work than allowed; the limit is 42 units in guest.wasm");
    }

    @Test
    void compileWorkOfLocals() {
        IntFunction<TestModule> module =
                locals -> {
                    TestModule made = new TestModule();
                    made.funcWithManyLocals(":", locals, 'i', new Code());
                    return made;
                };
        long work = least(module.apply(1000));
        assertThat(least(module.apply(2000))).isEqualTo(work + 1000);
    }

    /** Functions that pass so many values again and again. */
    static TestModule calls(int values, int calls) {
        TestModule module = new TestModule();
        String kinds = "i".repeat(values);
        Code pushes = new Code();
        for (int i = 0; i < values; i++) {
            pushes.get(i);
        }
        for (int i = 0; i < calls; i++) {
            pushes.call(0);
        }
        module.func(kinds + ":" + kinds, "", pushes);
        return module;
    }

    /** Two bytes of code that take and give a thousand values are more than two units. */
    @Test
    void compileWorkOfCalls() {
        long usual = least(calls(16, 1));
        assertThat(least(calls(16, 11))).isEqualTo(usual + 10 * 2);
        long work = least(calls(1000, 1));
        assertThat(least(calls(1000, 11))).isEqualTo(work + 10 * (2 + 16 * 2 * 984));
    }

    /** {@return the least limit that a module loads with} */
    private static long least(TestModule module) {
        byte[] wasm = module.toBytes();
        long low = 0;
        long high = 1 << 26;
        while (low < high) {
            long middle = (low + high) / 2;
            try {
                Kugg.module("guest.wasm", wasm, Limits.DEFAULT.withCompileWork(middle));
                high = middle;
            } catch (LimitException e) {
                low = middle + 1;
            }
        }
        return low;
    }

    /** What 600 calls pass, 984 values twice each, is above a million. */
    @Test
    void valuesOfOneBody() {
        Limits limits = Limits.DEFAULT.withBodyBytes(20_000);
        load(calls(1000, 500), limits);
        assertThatThrownBy(() -> load(calls(1000, 600), limits))
                .isInstanceOf(LimitException.class)
                .hasMessage(
                        "a function body that passes more values than allowed; the limit is 1020000"
                                + " in guest.wasm");
    }

    // ---- instances ----

    @Test
    void instances() {
        WasmModule module = load(memory(1), Limits.DEFAULT.withInstances(2));
        Instance first = module.start();
        Instance second = module.start();
        assertThatThrownBy(module::start)
                .isInstanceOf(LimitException.class)
                .hasMessage("3 live instances; the limit is 2 in guest.wasm");
        first.close();
        first.close();
        Instance third = module.start();
        assertThatThrownBy(module::start).isInstanceOf(LimitException.class);
        second.close();
        third.close();
    }

    /** What could not be started does not count. */
    @Test
    void failedStarts() {
        TestModule module = new TestModule();
        int trap = module.func(":", "", new Code().op(UNREACHABLE));
        module.start(trap);
        WasmModule loaded = load(module, Limits.DEFAULT.withInstances(1));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(loaded::start).isInstanceOf(UninstantiableException.class);
        }
    }

    @Test
    void instancesNobodyHas() throws InterruptedException {
        WasmModule module = load(memory(1), Limits.DEFAULT.withInstances(1));
        assertThat(module.start().isClosed()).isFalse();
        for (int i = 0; i < 500; i++) {
            System.gc();
            try {
                module.start().close();
                return;
            } catch (LimitException e) {
                Thread.sleep(10);
            }
        }
        throw new AssertionError("the instance still counts");
    }

    // ---- setting them ----

    @Test
    void defaults() {
        Limits limits = Limits.DEFAULT;
        assertThat(limits.memoryPages()).isEqualTo(32_767);
        assertThat(limits.tableElements()).isEqualTo(10_000_000);
        assertThat(limits.bodyBytes()).isEqualTo(7_654_321);
        assertThat(limits.compileWork()).isEqualTo(268_435_456);
        assertThat(limits.instances()).isEqualTo(100_000);
    }

    @Test
    void eachIsSetAlone() {
        Limits limits =
                Limits.DEFAULT
                        .withMemoryPages(1)
                        .withTableElements(2)
                        .withBodyBytes(3)
                        .withCompileWork(4)
                        .withInstances(5);
        assertThat(limits)
                .hasToString(
                        "memory pages 1, table elements 2, body bytes 3, compile work 4, instances"
                                + " 5");
        assertThat(limits.withMemoryPages(6).tableElements()).isEqualTo(2);
        assertThat(limits.memoryPages()).isEqualTo(1);
    }

    @Test
    void figuresThatAreNoLimit() {
        Limits limits = Limits.DEFAULT;
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> limits.withMemoryPages(-1));
        wrong.add(() -> limits.withTableElements(-1));
        wrong.add(() -> limits.withBodyBytes(-1));
        wrong.add(() -> limits.withBodyBytes(Limits.MOST_BODY_BYTES + 1));
        wrong.add(() -> limits.withCompileWork(-1));
        wrong.add(() -> limits.withInstances(-1));
        for (Runnable each : wrong) {
            assertThatThrownBy(each::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a limit of ");
        }
        assertThat(limits.withBodyBytes(Limits.MOST_BODY_BYTES).bodyBytes()).isEqualTo(67_108_864);
    }

    /** However a module is loaded. */
    @Test
    void allWaysToLoad() throws IOException {
        byte[] wasm = bodyOf(100).toBytes();
        Limits limits = Limits.DEFAULT.withBodyBytes(99);
        Path file = Files.createTempFile("guest", ".wasm");
        try {
            Files.write(file, wasm);
            assertThatThrownBy(() -> Kugg.module(file, limits)).isInstanceOf(LimitException.class);
            assertThat(Kugg.module(file, limits.withBodyBytes(100)).exports()).isEmpty();
        } finally {
            Files.delete(file);
        }
        assertThatThrownBy(() -> Kugg.module("guest", new ByteArrayInputStream(wasm), limits))
                .isInstanceOf(LimitException.class);
        assertThatThrownBy(() -> Kugg.module(LimitsTest.class, "none.wasm", limits))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
