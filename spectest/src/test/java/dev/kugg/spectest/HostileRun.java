package dev.kugg.spectest;

import com.sun.management.OperatingSystemMXBean;

import dev.kugg.Extern;
import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.WasmException;
import dev.kugg.WasmModule;
import dev.kugg.spectest.HostileModules.Hostile;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;

/**
 * The program of a JVM with little memory: loads, starts and calls each hostile module and writes a
 * line, its number, how it ended, the milliseconds, and of an error where it comes from.
 */
final class HostileRun {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int CALLS_MAX = 20;

    private HostileRun() {}

    public static void main(String[] args) {
        String only = args.length > 0 ? args[0] : "";
        Instance witness = Kugg.module("witness.wasm", witness()).start();
        int number = 0;
        for (Hostile hostile : HostileModules.all()) {
            if (hostile.name().contains(only)) {
                byte[] module = hostile.module().get();
                long before = System.nanoTime();
                long cpuBefore = cpuNanos();
                String end = end(module);
                // Other work on the machine may be in the way, and the JVM's threads are several.
                long cpuNanos = cpuNanos() - cpuBefore;
                long millis = Math.min(System.nanoTime() - before, cpuNanos) / 1_000_000;
                boolean same = witness.func("run").call()[0] == 7;
                System.out.println(number + "\t" + (same ? end : "witness hurt") + "\t" + millis);
            }
            number++;
        }
    }

    /** Of all threads: collecting garbage and compiling are the module's doing too. */
    private static long cpuNanos() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }

    private static byte[] witness() {
        TestModule body = new TestModule().raw(0, 0x41, 7);
        return TestModule.oneFunction(TestModule.i32Type(0, 1), body);
    }

    private static String end(byte[] bytes) {
        try {
            WasmModule module = Kugg.module("hostile.wasm", bytes);
            Stubs stubs = new Stubs(module, call -> again(call.instance()));
            try (Instance instance = module.with(stubs).timeout(TIMEOUT).start()) {
                int calls = 0;
                for (Extern export : instance.exports().values()) {
                    if (export instanceof Func func && calls++ < CALLS_MAX) {
                        func.call();
                    }
                }
            }
            return HostileModules.VALUES;
        } catch (WasmException e) {
            return e.kind();
        } catch (Throwable e) {
            return e + " " + Arrays.stream(e.getStackTrace()).limit(12).toList();
        }
    }

    private static void again(Instance instance) {
        if (instance.exports().get("run") instanceof Func run) {
            run.call();
        }
    }
}
