package dev.kugg.examples.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kugg.WasmModule;
import dev.kugg.wasi.Wasi;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Guests in Go: state between calls, and all that goroutines need, as exported functions. */
final class GoTest {
    private final Programs go = new Programs("go");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The first example, in Go. */
    public interface Reactor extends AutoCloseable {
        int inc(int n);

        @Override
        void close();
    }

    /** What {@code channels} exports. */
    public interface Channels extends AutoCloseable {
        int primes(int n);

        int locked(int n);

        int timeout(int late, int limit);

        int recovered(int kind);

        @Override
        void close();
    }

    /** What each kernel exports. */
    public interface Kernel extends AutoCloseable {
        long run(int n);

        @Override
        void close();
    }

    @Test
    void keepsItsStateBetweenCalls() throws Exception {
        Optional<WasmModule> module = go.build("reactor");
        if (module.isEmpty()) {
            return;
        }
        try (Reactor reactor = module.get().with(wasi()).start(Reactor.class)) {
            assertThat(err.toString(UTF_8)).isEqualTo("s = 20\n");
            assertThat(reactor.inc(1)).isEqualTo(21);
            assertThat(reactor.inc(21)).isEqualTo(42);
        }
        assertThat(err.toString(UTF_8)).isEqualTo("s = 20\n");
    }

    @Test
    void goroutines() throws Exception {
        Optional<WasmModule> module = go.build("channels");
        if (module.isEmpty()) {
            return;
        }
        try (Channels channels = module.get().with(wasi()).start(Channels.class)) {
            assertThat(channels.primes(10_000)).isEqualTo(1229);
            assertThat(channels.locked(20)).isEqualTo(400);
            waits(channels);
            panics(channels);
            // Nothing that went before has left the scheduler in disorder.
            assertThat(channels.primes(100)).isEqualTo(25);
        }
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    private static void waits(Channels channels) {
        assertThat(channels.timeout(1, 60_000)).isEqualTo(1);
        long before = System.nanoTime();
        assertThat(channels.timeout(60_000, 30)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(30), Duration.ofSeconds(30));
    }

    private static void panics(Channels channels) {
        assertThat(channels.recovered(0)).isZero();
        assertThat(channels.recovered(1)).as("an error").isEqualTo(1);
        assertThat(channels.recovered(2)).as("a string").isEqualTo(2);
        assertThat(channels.recovered(3)).as("index out of range").isGreaterThan(10);
        assertThat(channels.recovered(4)).as("nil pointer").isGreaterThan(10);
        assertThat(channels.recovered(5)).as("divide by zero").isGreaterThan(10);
    }

    /** The kernels give what they give in wasmtime, which is the last column of their list. */
    @TestFactory
    Stream<DynamicTest> kernels() throws IOException {
        return Files.readAllLines(Path.of("go/kernels/manifest.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(columns -> dynamicTest(columns[0], () -> kernel(columns)));
    }

    private void kernel(String[] columns) throws Exception {
        Optional<WasmModule> module = go.build("kernels/" + columns[0].replace("go-", ""));
        if (module.isEmpty()) {
            return;
        }
        try (Kernel kernel = module.get().with(wasi()).start(Kernel.class)) {
            int n = Integer.parseInt(columns[3]);
            assertThat(kernel.run(n)).isEqualTo(Long.parseLong(columns[5]));
            assertThat(kernel.run(n)).as("once more").isEqualTo(Long.parseLong(columns[5]));
        }
    }

    private Wasi wasi() {
        return Wasi.preview1().stderr(err);
    }
}
