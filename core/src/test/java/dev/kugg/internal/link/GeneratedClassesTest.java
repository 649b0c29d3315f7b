package dev.kugg.internal.link;

import static dev.kugg.internal.opcode.Opcode.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The loader of a module's classes where the stack ends, and that it goes when the module does. */
@Timeout(60)
class GeneratedClassesTest {
    /** A module whose one class takes some stack to write. */
    private static TestModule nested() {
        TestModule module = new TestModule();
        module.memory(1, 1);
        Code code = new Code();
        for (int i = 0; i < 20; i++) {
            code.loop(Code.EMPTY).get(0).when(Code.EMPTY);
            code.get(0).i32(1).op(I32_SUB).tee(0).brIf(1).end();
        }
        for (int i = 0; i < 20; i++) {
            code.end();
        }
        module.func("run", "i:i", "", code.get(0).memory(I32_LOAD8_U, 1));
        return module;
    }

    /**
     * With so and so many frames left: either the class is there, or the error is the stack's, and
     * the class can be had later. Where there is not enough to make it here, it is made elsewhere.
     */
    @Test
    void whereTheStackEnds() throws Exception {
        TestModule module = nested();
        Set<String> outcomes = new HashSet<>();
        for (int frames = 1; frames < 1000; frames += frames < 200 ? 1 : 25) {
            int left = frames;
            outcomes.add(onSmallThread(() -> outcomeNearTheEnd(left, module)));
        }
        assertThat(outcomes)
                .contains("no stack", "loaded", "loaded, elsewhere")
                .isSubsetOf("no stack", "no stack, elsewhere", "loaded", "loaded, elsewhere");
    }

    private static String onSmallThread(Supplier<String> action) throws InterruptedException {
        AtomicReference<Object> outcome = new AtomicReference<>("none");
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                outcome.set(action.get());
                            } catch (Throwable e) {
                                outcome.set(e);
                            }
                        },
                        "small",
                        256 << 10);
        thread.start();
        thread.join();
        return outcome.get().toString();
    }

    private static String outcomeNearTheEnd(int framesLeft, TestModule module) {
        LoadedModule loaded = (LoadedModule) module.load();
        String[] outcome = {"none"};
        Thread.currentThread().interrupt();
        long before = started();
        nearTheEnd(framesLeft, () -> outcome[0] = outcome(loaded));
        if (started() > before) {
            outcome[0] += ", elsewhere";
        }
        assertThat(Thread.interrupted()).isTrue();
        try (Instance instance = loaded.start()) {
            assertThat(instance.func("run").call(0)).containsExactly(0);
        }
        return outcome[0];
    }

    private static String outcome(LoadedModule loaded) {
        try {
            Class.forName("test", false, loaded.loader());
            return "loaded";
        } catch (StackOverflowError e) {
            return "no stack";
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static long started() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }

    /** Runs an action where only so many frames of this method are left on the stack. */
    private static int nearTheEnd(int framesLeft, Runnable action) {
        int below;
        try {
            below = nearTheEnd(framesLeft, action);
        } catch (StackOverflowError e) {
            below = 0;
        }
        if (below == framesLeft) {
            action.run();
        }
        return below + 1;
    }

    /** Modules that nobody holds any more leave nothing behind, neither classes nor objects. */
    @Test
    void modulesAreUnloaded() {
        TestModule module = new TestModule();
        module.memory(1, 1);
        module.table('r', 1, 1);
        int inc = module.func("inc", "i:i", "", new Code().get(0).i32(1).op(I32_ADD));
        module.elem(0, new Code().i32(0), inc);
        Code call = new Code().get(0).i32(0).callIndirect(module.type("i:i"), 0);
        module.func("call", "i:i", "", call);
        byte[] bytes = module.toBytes();
        cycles(bytes, 1_000);
        long metaspace = metaspace();
        long heap = heap();
        cycles(bytes, 9_000);
        // A module takes more than 5 KB of each, so 9,000 of them 45 MB.
        assertThat(metaspace() - metaspace).isLessThan(2 << 20);
        assertThat(heap() - heap).isLessThan(8 << 20);
    }

    /** What bindings are made for. */
    public interface Inc extends AutoCloseable {
        int inc(int n);

        @Override
        void close();
    }

    private static void cycles(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            WasmModule loaded = Kugg.module("test.wasm", bytes);
            if (i % 10 == 0) {
                try (Inc bound = loaded.builder().start(Inc.class)) {
                    assertThat(bound.inc(i)).isEqualTo(i + 1);
                }
            }
            try (Instance instance = loaded.start()) {
                assertThat(instance.func("call").call(i)[0]).isEqualTo(i + 1);
            }
        }
    }

    private static long metaspace() {
        collect();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Metaspace")) {
                return pool.getUsage().getUsed();
            }
        }
        throw new AssertionError("no memory pool for classes");
    }

    private static long heap() {
        collect();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void collect() {
        // What soft references or references between loaders hold may take a second round.
        System.gc();
        System.gc();
    }
}
