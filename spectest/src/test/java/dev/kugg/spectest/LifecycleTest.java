package dev.kugg.spectest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.Func;
import dev.kugg.Host;
import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.Memory;
import dev.kugg.WasmModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The life of an instance: start, one thread at a time, interruption, deadline, close, and what is
 * defined after.
 */
@Timeout(30)
final class LifecycleTest {
    private static final long SOON_MILLIS = 2_000;

    // Start

    @Test
    void initializeIsCalledOnce() {
        WasmModule counter = Guests.load("counter.wasm");
        try (Instance instance = counter.start()) {
            assertThat(instance.func("inc").call(1)).containsExactly(21);
        }
        try (Instance instance = counter.builder().initialize(false).start()) {
            assertThat(instance.func("inc").call(1)).containsExactly(1);
        }
        assertThat(counter.builder().run()).isZero();
    }

    @Test
    void instancesOfOneModuleShareNoState() {
        WasmModule counter = Guests.load("counter.wasm");
        try (Instance a = counter.start();
                Instance b = counter.start()) {
            assertThat(a.func("inc").call(1)).containsExactly(21);
            assertThat(a.func("inc").call(1)).containsExactly(22);
            assertThat(b.func("inc").call(1)).containsExactly(21);
        }
    }

    @Test
    void buildersAreImmutable() {
        var builder = Guests.load("counter.wasm").builder();
        builder.initialize(false).timeout(Duration.ofSeconds(1)).stackBudget(1 << 20);
        try (Instance instance = builder.start()) {
            assertThat(instance.func("inc").call(1)).containsExactly(21);
        }
    }

    // Close

    @Test
    void closeIsIdempotentAndWhatWasExportedStaysReadable() {
        AtomicInteger closed = new AtomicInteger();
        Instance calc =
                Guests.load("calc.wasm")
                        .with(imports -> imports.onClose(closed::incrementAndGet))
                        .start();
        Func add = calc.func("add");
        Memory memory = calc.memory("memory");
        memory.writeInt(0, 99);
        calc.close();
        calc.close();
        assertThat(closed).hasValue(1);
        assertThat(calc.isClosed()).isTrue();
        assertThat(memory.readInt(0)).isEqualTo(99);
        assertThatThrownBy(() -> add.call(1, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> add.invoke(1, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> calc.func("add").call(1, 2))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closeDuringACallEndsIt() throws Exception {
        Instance calc = Guests.calc();
        FutureTask<Throwable> call = spin(calc, "spin");
        Thread.sleep(50);
        calc.close();
        assertThat(call.get(SOON_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(InterruptionException.class)
                .hasMessageContaining("clos");
        assertThatThrownBy(() -> calc.func("nothing").call())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closeFromAHostFunctionEndsTheCallAtItsNextCheck() {
        Host host = Guests.callerHost(call -> {}, call -> call.instance().close(), call -> {});
        Instance caller = Guests.load("caller.wasm").with(host).start();
        assertThat(catchThrowable(() -> caller.func("pingForever").call()))
                .isInstanceOf(InterruptionException.class);
        assertThat(caller.isClosed()).isTrue();
    }

    @Test
    void onCloseIsToldWhenTheStartFails() {
        AtomicInteger closed = new AtomicInteger();
        WasmModule failing = Guests.load("failing-start.wasm");
        Host host = imports -> imports.onClose(closed::incrementAndGet);
        assertThat(catchThrowable(() -> failing.with(host).start())).isNotNull();
        assertThat(closed).hasValue(1);
    }

    // One thread at a time

    @Test
    void aSecondThreadIsRefusedAtOnce() throws Exception {
        Instance calc = Guests.calc();
        FutureTask<Throwable> call = spin(calc, "spin");
        Thread.sleep(50);
        assertThatThrownBy(() -> calc.func("add").call(1, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread");
        calc.interrupt();
        assertThat(call.get(SOON_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(InterruptionException.class);
        assertThat(calc.func("add").call(1, 2)).containsExactly(3);
        calc.close();
    }

    @Test
    void threadsMayTakeTurns() throws Exception {
        try (Instance counter = Guests.load("counter.wasm").start()) {
            Func inc = counter.func("inc");
            for (int i = 0; i < 20; i++) {
                Thread thread = new Thread(() -> inc.call(1));
                thread.start();
                thread.join();
            }
            Thread virtual = Thread.ofVirtual().start(() -> inc.call(1));
            virtual.join();
            assertThat(inc.call(0)).containsExactly(41);
        }
    }

    // Interruption

    @Test
    void interruptStopsTheCallThatRuns() throws Exception {
        try (Instance calc = Guests.calc()) {
            FutureTask<Throwable> call = spin(calc, "spin");
            Thread.sleep(20);
            calc.interrupt();
            assertThat(call.get(SOON_MILLIS, TimeUnit.MILLISECONDS))
                    .isInstanceOf(InterruptionException.class);
            assertThat(calc.clearInterrupt()).as("it was met").isFalse();
            assertThat(calc.func("add").call(1, 2)).containsExactly(3);
        }
    }

    @Test
    void interruptWaitsForTheNextCall() {
        try (Instance calc = Guests.calc()) {
            calc.interrupt();
            calc.interrupt();
            assertThat(catchThrowable(() -> calc.func("spin").call()))
                    .isInstanceOf(InterruptionException.class);
            assertThat(calc.func("add").call(1, 2)).containsExactly(3);

            calc.interrupt();
            assertThat(catchThrowable(() -> calc.func("nothing").call()))
                    .as("even a call without a loop")
                    .isInstanceOf(InterruptionException.class);

            calc.interrupt();
            assertThat(calc.clearInterrupt()).isTrue();
            assertThat(calc.clearInterrupt()).isFalse();
            assertThat(calc.func("add").call(1, 2)).containsExactly(3);
        }
    }

    @Test
    void interruptReachesAHostFunctionThatWaits() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Host waits =
                Guests.callerHost(call -> call.instance().pause(60_000_000_000L), c -> {}, c -> {});
        Instance caller =
                Guests.load("caller.wasm")
                        .with(waits)
                        .with(imports -> imports.onInterrupt(told::countDown))
                        .start();
        FutureTask<Throwable> call = start(() -> caller.func("call").call(1));
        Thread.sleep(50);
        caller.interrupt();
        assertThat(call.get(SOON_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(InterruptionException.class);
        assertThat(told.await(SOON_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        caller.close();
    }

    @Test
    void hostFunctionsCanAsk() {
        Host asks =
                Guests.callerHost(
                        call -> {
                            call.instance().interrupt();
                            call.instance().checkInterrupted();
                            throw new AssertionError("not interrupted");
                        },
                        c -> {},
                        c -> {});
        try (Instance caller = Guests.load("caller.wasm").with(asks).start()) {
            assertThat(catchThrowable(() -> caller.func("call").call(1)))
                    .isInstanceOf(InterruptionException.class);
            caller.checkInterrupted();
            assertThat(caller.func("inc").call(1)).containsExactly(2);
        }
    }

    /** Java's own interruption of a thread is not ours: the call goes on and the flag stays. */
    @Test
    void javasInterruptIsLeftAlone() {
        try (Instance calc = Guests.calc()) {
            Thread.currentThread().interrupt();
            assertThat(calc.func("add").call(1, 2)).containsExactly(3);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // Deadline

    @Test
    void deadlineBoundsEachCall() {
        Instance calc = Guests.load("calc.wasm").builder().timeout(Duration.ofMillis(100)).start();
        for (int i = 0; i < 3; i++) {
            long before = System.nanoTime();
            assertThat(catchThrowable(() -> calc.func("spin").call()))
                    .isInstanceOf(InterruptionException.class)
                    .hasMessageContaining("100 ms");
            assertThat(millisSince(before)).isBetween(100L, SOON_MILLIS);
            assertThat(calc.func("add").call(1, 2)).containsExactly(3);
        }
        calc.close();
    }

    @Test
    void deadlineCountsFromTheOuterCall() {
        Host spins = Guests.callerHost(c -> c.instance().func("spin").call(), c -> {}, c -> {});
        try (Instance caller =
                Guests.load("caller.wasm").with(spins).timeout(Duration.ofMillis(100)).start()) {
            long before = System.nanoTime();
            assertThat(catchThrowable(() -> caller.func("call").call(1)))
                    .isInstanceOf(InterruptionException.class);
            assertThat(millisSince(before)).isBetween(100L, SOON_MILLIS);
        }
    }

    @Test
    void deadlineThatPassedBetweenCallsStopsNone() throws InterruptedException {
        try (Instance calc =
                Guests.load("calc.wasm").builder().timeout(Duration.ofMillis(20)).start()) {
            for (int i = 0; i < 10; i++) {
                assertThat(calc.func("add").call(1, 2)).containsExactly(3);
                Thread.sleep(15);
            }
        }
    }

    // Many

    @Test
    void manyInstancesAtOnce() throws Exception {
        WasmModule counter = Guests.load("counter.wasm");
        List<FutureTask<Throwable>> runs = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            runs.add(
                    start(
                            () -> {
                                for (int i = 0; i < 200; i++) {
                                    try (Instance instance = counter.start()) {
                                        assertThat(instance.func("inc").call(i))
                                                .containsExactly(20 + i);
                                    }
                                }
                            }));
        }
        for (FutureTask<Throwable> run : runs) {
            assertThat(run.get(20, TimeUnit.SECONDS)).isNull();
        }
    }

    private static FutureTask<Throwable> spin(Instance instance, String loop) {
        return start(() -> instance.func(loop).call());
    }

    private static FutureTask<Throwable> start(Runnable action) {
        FutureTask<Throwable> task = new FutureTask<>(() -> catchThrowable(action::run));
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static long millisSince(long before) {
        return (System.nanoTime() - before) / 1_000_000;
    }
}
