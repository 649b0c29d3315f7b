package dev.kugg;

import static dev.kugg.types.ValType.I32;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kugg.types.FuncType;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/** The examples that the API's documentation shows; {@link SnippetsTest} runs them. */
class Snippets {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true);

    private static WasmModule module(String name) {
        return Kugg.module(Snippets.class, name);
    }

    // @start region="reactor"
    /** The functions the module exports. */
    public interface Reactor extends AutoCloseable {
        int inc(int n);

        @Override
        void close();
    }

    void useReactor() {
        WasmModule module = Kugg.module(Snippets.class, "reactor.wasm");
        try (Reactor reactor = module.builder().start(Reactor.class)) {
            out.println(reactor.inc(1)); // 21
            out.println(reactor.inc(21)); // 42
        }
    }

    // @end

    @Test
    void reactor() {
        useReactor();
        assertThat(printed.toString().lines()).containsExactly("21", "42");
    }

    @Test
    void limits() {
        // @start region="limits"
        Limits limits = Limits.DEFAULT.withMemoryPages(3).withCompileWork(1_000_000);
        WasmModule module = Kugg.module(Snippets.class, "greeter.wasm", limits);
        InstanceBuilder builder = module.with(Snippets::logNothing);
        try (Instance small = builder.start();
                Instance large = builder.limits(limits.withMemoryPages(10)).start()) {
            out.println(small.memory("memory").grow(5)); // -1: it has one page already
            out.println(large.memory("memory").grow(5)); // 1, the pages before
        }
        // @end
        assertThat(printed.toString().lines()).containsExactly("-1", "1");
    }

    @Test
    void modules() {
        // @start region="module"
        WasmModule module = Kugg.module(Snippets.class, "reactor.wasm");
        out.println(module.exports()); // names and types
        try (Instance first = module.start();
                Instance second = module.builder().timeout(Duration.ofSeconds(1)).start()) {
            out.println(first.func("inc").call(1)[0]); // 21
            out.println(second.func("inc").call(2)[0]); // 22: each instance has its own state
        }
        // @end
        assertThat(printed.toString().lines().skip(1)).containsExactly("21", "22");
        assertThat(printed.toString()).contains("inc");
    }

    @Test
    void hosts() {
        WasmModule module = module("greeter.wasm");
        // @start region="host"
        FuncType log = FuncType.of(I32, I32); // address and length of a text
        Host console =
                imports ->
                        imports.function(
                                "env",
                                "log",
                                log,
                                call ->
                                        out.println(
                                                call.memory()
                                                        .readString(call.i32(0), call.i32(1))));
        try (Instance instance = module.with(console).start()) {
            instance.func("greet").call(); // the guest says: Hello from WebAssembly
        }
        // @end
        assertThat(printed.toString().lines()).containsExactly("Hello from WebAssembly");
    }

    @Test
    void funcs() {
        try (Instance instance = module("reactor.wasm").start()) {
            // @start region="func"
            Func inc = instance.func("inc");
            out.println(inc.type()); // [i32] -> [i32]
            long[] results = inc.call(1); // numbers as the bits of a long
            Object[] objects = inc.invoke(1); // numbers as objects, references too
            IntUnaryOperator typed = instance.func("inc", IntUnaryOperator.class); // the fastest
            out.println(results[0] + ", " + objects[0] + ", " + typed.applyAsInt(1));
            // @end
        }
        assertThat(printed.toString().lines()).containsExactly("[i32] -> [i32]", "21, 22, 23");
    }

    @Test
    void memories() {
        WasmModule module = module("greeter.wasm");
        try (Instance instance = module.with(imports -> logNothing(imports)).start()) {
            // @start region="memory"
            Memory memory = instance.memory("memory");
            int length = memory.writeString(1024, "Grüße");
            out.println(memory.readString(1024, length)); // Grüße
            memory.writeInt(2048, 7);
            out.println(memory.readByte(2048)); // 7: little-endian
            out.println(memory.sizePages()); // 1: a page has 65,536 bytes
            // @end
        }
        assertThat(printed.toString().lines()).containsExactly("Grüße", "7", "1");
    }

    private static void logNothing(Imports imports) {
        imports.function("env", "log", FuncType.of(I32, I32), call -> {});
    }

    @Test
    void instances() {
        WasmModule module = module("reactor.wasm");
        // @start region="instance"
        try (Instance instance = module.start()) {
            instance.func("inc").call(1);
            long[] counted = instance.func("inc").call(21);
            out.println(counted[0]); // 42
            instance.interrupt(); // any thread may; the next call ends, or the one that runs
            instance.func("inc").call(1);
        } catch (InterruptionException e) {
            out.println(e.kind()); // interrupted
        }
        // @end
        assertThat(printed.toString().lines()).containsExactly("42", "interrupted");
    }
}
