package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.ExhaustionException;
import dev.kugg.Func;
import dev.kugg.Host;
import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Recursion without end traps, whichever way it goes and whatever stack there is, and harms neither
 * the instance nor the JVM: a StackOverflowError inside a class initialiser or class loader would
 * break that class for good.
 */
@Timeout(60)
final class ExhaustionTest {
    private static final Host REENTER =
            imports ->
                    imports.function(
                            "env",
                            "reenter",
                            Guests.VOID,
                            call -> call.instance().func("byHost").call());
    private static final long[] NONE = {};
    private static final long[] EIGHT = new long[8];

    @ParameterizedTest
    @ValueSource(strings = {"self", "mutual", "byTable", "byHost", "wide"})
    void everyWay(String export) throws Exception {
        try (Instance guest = recursion()) {
            for (int i = 0; i < 20; i++) {
                exhausts(guest, export);
            }
        }
    }

    /** Cold code on each of these stacks: nothing is loaded or compiled yet. */
    @ParameterizedTest
    @ValueSource(ints = {256, 512, 1024, 8192})
    void threadsOfEverySize(int stackKiB) throws Exception {
        for (String export : new String[] {"self", "mutual", "byTable", "byHost", "wide"}) {
            try (Instance guest = recursion()) {
                onThread(stackKiB, () -> exhausts(guest, export));
                exhausts(guest, export);
            }
        }
    }

    /**
     * The host itself may run out of stack there, before or after the guest does. Whatever comes of
     * it, the same instance works afterwards, and so does a new one.
     */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 20, 50, 100, 200, 500, 1_000})
    void deepInTheHostsStack(int framesLeft) throws Exception {
        for (String export : new String[] {"self", "byTable", "byHost", "wide"}) {
            try (Instance guest = recursion()) {
                Runnable call = () -> overflow(guest, export);
                onThread(512, () -> nearTheEnd(framesLeft, call));
                exhausts(guest, export);
            }
        }
    }

    private static void overflow(Instance guest, String export) {
        try {
            guest.func(export).call(export.equals("wide") ? EIGHT : NONE);
        } catch (ExhaustionException | StackOverflowError e) {
            return;
        }
        throw new AssertionError("endless recursion ended");
    }

    @Test
    void virtualThreads() throws Exception {
        try (Instance guest = recursion()) {
            FutureTask<Throwable> task =
                    new FutureTask<>(() -> catchThrowable(() -> exhausts(guest, "self")));
            Thread.ofVirtual().start(task);
            assertThat(task.get(30, TimeUnit.SECONDS)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1024})
    void aThousandLocals(int stackKiB) throws Exception {
        WasmModule module = Kugg.module("locals.wasm", TestModule.recursionWithLocals(1000));
        try (Instance guest = module.start()) {
            Runnable call = () -> exhausts(guest, "run", new long[] {0});
            onThread(stackKiB, call);
            call.run();
        }
    }

    @Test
    void theBudgetSaysHowDeep() throws Exception {
        int small = depth(Guests.load("recursion.wasm").with(REENTER).stackBudget(65_536).start());
        int usual = depth(recursion());
        assertThat(small).isGreaterThan(100);
        assertThat(usual).isGreaterThan(4 * small);
        // More stack and more budget: deeper still.
        Instance large = Guests.load("recursion.wasm").with(REENTER).stackBudget(64 << 20).start();
        onThread(256 << 10, () -> assertThat(depth(large)).isGreaterThan(20 * usual));
    }

    /** {@return the deepest recursion that works, in calls} */
    private static int depth(Instance guest) {
        try (guest) {
            Func depth = guest.func("depth");
            int works = 0;
            for (int step = 1 << 24; step > 0; step >>= 1) {
                int next = works + step;
                Throwable end = catchThrowable(() -> depth.call(next));
                if (end == null) {
                    works = next;
                } else {
                    assertThat(end).isInstanceOf(ExhaustionException.class);
                }
            }
            return works;
        }
    }

    private static Instance recursion() {
        return Guests.load("recursion.wasm").with(REENTER).start();
    }

    private static void exhausts(Instance guest, String export) {
        exhausts(guest, export, export.equals("wide") ? EIGHT : NONE);
        assertThat(guest.func("add").call(20, 22)).containsExactly(42);
        assertThat(guest.func("depth").call(50)).containsExactly(50);
    }

    private static void exhausts(Instance guest, String export, long[] arguments) {
        assertThat(catchThrowable(() -> guest.func(export).call(arguments)))
                .isInstanceOf(ExhaustionException.class)
                .hasMessage("call stack exhausted");
    }

    /**
     * Runs an action where only so many frames of this method are left on the stack, and returns
     * how many there are.
     */
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

    private static void onThread(int stackKiB, Runnable action) throws Exception {
        FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(action::run));
        Thread thread = new Thread(null, task, "stack of " + stackKiB + " KiB", stackKiB * 1024L);
        thread.setDaemon(true);
        thread.start();
        Throwable failure = task.get(50, TimeUnit.SECONDS);
        if (failure != null) {
            throw new AssertionError("on a " + thread.getName(), failure);
        }
    }
}
