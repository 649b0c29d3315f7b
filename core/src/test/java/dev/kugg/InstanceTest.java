package dev.kugg;

import static dev.kugg.internal.Code.EMPTY;
import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.GlobalType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Instances: apart from each other, linked, called, stopped, closed and collected. */
@Timeout(30)
class InstanceTest {
    private static final FuncType ACTION = FuncType.of();
    private static final FuncType UNARY = FuncType.of(ValType.I32).to(ValType.I32);

    /** State of every kind, and {@code count}, which changes all of it. */
    private static TestModule stateful() {
        TestModule module = new TestModule();
        module.exportMemory("memory", module.memory(1, 4));
        module.exportTable("table", module.table('x', 2, 4));
        int hidden = module.global('i', true, new Code().i32(0));
        int shared = module.global('l', true, new Code().i64(0));
        module.exportGlobal("shared", shared);
        int data = module.passiveData(1, 2);
        module.data(new Code().i32(16), 9);
        Code code = new Code().op(GLOBAL_GET, hidden).i32(1).op(I32_ADD).op(GLOBAL_SET, hidden);
        code.op(GLOBAL_GET, shared).i64(1).op(I64_ADD).op(GLOBAL_SET, shared);
        code.i32(0).op(GLOBAL_GET, hidden).memory(I32_STORE, 0);
        code.i32(1).op(MEMORY_GROW, 0).op(DROP).op(DATA_DROP, data);
        module.func("count", ":i", "", code.op(GLOBAL_GET, hidden));
        module.func("init", ":", "", new Code().i32(8).i32(0).i32(2).op(MEMORY_INIT, data, 0));
        return module;
    }

    @Test
    void instancesShareNothing() {
        WasmModule module = stateful().load();
        Instance one = module.start();
        Instance two = module.start();
        assertThat(one.func("count").call()).containsExactly(1);
        assertThat(one.func("count").call()).containsExactly(2);
        one.memory("memory").writeByte(16, (byte) 1);
        one.table("table").set(0, "one");
        assertThat(two.memory("memory").readInt(0)).isZero();
        assertThat(two.memory("memory").sizePages()).isEqualTo(1);
        assertThat(two.memory("memory").readByte(16)).isEqualTo((byte) 9);
        assertThat(two.table("table").get(0)).isNull();
        assertThat(two.global("shared").get()).isEqualTo(0L);
        assertThatThrownBy(() -> one.func("init").call()).isInstanceOf(TrapException.class);
        two.func("init").call();
        assertThat(two.memory("memory").readShort(8)).isEqualTo((short) 0x0201);
        assertThat(two.func("count").call()).containsExactly(1);
        one.close();
        assertThat(two.func("count").call()).containsExactly(2);
    }

    @Test
    void afterATrapAnInstanceIsUsable() {
        TestModule module = new TestModule();
        int global = module.global('i', true, new Code().i32(0));
        Code code = new Code().get(0).op(GLOBAL_SET, global).i32(1).get(0).op(I32_REM_S);
        module.func("set", "i:i", "", code);
        module.func("get", ":i", "", new Code().op(GLOBAL_GET, global));
        Instance instance = module.start();
        instance.func("set").call(7);
        assertThatThrownBy(() -> instance.func("set").call(0))
                .isInstanceOf(TrapException.class)
                .hasMessage("integer divide by zero");
        assertThat(instance.func("get").call()).as("changed before the trap").containsExactly(0);
        assertThat(instance.func("set").call(5)).containsExactly(1);
    }

    @Test
    void endlessRecursionIsExhaustion() {
        TestModule module = new TestModule();
        module.func("deep", "i:i", "", new Code().get(0).i32(1).op(I32_ADD).call(0));
        Instance instance = module.start();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> instance.func("deep").call(0))
                    .isInstanceOf(ExhaustionException.class)
                    .hasMessage("call stack exhausted");
        }
        InstanceBuilder builder = module.load().builder();
        assertThatThrownBy(() -> builder.stackBudget(16_383))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.stackBudget((1 << 30) + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.timeout(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One endless loop of each form. */
    private static TestModule endless() {
        TestModule module = new TestModule();
        int nothing = module.func(":", "", new Code());
        Code step = new Code().get(0).i32(2).op(I32_ADD).tee(0);
        module.func("plain", "i:", "", new Code().loop(EMPTY).br(0).end());
        module.func(
                "counted",
                "i:",
                "",
                new Code().loop(EMPTY).add(step).i32(1).op(I32_NE).brIf(0).end());
        module.func(
                "nested",
                "i:",
                "",
                new Code().loop(EMPTY).loop(EMPTY).get(0).brIf(0).end().br(0).end());
        module.func("calling", "i:", "", new Code().loop(EMPTY).call(nothing).br(0).end());
        module.func("values", "i:", "", new Code().loop(EMPTY).i32(0).i32(0).brTable(0).end());
        Code blocks = new Code().loop(EMPTY).block(EMPTY).get(0).brIf(0).end().br(0).end();
        module.func("blocks", "i:", "", blocks);
        return module;
    }

    @Test
    void endlessLoopsEndAtTheirTime() {
        Instance instance = endless().load().builder().timeout(Duration.ofMillis(50)).start();
        for (String name : instance.exports().keySet()) {
            assertThatThrownBy(() -> instance.func(name).call(0))
                    .as(name)
                    .isInstanceOf(InterruptionException.class)
                    .hasMessage("the call ran longer than 50 ms");
        }
    }

    @Test
    void aCallIsInterruptedFromAnotherThread() throws Exception {
        Instance instance = endless().start();
        Thread other =
                new Thread(
                        () -> {
                            sleep();
                            assertThatThrownBy(() -> instance.func("plain").call(0))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("is busy");
                            instance.interrupt();
                        });
        other.start();
        assertThatThrownBy(() -> instance.func("counted").call(0))
                .isInstanceOf(InterruptionException.class)
                .hasMessage("the call was interrupted");
        other.join();
        assertThat(instance.clearInterrupt()).isFalse();
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptWaitsForTheNextCall() {
        Instance instance = stateful().start();
        instance.interrupt();
        assertThatThrownBy(() -> instance.func("count").call())
                .isInstanceOf(InterruptionException.class);
        assertThat(instance.func("count").call()).containsExactly(1);
        instance.interrupt();
        assertThat(instance.clearInterrupt()).isTrue();
        assertThat(instance.func("count").call()).containsExactly(2);
    }

    @Test
    void closing() {
        List<String> log = new ArrayList<>();
        Instance instance =
                stateful().load().with(imports -> imports.onClose(() -> log.add("closed"))).start();
        Memory memory = instance.memory("memory");
        assertThat(instance.isClosed()).isFalse();
        instance.close();
        instance.close();
        assertThat(instance.isClosed()).isTrue();
        assertThat(log).containsExactly("closed");
        assertThat(memory.readByte(16)).isEqualTo((byte) 9);
        assertThatThrownBy(() -> instance.func("count").call())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the instance of test.wasm is closed");
    }

    @Test
    void exportsByName() {
        Instance instance = stateful().start();
        assertThat(instance.exports())
                .containsOnlyKeys("memory", "table", "shared", "count", "init");
        assertThatThrownBy(() -> instance.func("absent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "test.wasm exports no function named \"absent\"; it exports count, init");
        assertThatThrownBy(() -> instance.memory("count"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("test.wasm exports no memory named \"count\"; it exports memory");
        assertThatThrownBy(() -> instance.global("memory"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> instance.table("memory"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(instance).hasToString("instance of test.wasm");
    }

    @Test
    void argumentsAreChecked() {
        TestModule module = new TestModule();
        module.func("f", "il:i", "", new Code().get(0));
        module.func("x", "x:", "", new Code());
        Instance instance = module.start();
        Func func = instance.func("f");
        assertThatThrownBy(() -> func.call(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("test.wasm!f [i32 i64] -> [i32] takes 2, got 1 arguments");
        assertThatThrownBy(() -> func.invoke(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "argument 1 of test.wasm!f [i32 i64] -> [i32]: expected Long for i64, got"
                                + " Integer 2");
        assertThatThrownBy(() -> func.invoke(null, 2L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("expected Integer for i32, got null");
        assertThatThrownBy(() -> instance.func("x").call(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a reference");
        assertThat(func.call(0x1_0000_0005L, 0)).containsExactly(5);
    }

    // ---- linking and host functions ----

    @Test
    void missingImportsAreNamed() {
        TestModule module = new TestModule();
        module.importFunc("env", "f", "i:i");
        module.importGlobal("env", "g", 'i', false);
        module.importMemory("other", "m", 1, 2);
        Host host = imports -> imports.function("env", "f", UNARY, call -> {});
        assertThatThrownBy(() -> module.load().with(host).start())
                .isInstanceOf(UnlinkableException.class)
                .hasMessageStartingWith("unknown import: test.wasm needs \"env\" \"g\" global i32")
                .hasMessageContaining("\"other\" \"m\" memory 1 2");
    }

    @Test
    void importsOfAnotherType() {
        TestModule module = new TestModule();
        module.importFunc("env", "f", "i:i");
        Host host = imports -> imports.function("env", "f", ACTION, call -> {});
        assertThatThrownBy(() -> module.load().with(host).start())
                .isInstanceOf(UnlinkableException.class)
                .hasMessageStartingWith(
                        "incompatible import type: test.wasm needs \"env\" \"f\" func [i32] ->"
                                + " [i32], and the host gives func [] -> []");
        TestModule global = new TestModule();
        global.importGlobal("env", "g", 'i', true);
        Global constant = Global.create(new GlobalType(ValType.I32, false), 1);
        assertThatThrownBy(
                        () ->
                                global.load()
                                        .with(imports -> imports.extern("env", "g", constant))
                                        .start())
                .isInstanceOf(UnlinkableException.class);
    }

    @Test
    void sharedGlobalsAndMemories() {
        TestModule module = new TestModule();
        int global = module.importGlobal("env", "g", 'l', true);
        int constant = module.importGlobal("env", "c", 'f', false);
        module.importMemory("env", "m", 1, TestModule.NO_MAX);
        int copy = module.global('f', false, new Code().op(GLOBAL_GET, constant));
        Code add = new Code().op(GLOBAL_GET, global).i64(2).op(I64_MUL).op(GLOBAL_SET, global);
        module.func("twice", ":", "", add);
        module.func("copy", ":f", "", new Code().op(GLOBAL_GET, copy));
        module.func("grow", ":i", "", new Code().i32(1).op(MEMORY_GROW, 0));
        Code store = new Code().i32(65_536).get(0).memory(I32_STORE, 0);
        module.func("store", "i:", "", store);
        Global g = Global.create(new GlobalType(ValType.I64, true), 21L);
        Global c = Global.create(new GlobalType(ValType.F32, false), 1.5f);
        Memory m = Memory.create(new dev.kugg.types.MemoryType(dev.kugg.types.Limits.atLeast(1)));
        Host host =
                imports ->
                        imports.extern("env", "g", g).extern("env", "c", c).extern("env", "m", m);
        Instance one = module.load().with(host).start();
        Instance two = module.load().with(host).start();
        one.func("twice").call();
        two.func("twice").call();
        assertThat(g.get()).isEqualTo(84L);
        assertThat(one.func("copy").invoke()).containsExactly(1.5f);
        one.func("grow").call();
        two.func("store").call(7);
        assertThat(m.readInt(65_536)).isEqualTo(7);
    }

    @Test
    void whatAHostFunctionThrowsComesOutUnchanged() {
        TestModule module = new TestModule();
        int fail = module.importFunc("env", "fail", ":");
        module.memory(1, 1);
        Code code = new Code().i32(0).memory(I32_LOAD, 0).op(DROP).i32(1).i32(1).op(I32_DIV_U);
        module.func("f", ":", "", code.op(DROP).call(fail));
        Throwable[] all = {
            new IndexOutOfBoundsException("mine"),
            new ArithmeticException("mine"),
            new java.io.IOException("mine"),
            new Error("mine"),
            new TrapException("mine"),
            new ExitException(3)
        };
        for (Throwable each : all) {
            Host host = imports -> imports.function("env", "fail", ACTION, call -> throwIt(each));
            Instance instance = module.load().with(host).start();
            assertThatThrownBy(() -> instance.func("f").call()).isSameAs(each);
            assertThatThrownBy(() -> instance.func("f", Runnable.class).run()).isSameAs(each);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwIt(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void aHostFunctionSeesItsCallAndCallsBack() {
        TestModule module = new TestModule();
        FuncType type =
                FuncType.of(ValType.I32, ValType.F64, ValType.EXTERNREF)
                        .to(ValType.EXTERNREF, ValType.I64);
        int host = module.importFunc("env", "f", "idx:xl");
        module.exportMemory("memory", module.memory(1, 1));
        module.func("inc", "i:i", "", new Code().get(0).i32(1).op(I32_ADD));
        module.func("f", "idx:xl", "", new Code().get(0).get(1).get(2).call(host));
        Host env =
                imports ->
                        imports.function(
                                "env",
                                "f",
                                type,
                                call -> {
                                    call.result(1, 40L);
                                    assertThat(call.i32(0)).isEqualTo(5);
                                    assertThat(call.f64(1)).isEqualTo(2.5);
                                    call.refResult(0, "result");
                                    assertThat(call.ref(2)).isEqualTo("x");
                                    assertThat(call.type()).isEqualTo(type);
                                    assertThat(call.memory().sizePages()).isEqualTo(1);
                                    long back = call.instance().func("inc").call(call.i32(0))[0];
                                    call.result(1, 40 + back);
                                    assertWrongIndices(call);
                                });
        Instance instance = module.load().with(env).start();
        assertThat(instance.func("f").invoke(5, 2.5, "x")).containsExactly("result", 46L);
    }

    private static void assertWrongIndices(HostCall call) {
        assertThatThrownBy(() -> call.i64(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.i32(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.ref(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.result(1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.result(2, 5L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.refResult(1, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startFunctionsAndInitialize() {
        TestModule module = new TestModule();
        int global = module.global('i', true, new Code().i32(1));
        module.exportGlobal("g", global);
        Code times10 = new Code().op(GLOBAL_GET, global).i32(10).op(I32_MUL);
        module.start(module.func(":", "", times10.op(GLOBAL_SET, global)));
        Code plus1 = new Code().op(GLOBAL_GET, global).i32(1).op(I32_ADD);
        module.func("_initialize", ":", "", plus1.op(GLOBAL_SET, global));
        assertThat(module.start().global("g").get()).isEqualTo(11);
        Instance raw = module.load().builder().initialize(false).start();
        assertThat(raw.global("g").get()).isEqualTo(10);
    }

    @Test
    void aStartFunctionOrSegmentThatTraps() {
        TestModule start = new TestModule();
        start.start(start.func(":", "", new Code().op(UNREACHABLE)));
        assertThatThrownBy(start::start)
                .isInstanceOf(UninstantiableException.class)
                .hasMessage("unreachable (while test.wasm was started)");
        TestModule data = new TestModule();
        data.memory(1, 1);
        data.data(new Code().i32(65_535), 1, 2);
        assertThatThrownBy(data::start)
                .isInstanceOf(UninstantiableException.class)
                .hasMessageStartingWith("out of bounds memory access");
        TestModule elem = new TestModule();
        elem.table('r', 1, 1);
        elem.elem(0, new Code().i32(1), elem.func(":", "", new Code()));
        assertThatThrownBy(elem::start)
                .isInstanceOf(UninstantiableException.class)
                .hasMessageStartingWith("out of bounds table access");
    }

    // ---- unloading ----

    /** Starts, binds and calls in all ways, and keeps nothing. */
    private static WeakReference<ClassLoader> cycle(int turn) {
        Instance instance = stateful().load().builder().timeout(Duration.ofHours(turn % 2)).start();
        ClassLoader loader = instance.getClass().getClassLoader();
        assertThat(instance.func("count").call()).containsExactly(1);
        assertThat(instance.func("count", IntSupplier.class).getAsInt()).isEqualTo(2);
        Public bound = instance.exports(Public.class);
        Hidden hidden = instance.exports(Hidden.class);
        assertThat(bound.count() + hidden.count()).isEqualTo(3 + 4);
        if (turn % 3 == 0) {
            instance.close();
        }
        return new WeakReference<>(loader);
    }

    /** An interface that outlives the modules. */
    public interface Public {
        int count();
    }

    interface Hidden {
        int count();
    }

    @Test
    void codeIsUnloaded() throws InterruptedException {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            loaders.add(cycle(i));
        }
        for (int i = 0; i < 50 && loaders.stream().anyMatch(each -> each.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(loaders).allMatch(each -> each.get() == null);
    }
}
