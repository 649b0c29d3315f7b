package dev.kugg;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * The first call of a function whose class is not there yet, wherever the guest stands when it
 * makes it: the class is written then and there.
 */
@Timeout(60)
class FirstCallTest {
    private static final Host HOST =
            imports ->
                    imports.function(
                            "env",
                            "twice",
                            FuncType.of(ValType.I32).to(ValType.I32),
                            call -> call.result(2 * call.i32(0)));

    private static final int ANSWER = 4 * 21 * 2;

    /** More than fits beside another function in one class. */
    private static Code padded(Code code) {
        Code all = new Code();
        for (int i = 0; i < 700; i++) {
            all.i32(1).op(DROP);
        }
        return all.add(code);
    }

    /**
     * Exports {@code deep(n)}, which calls itself n times and then {@code leaf}, and {@code
     * descend(n)}, which calls itself n times and nothing else. The leaf goes through a table to a
     * function that loops, through an import, and through memory, each of it in another class.
     */
    private static WasmModule recursion() {
        TestModule module = new TestModule();
        int twice = module.importFunc("env", "twice", "i:i");
        module.memory(1, 1);
        module.table('r', 1, 1);
        int loop = module.func("iii:i", "i", padded(sumUpTo()));
        int leaf =
                module.func(
                        "i:i",
                        "",
                        padded(
                                new Code()
                                        .i32(8)
                                        .get(0)
                                        .i32(0)
                                        .i32(0)
                                        .i32(0)
                                        .callIndirect(module.type("iii:i"), 0)
                                        .call(twice)
                                        .memory(I32_STORE, 4)
                                        .i32(8)
                                        .memory(I32_LOAD, 4)));
        module.elem(0, new Code().i32(0), loop);
        module.func("leaf", "i:i", "", padded(new Code().i32(7).call(leaf)));
        int deep = leaf + 2;
        module.func("deep", "i:i", "", recursion(deep, new Code().i32(7).call(leaf)));
        module.func("descend", "i:i", "", recursion(deep + 1, new Code().i32(0)));
        return module.load();
    }

    private static Code recursion(int self, Code end) {
        return new Code()
                .get(0)
                .op(I32_EQZ)
                .when(Code.I32)
                .add(end)
                .otherwise()
                .get(0)
                .i32(1)
                .op(I32_SUB)
                .call(self)
                .end();
    }

    /** n * 12, in a loop. */
    private static Code sumUpTo() {
        return new Code()
                .loop(Code.EMPTY)
                .get(3)
                .i32(12)
                .op(I32_ADD)
                .set(3)
                .get(0)
                .i32(1)
                .op(I32_SUB)
                .tee(0)
                .brIf(0)
                .end()
                .get(3);
    }

    private static Instance start(WasmModule module) {
        return module.with(HOST).start();
    }

    private static void works(Instance instance) {
        assertThat(instance.func("deep").call(0)).containsExactly(ANSWER);
        assertThat(instance.func("deep").call(10)).containsExactly(ANSWER);
        assertThat(instance.func("leaf").call(0)).containsExactly(ANSWER);
    }

    @Test
    void atTheEndOfTheBudget() {
        int depth = deepest(start(recursion()));
        // What the leaf and the functions behind it take themselves.
        for (int left = 20; left < 60; left++) {
            Instance fresh = start(recursion());
            assertThat(fresh.func("deep").call(depth - left)).containsExactly(ANSWER);
            works(fresh);
        }
        for (int left = -5; left < 20; left++) {
            Instance fresh = start(recursion());
            endsOrAnswers(fresh, depth - left);
            works(fresh);
        }
    }

    /** {@return the deepest recursion that works on this thread} */
    private static int deepest(Instance instance) {
        Func descend = instance.func("descend");
        int works = 0;
        for (int step = 1 << 20; step > 0; step >>= 1) {
            int next = works + step;
            if (catchThrowable(() -> descend.call(next)) == null) {
                works = next;
            }
        }
        return works;
    }

    private static boolean endsOrAnswers(Instance instance, int depth) {
        try {
            assertThat(instance.func("deep").call(depth)).containsExactly(ANSWER);
            return true;
        } catch (ExhaustionException e) {
            return false;
        }
    }

    /** The stack ends before the budget does: where exactly, is tried frame by frame. */
    @Test
    void atTheEndOfASmallStack() throws Exception {
        List<Instance> used = new ArrayList<>();
        onThread(() -> findTheEnd(used));
        // Not from the small stack either is anything broken for others.
        for (Instance instance : used) {
            works(instance);
        }
        works(start(recursion()));
    }

    @Test
    void atTheEndOfAVirtualThreadsStack() throws Exception {
        List<Instance> used = new ArrayList<>();
        FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(() -> findTheEnd(used)));
        Thread.ofVirtual().start(task);
        assertThat(task.get(50, TimeUnit.SECONDS)).isNull();
        for (Instance instance : used) {
            works(instance);
        }
    }

    private static void findTheEnd(List<Instance> used) {
        int answered = 0;
        int ended = 0;
        int depth = deepest(start(recursion()));
        for (int left = 400; left > -50; left -= 3) {
            Instance fresh = start(recursion());
            used.add(fresh);
            if (endsOrAnswers(fresh, depth - left)) {
                answered++;
            } else {
                ended++;
            }
            works(fresh);
        }
        assertThat(answered).isPositive();
        assertThat(ended).isPositive();
    }

    private static void onThread(Runnable action) throws Exception {
        FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(action::run));
        Thread thread = new Thread(null, task, "small", 256 << 10);
        thread.setDaemon(true);
        thread.start();
        assertThat(task.get(50, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void anInterruptedThreadStaysInterrupted() throws Exception {
        List<Instance> used = new ArrayList<>();
        onThread(
                () -> {
                    Thread.currentThread().interrupt();
                    findTheEnd(used);
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                });
    }

    /** Two threads need the same classes at the same time, for two instances of one module. */
    @Test
    void byTwoThreadsAtOnce() throws Exception {
        TestModule chain = new TestModule();
        int count = 100;
        chain.func("i:i", "", padded(new Code().get(0)));
        for (int i = 1; i < count; i++) {
            chain.func("i:i", "", padded(new Code().get(0).i32(1).op(I32_ADD).call(i - 1)));
        }
        chain.exportFunc("first", count - 1);
        // The other one comes from the other end, and meets the first in the middle.
        int next = count;
        for (int i = 0; i < count; i++) {
            Code call = new Code().get(0).call(i);
            chain.func("i:i", "", i == 0 ? call : call.op(DROP).get(0).call(next + i - 1));
        }
        chain.exportFunc("last", next + count - 1);
        byte[] bytes = chain.toBytes();
        for (int round = 0; round < 20; round++) {
            WasmModule module = Kugg.module("chain.wasm", bytes);
            CyclicBarrier barrier = new CyclicBarrier(2);
            FutureTask<long[]> first = call(barrier, module, "first");
            FutureTask<long[]> last = call(barrier, module, round % 2 == 0 ? "first" : "last");
            assertThat(first.get(20, TimeUnit.SECONDS)).containsExactly(5 + count - 1);
            assertThat(last.get(20, TimeUnit.SECONDS))
                    .containsExactly(round % 2 == 0 ? 5 + count - 1 : 5);
        }
    }

    /** No loop looks there, and its classes are written one after the other while it runs. */
    @Test
    void veryLargeStraightCodeIsStopped() {
        int additions = 300_000;
        Code code = new Code();
        for (int i = 0; i < additions; i++) {
            code.get(0).i32(i & 63).op(I32_ADD).set(0);
        }
        TestModule module = new TestModule();
        module.exportFunc("add", module.func("i:i", "", code.get(0)));
        WasmModule loaded = module.load("large.wasm");
        InstanceBuilder builder = loaded.builder().timeout(Duration.ofMillis(1));
        try (Instance instance = builder.start()) {
            Throwable thrown = catchThrowable(() -> instance.func("add").call(0));
            assertThat(thrown).isInstanceOf(InterruptionException.class);
        }
        long sum = 0;
        for (int i = 0; i < additions; i++) {
            sum += i & 63;
        }
        try (Instance instance = loaded.start()) {
            assertThat(instance.func("add").call(7)).containsExactly(7 + sum);
        }
    }

    private static FutureTask<long[]> call(
            CyclicBarrier barrier, WasmModule module, String export) {
        FutureTask<long[]> task =
                new FutureTask<>(
                        () -> {
                            try (Instance instance = module.start()) {
                                barrier.await();
                                return instance.func(export).call(5);
                            }
                        });
        Thread thread = new Thread(task, export);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Of a large module only what is called is loaded. */
    @Test
    void functionsThatNobodyCallsAreNotLoaded() {
        TestModule module = new TestModule();
        int count = 500;
        for (int i = 0; i < count; i++) {
            module.func("f" + i, ":i", "", padded(new Code().i32(i)));
        }
        long before = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        Instance instance = module.start();
        assertThat(instance.func("f400").call()).containsExactly(400);
        long loaded = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - before;
        assertThat(loaded).isLessThan(count / 2);
    }
}
