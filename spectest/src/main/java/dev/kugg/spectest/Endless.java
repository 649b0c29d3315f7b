package dev.kugg.spectest;

import dev.kugg.Func;
import dev.kugg.Host;
import dev.kugg.Instance;
import dev.kugg.InterruptionException;
import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.types.ExportType;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the guests of {@code endless.wat} and of {@link EndlessGuests}, stops them, and takes the
 * time from the moment the stop is asked for to the moment the caller has its thread back.
 */
final class Endless {
    /** The three loops every promise is about; the others look for gaps. */
    static final List<String> NAMED = List.of("empty", "count_memory", "call_indirect");

    private static final int DELAY_NANOS_MAX = 3_000_000;
    private static final Host YIELD =
            imports ->
                    imports.function(
                            "wasi_snapshot_preview1",
                            "sched_yield",
                            FuncType.of().to(ValType.I32),
                            call -> {});

    private final Map<String, byte[]> guests = new LinkedHashMap<>();
    private final Map<String, WasmModule> modules = new HashMap<>();
    private final Random random;

    Endless(long seed) {
        byte[] small = small();
        WasmModule module = Kugg.module("endless.wasm", small);
        for (ExportType export : module.exports()) {
            if (export.type().equals(FuncType.of())) {
                guests.put(export.name(), small);
                modules.put(export.name(), module);
            }
        }
        guests.putAll(EndlessGuests.all());
        random = new Random(seed);
    }

    private static byte[] small() {
        try (InputStream in = Endless.class.getResourceAsStream("endless.wasm")) {
            if (in == null) {
                throw new IllegalStateException("no endless.wasm");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the names of all the loops there are} */
    List<String> loops() {
        return List.copyOf(guests.keySet());
    }

    /** {@return the module that exports this loop, as it is in its file} */
    byte[] guest(String loop) {
        byte[] guest = guests.get(loop);
        if (guest == null) {
            throw new IllegalArgumentException("no endless loop " + loop);
        }
        return guest;
    }

    private WasmModule module(String loop) {
        return modules.computeIfAbsent(loop, name -> Kugg.module(name + ".wasm", guest(name)));
    }

    /** Stops one instance again and again by {@link Instance#interrupt} from another thread. */
    void interrupts(String loop, int stops, Samples samples) {
        try (Instance instance = module(loop).with(YIELD).start()) {
            for (int i = 0; i < stops; i++) {
                samples.add(interrupt(instance, loop, delayNanos()));
            }
            requireWorking(instance);
        }
    }

    /** Stops one call after the given time and returns how long that took, in nanoseconds. */
    static long interrupt(Instance instance, String loop, long delayNanos) {
        FutureTask<Long> stopping =
                new FutureTask<>(
                        () -> {
                            LockSupport.parkNanos(delayNanos);
                            long before = System.nanoTime();
                            instance.interrupt();
                            return before;
                        });
        Thread.ofPlatform().daemon().start(stopping);
        return endOf(instance.func(loop)) - get(stopping);
    }

    /** Lets the deadline of each call pass; the time counts from there. */
    void deadlines(String loop, int stops, Samples samples) {
        for (int i = 0; i < stops; i++) {
            long timeoutNanos = 1_000_000 + delayNanos();
            try (Instance instance =
                    module(loop).with(YIELD).timeout(Duration.ofNanos(timeoutNanos)).start()) {
                Func func = instance.func(loop);
                long before = System.nanoTime();
                samples.add(endOf(func) - before - timeoutNanos);
            }
        }
    }

    /**
     * Collects garbage on another thread while the guest loops: everybody waits as long as the
     * guest lets them.
     */
    void collections(String loop, int times, Samples samples) {
        try (Instance instance = module(loop).with(YIELD).start()) {
            for (int i = 0; i < times; i++) {
                samples.add(collection(instance, loop, delayNanos()));
            }
        }
    }

    private static long collection(Instance instance, String loop, long delayNanos) {
        FutureTask<Long> collecting =
                new FutureTask<>(
                        () -> {
                            LockSupport.parkNanos(delayNanos);
                            long before = System.nanoTime();
                            System.gc();
                            long after = System.nanoTime();
                            instance.interrupt();
                            return after - before;
                        });
        Thread.ofPlatform().daemon().start(collecting);
        endOf(instance.func(loop));
        return get(collecting);
    }

    /** Stops the first call of this process after up to 300 ms. */
    long fresh(String loop) {
        try (Instance instance = module(loop).with(YIELD).start()) {
            long nanos = interrupt(instance, loop, random.nextInt(300_000_000));
            requireWorking(instance);
            return nanos;
        }
    }

    private long delayNanos() {
        return random.nextInt(DELAY_NANOS_MAX);
    }

    /** {@return when the call ended} */
    private static long endOf(Func func) {
        try {
            func.call();
        } catch (InterruptionException e) {
            return System.nanoTime();
        }
        throw new AssertionError("an endless loop ended by itself: " + func);
    }

    private static void requireWorking(Instance instance) {
        long sum = instance.func("add").call(20, 22)[0];
        if (sum != 42) {
            throw new AssertionError("the instance is broken after a stop: 20 + 22 = " + sum);
        }
    }

    private static long get(FutureTask<Long> task) {
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
