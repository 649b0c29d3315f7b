package dev.kugg.examples.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.Kugg;
import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The first example in languages whose modules are small enough to be checked in: the checked-in
 * one runs everywhere, and one that is built just now where its compiler is.
 */
final class ReactorsTest {
    /** The first example. */
    public interface Reactor extends AutoCloseable {
        int inc(int n);

        @Override
        void close();
    }

    @TestFactory
    Stream<DynamicTest> checkedIn() {
        return Stream.of("c", "rust", "assemblyscript")
                .map(
                        language ->
                                dynamicTest(
                                        language, () -> runs(Kugg.module(checkedIn(language)))));
    }

    @TestFactory
    Stream<DynamicTest> builtFromSource() {
        return Stream.of("c", "rust", "assemblyscript", "tinygo")
                .map(
                        language ->
                                dynamicTest(
                                        language,
                                        () ->
                                                new Programs(language)
                                                        .build("reactor")
                                                        .ifPresent(ReactorsTest::runs)));
    }

    private static Path checkedIn(String language) {
        return Path.of(language, "reactor", "reactor.wasm");
    }

    private static void runs(WasmModule module) {
        var err = new ByteArrayOutputStream();
        Wasi wasi = Wasi.preview1().stderr(err);
        try (Reactor reactor = module.with(wasi).start(Reactor.class)) {
            assertThat(err.toString(UTF_8)).isEqualTo("s = 20\n");
            assertThat(reactor.inc(1)).isEqualTo(21);
            assertThat(reactor.inc(21)).isEqualTo(42);
            // Overflow wraps in each of them.
            assertThat(reactor.inc(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE + 42);
        }
        assertThat(err.toString(UTF_8)).as("once").isEqualTo("s = 20\n");
    }
}
